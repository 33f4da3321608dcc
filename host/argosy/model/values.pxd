"""Prices and quantities: decimal numbers held as integers. Money is in argosy.model.money."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.decimals cimport combine, to_decimal, to_text

cdef int64_t _RAW_MAX        # 10**18 - 1: 18 digits in all, as a column of Arrow decimal64 holds
cdef int64_t _EXACT_DOUBLE   # 2**53: every integer up to here is a double
cdef int64_t _HASH_TENTH     # a tenth of the modulus of Python's numeric hash, rounded down
cdef int64_t[19] _POW10      # 10**0 to 10**18


@cython.freelist(256)
cdef class Fixed:
    cdef readonly int64_t raw    # the value times 10**precision, within +-_RAW_MAX
    cdef readonly int precision  # decimals, 0 to 18


@cython.final
@cython.freelist(0)
cdef class Price(Fixed):
    pass


@cython.final
@cython.freelist(0)
cdef class Quantity(Fixed):      # raw >= 0
    pass


# Unchecked: for raws out of columns, or out of arithmetic that was checked.
@cython.locals(value=Price)
cpdef Price price_from_raw(int64_t raw, int precision)
@cython.locals(value=Quantity)
cpdef Quantity quantity_from_raw(int64_t raw, int precision)

@cython.locals(whole=int64_t, rest=int64_t, factor=int64_t)
cdef int _compare(Fixed a, Fixed b) except -2
cdef int _larger_precision(Fixed a, Fixed b) except -1
@cython.locals(total=int64_t, precision=int)
cdef int64_t _sum(Fixed a, Fixed b, int sign) except? -1
@cython.locals(factor=int64_t, most=int64_t)
cdef int64_t _widened(Fixed value, int precision) except? -1
@cython.locals(value=int64_t)
cdef int64_t _checked_raw(object kind, object raw) except? -1
cdef int _checked_precision(object kind, object precision) except -1
@cython.locals(residue=int64_t, digit=int64_t, place=int)
cdef int64_t _numeric_hash(int64_t raw, int precision) except? -1
