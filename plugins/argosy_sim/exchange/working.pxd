"""C surface of the orders that work."""

from argosy.plug.timeline cimport Timeline
from argosy_sim.exchange.listing cimport Listing
from argosy_sim.exchange.order cimport VenueOrder
from argosy_sim.exchange.reporting cimport Reporting

cdef object _GTC


cdef class WorkingOrders:
    cdef readonly Listing listing
    cdef readonly Reporting reporting
    cdef readonly dict orders       # client order id -> VenueOrder of orders that rest
    cdef readonly dict reducing     # those of them that follow a holding
    cdef Timeline _timeline
    cdef object _options
    cdef bint _reduces              # the option use_reduce_only

    cpdef int rest(self, VenueOrder order, object trigger, object matcher) except -1
    cpdef int unhook(self, VenueOrder order) except -1
    cpdef int close(self, VenueOrder order) except -1
    cpdef int cancel(self, VenueOrder order, object reason=*) except -1
    cpdef int tell_quantity(self, VenueOrder order) except -1
