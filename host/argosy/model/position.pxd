"""C surface of positions; whatever is printed is made when asked for."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.cost cimport OpenCost, side_of
from argosy.model.events.layout cimport OrderFilled
from argosy.model.grow cimport grown
from argosy.model.money cimport Money, money_from_raw
from argosy.model.powers cimport ten_to
from argosy.model.terms cimport Terms, rounded, same_currency, terms_of
from argosy.model.values cimport Price, Quantity, quantity_from_raw

cdef object _BUY


@cython.no_gc
cdef class Position(OpenCost):
    cdef readonly object id                  # PositionId
    cdef readonly object trader_id
    cdef readonly object strategy_id
    cdef readonly object instrument_id
    cdef readonly object account_id
    cdef readonly object opening_order_id
    cdef readonly object closing_order_id    # None while open
    cdef readonly object entry               # OrderSide of the opening fill
    cdef readonly object realized_raw        # int: settlement currency, rounded once per event
    cdef readonly object prior_realized_raw  # int: likewise, of the cycles before this one
    cdef readonly int cycle                  # how often this position was opened before (netting)
    cdef readonly int64_t ts_init            # ns; of the opening fill
    cdef readonly int64_t ts_opened          # ns
    cdef readonly int64_t ts_last            # ns; of the last fill
    cdef readonly int64_t ts_closed          # ns; 0 while open
    cdef object _priced                      # OrderFilled that _gain_raw belongs to, or None
    cdef object _gain_raw                    # int: what the closing part of _priced gains
    cdef object _fills                       # OrderFilled, in order: tuple or list, see argosy.model.grow
    cdef list _adjustments                   # PositionAdjusted, in order; None where there are none

    cdef int _open(self, Terms terms, OrderFilled fill) except -1
    cdef int _follow(self, Position previous) except -1
    @cython.locals(position=Position)
    cpdef Position reopened(self, object instrument, OrderFilled fill)
    @cython.locals(sign=int)
    cpdef bint is_exceeded(self, OrderFilled fill) except -1
    @cython.locals(raw=int64_t, price=int64_t, sign=int)
    cpdef object apply(self, OrderFilled fill)
    @cython.locals(raw=int64_t, price=int64_t, sign=int)
    cpdef object closing_raw(self, OrderFilled fill)
    @cython.locals(commission=Money)
    cdef int _book(self, OrderFilled fill, int64_t price) except -1
    @cython.locals(decimals=int)
    cdef int _take_commission(self, Money commission, int64_t price) except -1
    cdef object _event(self, object kind, OrderFilled fill, object event_id, object ts_init)


cpdef object position_event(Position position, OrderFilled fill, object event_id, object ts_init)
@cython.locals(whole=Quantity, rest=Quantity, paid=Money)
cpdef tuple split_fill(OrderFilled fill, Quantity quantity, object event_id)
cdef object _part(OrderFilled fill, Quantity quantity, Money commission, object event_id)
