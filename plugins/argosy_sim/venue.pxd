"""C surface of the venue: how its orders come in."""

from argosy.plug.client cimport ExecutionClient
from argosy_sim.exchange.exchange cimport Exchange


cdef class SimVenue(ExecutionClient):
    cdef readonly object settings      # what the system file says
    cdef readonly object account       # the host's
    cdef readonly Exchange exchange
    cdef object _transit               # Transit, None: nothing travels
    cdef bint _is_late                 # reports travel too
    cdef bint _sends_with_data         # the option arrivals

    cpdef object send(self, object command)
    cdef int settle(self) except -1
