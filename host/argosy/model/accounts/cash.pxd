"""C surface of cash accounts."""

cimport cython

from argosy.model.accounts.account cimport Account
from argosy.model.accounts.balance cimport Lock, lock_of
from argosy.model.accounts.stake cimport Stake
from argosy.model.money cimport Money
from argosy.model.orders.working cimport WorkingOrder
from argosy.model.powers cimport ten_to
from argosy.model.terms cimport Terms, rounded, scaled
from argosy.model.values cimport Price, Quantity

cdef object _TRADE_LEG


cdef class CashAccount(Account):
    cdef readonly bint locks_fees  # whether a buy order also holds the worst fee

    @cython.locals(terms=Terms)
    cdef int _add_legs(
        self, list out, int sign, Quantity quantity, Price price, object gain, Stake stake,
        object cause
    ) except -1
    @cython.locals(terms=Terms)
    cdef Lock _lock(self, WorkingOrder order, Stake stake, Price price)
    cdef object _worth(self, WorkingOrder order, Terms terms, Price price)
    cdef object _base_raw(self, WorkingOrder order, Terms terms, Price price)
    cdef object _worst_fee(self, object raw, Terms terms)
