"""C surface of the way of an event."""

cimport cython

from argosy.engine.accounting cimport Accounting
from argosy.engine.cache cimport Cache
from argosy.kernel.bus cimport Topic, TopicFamily
from argosy.kernel.timeline cimport Timeline
from argosy.model.events.ids cimport EventIds
from argosy.model.events.layout cimport OrderSubmitted
from argosy.model.orders.order cimport Order
from argosy.parts.client cimport ExecutionClient
from argosy.parts.route cimport Route
from argosy.serialization.eventlog cimport EventLog


@cython.final
cdef class OrderEvents:
    cdef readonly Timeline timeline
    cdef readonly Cache cache
    cdef readonly EventLog log
    cdef readonly EventIds event_ids
    cdef readonly object trader_id
    cdef readonly Accounting accounting
    cdef readonly TopicFamily order_topics      # by strategy id
    cdef readonly TopicFamily position_topics   # by strategy id

    cpdef int initialized(self, Order order, object position_id) except -1
    @cython.locals(event=OrderSubmitted)
    cpdef int submitted(self, Order order, ExecutionClient client) except -1
    cpdef int apply(self, Order order, object event, object change, Route route) except -1
    cpdef int tell(self, Order order, object event) except -1
    cpdef int tell_account(self, object state, Route route) except -1
    cpdef tuple whose(self, Order order)
    cpdef tuple stamps(self, object ts_event)
