"""C surface of the way back."""

cimport cython

from argosy.engine.orders.events cimport OrderEvents
from argosy.engine.orders.routing cimport Routes
from argosy.engine.orders.submit cimport Submission
from argosy.engine.positions cimport PositionBook
from argosy.kernel.bus cimport MessageBus, Topic
from argosy.model.events.layout cimport OrderFilled
from argosy.model.messages cimport Filled
from argosy.model.orders.order cimport Order
from argosy.model.terms cimport Terms
from argosy.parts.client cimport ExecutionClient
from argosy.parts.route cimport Route

cdef int _INVERSE  # a Terms.kind


@cython.final
cdef class Reports:
    cdef OrderEvents _events
    cdef Routes _routes
    cdef PositionBook _positions
    cdef Submission _submission
    cdef MessageBus _bus
    cdef Topic _told                # of reports

    @cython.locals(order=Order, route=Route)
    cdef int _order(self, object report) except -1
    @cython.locals(
        order=Order, route=Route, client=ExecutionClient, terms=Terms, events=OrderEvents
    )
    cdef int _filled(self, Filled report) except -1
    @cython.locals(events=OrderEvents, position_events=list, topic=Topic)
    cdef int _apply_fill(self, Order order, OrderFilled fill, Filled report, Route route) except -1
    cdef Order _order_of(self, object report)


cdef object _name_of(object name, object report, Order order)
