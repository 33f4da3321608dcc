"""C surface of contract terms: what turns raw prices and quantities into money."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.average cimport decimals_of, half_even
from argosy.model.powers cimport ten_to
from argosy.model.values cimport Price, Quantity
from argosy.model.wide cimport mul_div_i64, part_of_product, pow10, product

cdef object _INT64   # 2**63, as a Python int
cdef object _LEAST_INT64
cdef int _HALF_AWAY  # the rounding of argosy.model.wide
cdef int _MOST
cdef dict _known     # id of an Instrument that it keeps alive -> Terms


@cython.final
@cython.no_gc
cdef class Terms:
    cdef readonly object instrument         # the Instrument these are the terms of
    cdef readonly object instrument_id      # InstrumentId
    cdef readonly object quote              # Currency of the price
    cdef readonly object base               # Currency that is bought and sold, or None
    cdef readonly object cost               # Currency that notionals and margins are in
    cdef readonly object settlement         # Currency that gains are in
    cdef readonly int kind                  # LINEAR, INVERSE, or BETTING: prices are odds
    cdef readonly bint is_pair              # a commission in base changes the position's quantity
    cdef readonly bint is_premium           # paid in full at each fill, on a margin account too
    cdef readonly bint delivers             # the base currency itself changes hands
    cdef readonly int price_precision       # of the instrument's prices
    cdef readonly int average_decimals      # of averages of its prices
    cdef readonly int size_precision        # of its sizes
    cdef readonly int64_t tick_raw          # the price increment, at price_precision, > 0
    cdef readonly object multiplier_raw     # int
    cdef readonly int multiplier_precision
    cdef readonly int base_decimals         # of the base currency, 0 where there is none
    cdef readonly int cost_decimals         # of the cost currency
    cdef readonly int decimals              # of the settlement currency

    @cython.locals(exponent=int)
    cpdef object notional_raw(
        self, int64_t price, int price_precision, int64_t quantity, int size_precision
    )
    @cython.locals(
        exponent=int,
        places=int,
        amount=object,
        part=object,
        whole=object,
        worth=int64_t,
        scale=int64_t,
        held=int64_t,
    )
    cpdef object margin_raw(
        self, int64_t price, int price_precision, object quantity, int size_precision, tuple rate
    )
    @cython.locals(exponent=int)
    cpdef object gain_raw(self, object points, object divisor, int precisions)
    cpdef object inverse_cost(
        self, object price, int price_precision, object quantity, int size_precision
    )
    cpdef object inverse_gain_raw(self, object points, object divisor)


@cython.locals(terms=Terms)
cpdef Terms terms_of(object instrument)
cpdef bint same_currency(object a, object b) except -1
cpdef object rounded(object numerator, object denominator)
cpdef object scaled(object value, int exponent)
