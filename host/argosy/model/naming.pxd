"""Identifiers whose text needs no check."""

cpdef object named(type cls, str text)
