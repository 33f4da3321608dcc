"""C surface of margin accounts: sums per instrument, so that an event costs the same however much rests."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.accounts.account cimport Account
from argosy.model.accounts.balance cimport Balance, Lock, lock_of
from argosy.model.accounts.exposure cimport Exposure
from argosy.model.accounts.stake cimport Stake
from argosy.model.cost cimport OpenCost
from argosy.model.grow cimport record
from argosy.model.messages cimport MarginBalance
from argosy.model.money cimport Money, money_from_raw
from argosy.model.orders.working cimport WorkingOrder
from argosy.model.powers cimport ten_to
from argosy.model.terms cimport Terms, rounded, terms_of
from argosy.model.values cimport Price, Quantity

cdef object _REALIZED_PNL
cdef object _TRADE_LEG


cdef class MarginAccount(Account):
    cdef readonly object margin_model      # MarginModel
    cdef readonly bint nets_worst_side     # orders that make the position smaller hold nothing
    cdef readonly object default_leverage  # Decimal, >= 1
    cdef dict _leverages                   # instrument id -> Decimal
    cdef bint _calculates                  # sums were added to; else it only hears of states
    cdef dict _known                       # instrument id -> MarginBalance that is not zero
    cdef dict _changed                     # instrument id -> MarginBalance, since the last state

    cdef Stake _new_stake(self, Terms terms)
    @cython.locals(terms=Terms)
    cdef int _add_legs(
        self, list out, int sign, Quantity quantity, Price price, object gain, Stake stake,
        object cause
    ) except -1
    @cython.locals(exposure=Exposure)
    cpdef object need(self, WorkingOrder order, Stake stake, Price price)
    @cython.locals(raw=object, quantity=object)
    cpdef object need_beyond(self, WorkingOrder order, Exposure stake, Price price, object closes)
    @cython.locals(exposure=Exposure)
    cdef Lock _lock(self, WorkingOrder order, Stake stake, Price price)
    @cython.locals(rate=tuple, terms=Terms)
    cdef object _initial(self, WorkingOrder order, Exposure stake, Price price)
    @cython.locals(exposure=Exposure)
    cdef int _swap(self, Lock old, Lock new, Stake stake) except -1
    @cython.locals(exposure=Exposure)
    cpdef bint position_changed(self, OpenCost position, Stake stake) except -1
    @cython.locals(balance=Balance)
    cdef bint _hold(self, Exposure exposure) except -1
    @cython.locals(terms=Terms, price=Price, rate=tuple)
    cdef object _maintenance(self, Exposure exposure)
    cdef object _currency(self, Terms terms)
    cdef int _ask_rates(self, Exposure exposure) except -1
    @cython.locals(margin=MarginBalance, initial=Money, maintenance=Money)
    cpdef object apply(self, object event)
    cdef int _remember(
        self, object margin, object instrument_id, object initial, object maintenance
    ) except -1
    cdef tuple _changed_margins(self)
    cdef int _clear_stakes(self) except -1


cpdef object left_raw18(WorkingOrder order, Price price)
