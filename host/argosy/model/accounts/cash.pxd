"""C surface of cash accounts."""

cimport cython

from argosy.model.accounts.account cimport Account
from argosy.model.accounts.balance cimport Lock, lock_of
from argosy.model.events.layout cimport OrderFilled
from argosy.model.money cimport Money
from argosy.model.orders.order cimport Order
from argosy.model.position cimport Position
from argosy.model.powers cimport ten_to
from argosy.model.terms cimport Terms, rounded, scaled
from argosy.model.values cimport Price, Quantity

cdef object _BUY
cdef object _TRADE_LEG


cdef class CashAccount(Account):
    cdef readonly bint locks_fees  # whether a buy order also holds the worst fee

    @cython.locals(quantity=Quantity, price=Price, sign=int)
    cdef int _add_legs(self, list out, OrderFilled fill, Terms terms, Position position) except -1
    cdef Lock _lock(self, Order order, Terms terms, Price price)
    cdef object _worth(self, Order order, Terms terms, Price price)
    cdef object _base_raw(self, Order order, Terms terms, Price price)
    cdef object _with_fee(self, object raw, Terms terms)
