"""C surface of printed averages."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.powers cimport ten_to
from argosy.model.values cimport Price, price_from_raw
from argosy.model.wide cimport mul_div_i64, pow10

cdef int _DECIMALS     # of an average
cdef int64_t _RAW_MAX  # the largest raw of a Price
cdef object _LARGEST   # the same, to compare with numbers of any size
cdef object _SMALLEST  # likewise below zero
cdef int _HALF_EVEN    # the rounding of argosy.model.wide


@cython.locals(raw=int64_t)
cpdef Price mean_price(object cost, object quantity, int precision)
@cython.locals(decimals=int, raw=object)
cdef Price _long_mean_price(object cost, object quantity, int precision)
cdef object _half_even(object numerator, object denominator)
