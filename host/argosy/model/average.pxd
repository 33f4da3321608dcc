"""C surface of printed averages."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.powers cimport ten_to
from argosy.model.values cimport Price, price_from_raw
from argosy.model.wide cimport mul_div_i64, pow10

cdef int _MORE         # decimals that an average has beyond its numbers
cdef int64_t _RAW_MAX  # the largest raw of a Price
cdef object _LARGEST   # the same, to compare with numbers of any size
cdef object _SMALLEST  # likewise below zero
cdef int _HALF_EVEN    # the rounding of argosy.model.wide


cpdef int decimals_of(int precision) except -1
@cython.locals(raw=int64_t)
cpdef Price mean_price(object cost, object quantity, int precision, int decimals)
@cython.locals(raw=object)
cpdef Price price_of(object numerator, object denominator, int decimals)
cpdef object half_even(object numerator, object denominator)
