"""C surface of statements."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.accounts.balance cimport Balance
from argosy.model.messages cimport AccountBalance, AccountChange
from argosy.model.money cimport Money, money_from_raw


cdef class Statement:
    cdef readonly object id              # AccountId
    cdef readonly object account_type    # AccountType
    cdef readonly object base_currency   # Currency that everything is converted to, or None
    cdef readonly object last_event      # AccountState, None before the first
    cdef readonly int64_t event_count    # states so far
    cdef dict _balances                  # currency code -> Balance, in the order of their coming
    cdef tuple _starting                 # AccountBalance of the first state

    @cython.locals(balance=Balance)
    cpdef object free(self, object currency)
    cpdef object state_of(
        self, AccountChange change, tuple flows, object event_id, object ts_event, object ts_init
    )
    @cython.locals(balances=tuple)
    cpdef int follow(self, object event) except -1
    @cython.locals(balance=Balance, told=AccountBalance, total=Money, at=Py_ssize_t)
    cdef bint _follow_known(self, tuple balances) except -1
    cdef object _note(self, object event)
    @cython.locals(balance=Balance)
    cdef Balance _balance(self, object currency)
    cdef Balance _known_balance(self, object currency)
