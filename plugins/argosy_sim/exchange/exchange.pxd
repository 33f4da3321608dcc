"""C surface of the exchange: how its commands come in."""

cimport cython

from argosy.plug.messages cimport SubmitOrder
from argosy.plug.timeline cimport Timeline
from argosy_sim.exchange.clearing cimport Clearing
from argosy_sim.exchange.desk cimport OrderDesk
from argosy_sim.exchange.reporting cimport Reporting


cdef class Exchange:
    cdef readonly object models       # ExchangeModels
    cdef readonly Clearing clearing
    cdef readonly Reporting reporting
    cdef readonly dict desks          # instrument id -> OrderDesk
    cdef readonly list inbox          # commands of the next round, and orders to be released
    cdef Timeline _timeline
    cdef list _late                   # commands that wait for data

    cpdef object send(self, object command)
    @cython.locals(inbox=list)
    cpdef int settle(self) except -1
    cpdef int work_off(self, object command) except -1
    @cython.locals(desk=OrderDesk)
    cdef int _submit(self, SubmitOrder command) except -1
