"""C surface of accounts; the engine calls the methods that take Terms."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.accounts.balance cimport Balance, Lock, lock_of
from argosy.model.accounts.stake cimport Stake
from argosy.model.accounts.statement cimport Statement
from argosy.model.cost cimport OpenCost
from argosy.model.events.layout cimport AccountFlow, OrderFilled
from argosy.model.grow cimport record
from argosy.model.money cimport Money, money_from_raw
from argosy.model.orders.working cimport WorkingOrder
from argosy.model.powers cimport ten_to
from argosy.model.terms cimport Terms, rounded, terms_of
from argosy.model.values cimport Price, Quantity

cdef object _BUY
cdef object _FEE


cdef class Account(Statement):
    cdef public object xrate             # (from, to) -> Decimal or None; None where there are no rates
    cdef readonly bint may_borrow        # whether a balance may fall below zero
    cdef dict _stakes                    # instrument id -> Stake
    cdef dict _locks                     # client order id -> Lock, of working orders

    @cython.locals(stake=Stake)
    cpdef Stake stake(self, Terms terms)
    cdef Stake _new_stake(self, Terms terms)
    # What a fill moves, before it is applied to its position.
    @cython.locals(out=list)
    cpdef tuple moves(
        self, int sign, Quantity quantity, Price price, Money commission, object gain, Stake stake,
        object cause
    )
    cdef int _add_legs(
        self, list out, int sign, Quantity quantity, Price price, object gain, Stake stake,
        object cause
    ) except -1
    cdef int _add_flow(self, list out, object kind, object raw, object currency, object cause) except -1
    # Book the flows of a fill, once it is applied to its order.
    cpdef int book(
        self, int sign, Quantity quantity, Price price, Stake stake, tuple flows
    ) except -1
    @cython.locals(balance=Balance, amount=Money, flow=AccountFlow)
    cpdef int apply_tuple(self, tuple flows) except -1
    @cython.locals(balance=Balance, amount=Money, flow=AccountFlow)
    cdef int _check_totals(self, tuple flows) except -1
    # Whether what is held changed; call after each event of an order, each change of a position.
    @cython.locals(old=Lock, new=Lock)
    cpdef bint order_changed(self, WorkingOrder order, Stake stake) except -1
    cpdef bint position_changed(self, OpenCost position, Stake stake) except -1
    cpdef object need_for(self, WorkingOrder order, object instrument, Price price=*)
    @cython.locals(lock=Lock)
    cpdef object need(self, WorkingOrder order, Stake stake, Price price)
    cdef Lock _lock(self, WorkingOrder order, Stake stake, Price price)
    cdef int _swap(self, Lock old, Lock new, Stake stake) except -1
    cpdef object state(self, object event_id, object ts_event, object ts_init, tuple flows=*)
    @cython.locals(balance=Balance)
    cpdef object change(self, tuple flows=*)
    cpdef object apply(self, object event)
    @cython.locals(balance=Balance)
    cdef int _clear_locks(self) except -1
    cdef int _clear_stakes(self) except -1
    cdef tuple _changed_margins(self)
    cdef object _in_base(self, object raw, object currency)
