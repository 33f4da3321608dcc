"""C surface of margin accounts: sums per instrument, so that an event costs the same however much rests."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.accounts.account cimport Account
from argosy.model.accounts.balance cimport Balance, Lock, lock_of
from argosy.model.accounts.exposure cimport Exposure
from argosy.model.events.layout cimport OrderFilled
from argosy.model.grow cimport record
from argosy.model.money cimport money_from_raw
from argosy.model.orders.order cimport Order
from argosy.model.position cimport Position
from argosy.model.powers cimport ten_to
from argosy.model.terms cimport Terms, rounded, terms_of
from argosy.model.values cimport Price, Quantity

cdef object _BUY
cdef object _REALIZED_PNL
cdef object _TRADE_LEG


@cython.final
cdef class Rates:
    cdef readonly Terms terms
    cdef readonly tuple initial       # (numerator, denominator) for working orders, or None
    cdef readonly tuple maintenance   # likewise, for positions


cdef class MarginAccount(Account):
    cdef readonly object margin_model      # MarginModel
    cdef readonly bint nets_worst_side     # orders that make the position smaller hold nothing
    cdef readonly object default_leverage  # Decimal, >= 1
    cdef dict _leverages                   # instrument id -> Decimal
    cdef dict _rates                       # instrument id -> Rates
    cdef Rates _newest_rates               # that were asked for last, or None
    cdef dict _exposures                   # instrument id -> Exposure
    cdef Exposure _newest_exposure         # that was asked for last, or None
    cdef dict _known                       # instrument id -> MarginBalance that is not zero
    cdef dict _changed                     # instrument id -> MarginBalance, since the last state

    @cython.locals(price=Price, quantity=Quantity, sign=int)
    cdef int _add_legs(self, list out, OrderFilled fill, Terms terms, Position position) except -1
    @cython.locals(terms=Terms, exposure=Exposure, closes=object, raw=object, quantity=object)
    cpdef object need_for(self, Order order, object instrument, Price price=*)
    cdef Lock _lock(self, Order order, Terms terms, Price price)
    @cython.locals(rate=tuple)
    cdef object _initial(self, Order order, Terms terms, Price price)
    @cython.locals(exposure=Exposure)
    cdef int _swap(self, Lock old, Lock new, Terms terms) except -1
    @cython.locals(exposure=Exposure)
    cpdef bint position_changed(self, Position position) except -1
    @cython.locals(balance=Balance)
    cdef bint _hold(self, Exposure exposure) except -1
    @cython.locals(terms=Terms, price=Price, rate=tuple)
    cdef object _maintenance(self, Exposure exposure)
    @cython.locals(exposure=Exposure)
    cdef Exposure _exposure(self, Terms terms)
    @cython.locals(newest=Exposure)
    cdef Exposure _known_exposure(self, Terms terms)
    cdef object _currency(self, Terms terms)
    @cython.locals(found=Rates)
    cdef Rates _rates_of(self, Terms terms)
    cdef Rates _asked_rates(self, Terms terms)
    cdef int _remember(
        self, object margin, object instrument_id, object initial, object maintenance
    ) except -1
    cdef tuple _changed_margins(self)
    cdef int _clear_stakes(self) except -1


cdef object _left(Order order, Price price)
