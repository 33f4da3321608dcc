"""C surface of the venue: how its orders come in."""

cimport cython

from argosy.plug.client cimport ExecutionClient
from argosy.plug.rule cimport Order
from argosy.plug.timeline cimport Timeline
from argosy_sim.desk cimport OrderDesk


cdef class SimVenue(ExecutionClient):
    cdef readonly object settings      # what the system file says
    cdef readonly object options       # what the profile and the settings come to
    cdef readonly object account
    cdef readonly object house         # House: what the desks share
    cdef object _context               # SimulationContext
    cdef Timeline _timeline
    cdef object _latency               # LatencyModel, None: nothing travels
    cdef dict _desks                   # instrument id -> OrderDesk
    cdef list _inbox                   # Commands of the next round
    cdef list _late                    # Commands that wait for data

    cpdef object submit_order(self, Order order, object position_id)
    @cython.locals(desk=OrderDesk, inbox=list, command=tuple)
    cdef int settle(self) except -1
