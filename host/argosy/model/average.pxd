"""C surface of printed averages."""

cimport cython

from argosy.model.powers cimport ten_to
from argosy.model.values cimport Price, price_from_raw
from argosy.model.wide cimport mul_div_i64, pow10

cdef object _LARGEST   # the largest raw of a Price
cdef object _SMALLEST  # likewise below zero
cdef int _HALF_EVEN   # the rounding of argosy.model.wide


@cython.locals(decimals=int)
cpdef Price mean_price(object cost, object quantity, int precision)
cdef object _scaled_half_even(object cost, int exponent, object quantity)
cdef object _half_even(object numerator, object denominator)
