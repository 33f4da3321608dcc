"""C surface of the order desk."""

cimport cython
from libc.stdint cimport int64_t

from argosy.plug.messages cimport OrderInitialized, SubmitOrder
from argosy.plug.naming cimport numbered
from argosy.plug.values cimport Quantity
from argosy_sim.exchange.fills cimport Fills
from argosy_sim.exchange.listing cimport Listing
from argosy_sim.exchange.matcher cimport InstrumentMatcher
from argosy_sim.exchange.order cimport VenueOrder, raw_at
from argosy_sim.exchange.reporting cimport Reporting
from argosy_sim.exchange.session cimport Session
from argosy_sim.exchange.working cimport WorkingOrders

cdef int64_t _UNSET
cdef object _MARKET
cdef object _LIMIT
cdef object _GTC
cdef object _ALONE


cdef class OrderDesk:
    cdef readonly Listing listing
    cdef readonly InstrumentMatcher matcher
    cdef readonly Session session          # whether orders are taken
    cdef readonly WorkingOrders working
    cdef readonly Fills fills
    cdef readonly object admission         # Admission
    cdef readonly object conditionals      # Conditionals
    cdef readonly object changes           # Changes
    cdef readonly list waiting             # SubmitOrders until the next bar opens
    cdef readonly int64_t orders           # that came in so far
    cdef Reporting _reporting
    cdef object _floor
    cdef bint _waits_for_open              # the option bar_orders
    cdef bint _acknowledges                # the option use_market_order_acks
    cdef bint _fits_sales                  # sales are cut to what is held
    cdef object _order_prefix              # of venue order ids

    cpdef int submit(self, SubmitOrder command) except -1
    @cython.locals(order=VenueOrder, quantity=int64_t, digits=int, init=OrderInitialized)
    cpdef int enter(self, SubmitOrder command) except -1
    @cython.locals(size=Quantity)
    cdef object _refusal(self, OrderInitialized init)
    @cython.locals(price=int64_t)
    cdef int _enter_market(self, VenueOrder order) except -1
    @cython.locals(best=int64_t)
    cdef int _enter_limit(self, VenueOrder order) except -1
    cdef object _misfit(self, VenueOrder order, int64_t price)
