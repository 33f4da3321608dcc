"""C surface of betting accounts."""

cimport cython

from argosy.model.accounts.account cimport Account
from argosy.model.accounts.balance cimport Balance, Lock, lock_of
from argosy.model.events.layout cimport OrderFilled
from argosy.model.orders.order cimport Order
from argosy.model.position cimport Position
from argosy.model.powers cimport ten_to
from argosy.model.terms cimport Terms, scaled
from argosy.model.values cimport Price, Quantity

cdef object _BUY


@cython.final
cdef class Book:
    cdef readonly Balance balance  # that holds what can be lost
    cdef readonly object wins      # int: what matched bets pay if the selection wins
    cdef readonly object loses     # int: what they pay if it loses
    cdef readonly object held      # int: what is held for it now
    cdef object _lays              # int: what unmatched lay bets lose if it wins
    cdef object _backs             # int: what unmatched back bets lose if it loses

    cpdef int add_order(self, Lock lock, int sign) except -1
    cpdef int hold(self, bint alone) except -1


cdef class BettingAccount(Account):
    cdef readonly bint holds_alone  # whether each unmatched bet is held alone
    cdef dict _books                # instrument id -> Book

    @cython.locals(book=Book, price=Price, quantity=Quantity, sign=int)
    cpdef int book(self, OrderFilled fill, Terms terms, tuple flows) except -1
    @cython.locals(sign=int)
    cdef Lock _lock(self, Order order, Terms terms, Price price)
    @cython.locals(book=Book)
    cdef int _swap(self, Lock old, Lock new, Terms terms) except -1
    cdef Book _book_of(self, Terms terms)
    @cython.locals(book=Book)
    cdef int _clear_stakes(self) except -1


cdef object _stake(Terms terms, object raw, int precision)
cdef object _win(Terms terms, object raw, int precision, Price odds)
