"""Conversion between raw integers, Decimals and text."""

cimport cython

cpdef object combine(object operation, object left, object right)
cdef object _decimal(object value)
cpdef object to_decimal(object raw, int precision)
@cython.locals(digits=str)
cpdef str to_text(object raw, int precision)
