"""C surface of what an order was made to do."""

cimport cython
from libc.stdint cimport int64_t

from argosy.model.events.layout cimport OrderInitialized

cdef object _BUY


@cython.no_gc
cdef class OrderIntent:
    cdef readonly OrderInitialized init   # everything its maker said
    cdef readonly object strategy_id
    cdef readonly object instrument_id
    cdef readonly object client_order_id
    cdef readonly object side             # OrderSide
    cdef readonly object order_type       # OrderType
    cdef readonly object time_in_force
    cdef readonly int sign                # +1 buy, -1 sell
    cdef readonly bint is_post_only       # must not take liquidity
    cdef readonly bint is_reduce_only     # must not open or enlarge a position
    cdef readonly int64_t ts_init         # ns

    cdef int intend(self, OrderInitialized init) except -1
