"""C surface of balances and of what is held back from them."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.messages cimport AccountBalance
from argosy.model.money cimport Money, money_from_raw


@cython.no_gc
cdef class Balance:
    cdef readonly object currency    # Currency
    cdef readonly object total_raw   # int: everything, in units of the currency
    cdef readonly object held_raw    # int: what orders and positions hold, may be more than there is
    cdef readonly object locked_raw  # int: held_raw, but at most total_raw and at least 0
    cdef object _snapshot            # AccountBalance, None since the last change
    cdef Money _nothing              # 0 of the currency

    cpdef int add(self, object raw) except -1
    cpdef int hold(self, object raw) except -1
    cpdef int put(self, object total, object locked) except -1
    @cython.locals(total=Money, locked=Money)
    cpdef int follow(self, AccountBalance snapshot) except -1
    cdef int _change(self) except -1
    @cython.locals(total=Money, locked=Money, free=Money)
    cpdef object snapshot(self)
    cpdef Money money(self, object raw)


@cython.no_gc
cdef class Lock:
    cdef readonly object currency      # Currency that is held
    cdef readonly object raw           # int: how much of it
    cdef readonly object quantity      # int: of the order's rest, x 10^18
    cdef readonly int sign             # +1 buy, -1 sell

    cpdef bint equals(self, Lock other) except -1


@cython.locals(lock=Lock)
cpdef Lock lock_of(object currency, object raw, object quantity, int sign)
