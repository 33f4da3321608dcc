"""C surface of exposures; sums of quantities are x 10^18, of costs x 10^36, so that they are exact."""

cimport cython

from argosy.model.accounts.balance cimport Balance, Lock
from argosy.model.accounts.stake cimport Stake
from argosy.model.cost cimport OpenCost
from argosy.model.powers cimport ten_to
from argosy.model.terms cimport Terms, rounded
from argosy.model.values cimport Price, price_from_raw

cdef int _INVERSE  # a Terms.kind


@cython.final
cdef class Exposure(Stake):
    cdef readonly Balance balance       # that holds the margins, None before the first
    cdef readonly tuple initial_rate    # (numerator, denominator) for working orders, or None
    cdef readonly tuple maintenance_rate  # likewise, for positions
    cdef readonly bint has_rates        # the margin model was asked
    cdef readonly object initial        # int: held for working orders
    cdef readonly object maintenance    # int: held for the net position
    cdef public Price mark              # what positions are valued at, None: their opening price
    cdef object _buys                   # int: sum of the locks of working buy orders
    cdef object _sells                  # int: likewise
    cdef object _buy_qty                # int: sum of what is left of working buy orders
    cdef object _sell_qty               # int: likewise
    cdef OpenCost _only                 # the one open position, None where there are none or many
    cdef dict _shares                   # position -> (signed quantity, cost), where there are many
    cdef object _long_qty               # int: sums over _shares
    cdef object _long_cost
    cdef object _short_qty
    cdef object _short_cost

    cpdef int set_rates(self, tuple initial, tuple maintenance) except -1
    cpdef int forget_rates(self) except -1
    cpdef int clear(self) except -1
    cpdef int set_margins(self, object initial, object maintenance, Balance balance) except -1
    cpdef int add_order(self, Lock lock, int sign) except -1
    cpdef object initial_of(self, bint nets)
    cpdef object closable(self, int sign)
    cpdef int place(self, OpenCost position) except -1
    cdef int _share_out(self, OpenCost position) except -1
    cdef int _add_share(self, tuple share, int sign) except -1
    cpdef object net(self)
    cpdef object net_raw(self)
    cpdef int net_precision(self) except -1
    cpdef Price price(self)


cdef object _beyond(object held, object quantity, object covered)
