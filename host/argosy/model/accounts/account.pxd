"""C surface of accounts; the engine calls the methods that take Terms."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.accounts.balance cimport Balance, Lock, lock_of
from argosy.model.events.layout cimport AccountFlow, OrderFilled
from argosy.model.grow cimport record
from argosy.model.money cimport Money, money_from_raw
from argosy.model.orders.order cimport Order
from argosy.model.position cimport Position
from argosy.model.powers cimport ten_to
from argosy.model.terms cimport Terms, rounded, terms_of
from argosy.model.values cimport Price, Quantity

cdef object _BUY
cdef object _FEE


cdef class Account:
    cdef readonly object id              # AccountId
    cdef readonly object account_type    # AccountType
    cdef readonly object base_currency   # Currency that everything is converted to, or None
    cdef public object xrate             # (from, to) -> Decimal or None; None where there are no rates
    cdef readonly bint may_borrow        # whether a balance may fall below zero
    cdef readonly object last_event      # AccountState, None before the first
    cdef readonly int64_t event_count    # states so far
    cdef dict _balances                  # currency code -> Balance, in the order of their coming
    cdef Balance _newest                 # the one that was asked for last, or None
    cdef dict _locks                     # client order id -> Lock, of working orders
    cdef tuple _starting                 # AccountBalance of the first state

    # What a fill moves, before it is applied to its position.
    @cython.locals(commission=Money, out=list)
    cpdef tuple flows(self, OrderFilled fill, Terms terms, Position position)
    cdef int _add_legs(self, list out, OrderFilled fill, Terms terms, Position position) except -1
    cdef int _add_flow(self, list out, object kind, object raw, object currency, object cause) except -1
    # Book the flows of a fill, once it is applied to its order.
    cpdef int book(self, OrderFilled fill, Terms terms, tuple flows) except -1
    @cython.locals(balance=Balance, amount=Money, flow=AccountFlow)
    cpdef int apply_tuple(self, tuple flows) except -1
    @cython.locals(balance=Balance, amount=Money, flow=AccountFlow)
    cdef int _check_totals(self, tuple flows) except -1
    # Whether what is held changed; call after each event of an order, each change of a position.
    @cython.locals(old=Lock, new=Lock)
    cpdef bint order_changed(self, Order order, Terms terms) except -1
    cpdef bint position_changed(self, Position position) except -1
    cpdef object need_for(self, Order order, object instrument, Price price=*)
    @cython.locals(balance=Balance)
    cpdef object free(self, object currency)
    cdef Lock _lock(self, Order order, Terms terms, Price price)
    cdef int _swap(self, Lock old, Lock new, Terms terms) except -1
    @cython.locals(balance=Balance)
    cpdef object state(self, object event_id, object ts_event, object ts_init, tuple flows=*)
    cdef object _note(self, object event)
    @cython.locals(balance=Balance)
    cdef int _clear_locks(self) except -1
    cdef int _clear_stakes(self) except -1
    cdef tuple _changed_margins(self)
    @cython.locals(balance=Balance)
    cdef Balance _balance(self, object currency)
    @cython.locals(newest=Balance)
    cdef Balance _known_balance(self, object currency)
    cdef object _in_base(self, object raw, object currency)
