"""Identifiers whose text needs no check."""

from libc.stdint cimport uint64_t

cpdef object named(type cls, str text)
cpdef object numbered(type cls, str lead, uint64_t number, str clock=*, str tags=*)
