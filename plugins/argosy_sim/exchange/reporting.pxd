"""C surface of reporting."""

cimport cython

from argosy.plug.accounts cimport Money
from argosy.plug.messages cimport SubmitOrder
from argosy.plug.timeline cimport Timeline
from argosy.plug.values cimport Price, Quantity
from argosy_sim.exchange.clearing cimport Clearing
from argosy_sim.exchange.listing cimport Listing
from argosy_sim.exchange.order cimport VenueOrder


@cython.final
cdef class Reporting:
    cdef readonly Clearing clearing
    cdef readonly object answering   # int: the command that is worked off, 0 for none
    cdef Timeline _timeline
    cdef object _take                # who hears the reports
    cdef object _last                # int: number of the newest

    cpdef int answer(self, object command_id) except -1
    cpdef object number(self)
    cpdef int accepted(self, VenueOrder order, Listing listing) except -1
    cpdef int refused(self, SubmitOrder command, object reason) except -1
    cpdef int filled(
        self, VenueOrder order, Listing listing, object trade_id, Quantity quantity, Price price,
        object side, Money commission
    ) except -1
    cdef tuple _head(self, VenueOrder order)
    cdef tuple _answer_to(self, object command)
