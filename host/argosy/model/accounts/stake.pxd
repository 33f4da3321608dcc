"""C surface of stakes."""

from argosy.model.terms cimport Terms


cdef class Stake:
    cdef readonly Terms terms   # of the instrument

    cpdef int define(self, Terms terms) except -1
