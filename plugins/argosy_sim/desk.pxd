"""C surface of the order desk."""

cimport cython
from libc.stdint cimport int64_t

from argosy.plug.naming cimport named
from argosy.plug.rule cimport Order
from argosy_sim.execution cimport ExecutionDesk
from argosy_sim.matcher cimport InstrumentMatcher
from argosy_sim.session cimport Session
from argosy_sim.work cimport Work, raw_at

cdef int64_t _UNSET
cdef object _MARKET
cdef object _LIMIT
cdef object _GTC
cdef object _ALONE


cdef class OrderDesk(ExecutionDesk):
    cdef readonly Session session          # whether orders are taken
    cdef readonly list waiting             # (Order, PositionId or None) until the next bar opens
    cdef readonly int64_t orders           # that came in so far
    cdef bint _waits_for_open              # the option bar_orders
    cdef bint _acknowledges                # the option use_market_order_acks
    cdef bint _sells_held                  # what has no balance is sold only as far as it is held
    cdef bint _reduces                     # the option use_reduce_only
    cdef object _order_prefix              # of venue order ids

    cpdef int receive(self, Order order, object position_id) except -1
    @cython.locals(work=Work, quantity=int64_t)
    cpdef int enter(self, Order order, object position_id) except -1
    cdef object _refusal(self, Order order)
    @cython.locals(price=int64_t)
    cdef int _enter_market(self, Work work) except -1
    @cython.locals(best=int64_t, order=Order)
    cdef int _enter_limit(self, Work work) except -1
    @cython.locals(order=Order)
    cpdef bint admits(self, Work work, int64_t price) except -1
    @cython.locals(matcher=InstrumentMatcher)
    cpdef int64_t opposite(self, Work work) except? -1
