"""C surface of betting accounts."""

cimport cython

from argosy.model.accounts.account cimport Account
from argosy.model.accounts.balance cimport Balance, Lock, lock_of
from argosy.model.accounts.stake cimport Stake
from argosy.model.orders.working cimport WorkingOrder
from argosy.model.powers cimport ten_to
from argosy.model.terms cimport Terms, scaled
from argosy.model.values cimport Price, Quantity


@cython.final
cdef class Bets(Stake):
    cdef readonly Balance balance  # that holds what can be lost, None before the first
    cdef readonly object wins      # int: what matched bets pay if the selection wins
    cdef readonly object loses     # int: what they pay if it loses
    cdef readonly object held      # int: what is held for it now
    cdef object _lays              # int: what unmatched lay bets lose if it wins
    cdef object _backs             # int: what unmatched back bets lose if it loses

    cpdef int add_order(self, Lock lock, int sign) except -1
    cpdef int hold(self, bint alone, Balance balance) except -1


cdef class BettingAccount(Account):
    cdef readonly bint holds_alone  # whether each unmatched bet is held alone

    cdef Stake _new_stake(self, Terms terms)
    @cython.locals(terms=Terms, bets=Bets)
    cpdef int book(
        self, int sign, Quantity quantity, Price price, Stake stake, tuple flows
    ) except -1
    @cython.locals(terms=Terms)
    cdef Lock _lock(self, WorkingOrder order, Stake stake, Price price)
    @cython.locals(bets=Bets)
    cdef int _swap(self, Lock old, Lock new, Stake stake) except -1
    cdef Balance _balance_of(self, Bets bets)
    cdef int _clear_stakes(self) except -1


cdef object _stake(Terms terms, object raw, int precision)
cdef object _win(Terms terms, object raw, int precision, Price odds)
