"""C surface of the way out."""

cimport cython

from argosy.engine.orders.events cimport OrderEvents
from argosy.engine.orders.risk cimport RiskEngine
from argosy.engine.orders.routing cimport Routes, client_refusal
from argosy.engine.positions cimport PositionBook
from argosy.kernel.bus cimport Topic
from argosy.model.events.layout cimport OrderInitialized
from argosy.model.messages cimport SubmitOrder
from argosy.model.orders.order cimport Order
from argosy.parts.client cimport ExecutionClient
from argosy.parts.route cimport Route

cdef object _NO_TRIGGER


@cython.final
cdef class Submission:
    cdef readonly OrderEvents events
    cdef readonly Routes routes
    cdef readonly RiskEngine risk
    cdef readonly PositionBook positions
    cdef public object cause       # int: id of the report that is being handled, 0 for none
    cdef object _last              # int: id of the newest command
    cdef Topic _told               # of commands

    @cython.locals(route=Route, client=ExecutionClient)
    cpdef int submit(self, Order order, object position_id, object client_id) except -1
    @cython.locals(client=ExecutionClient)
    cdef object _refusal(self, Order order, object position_id, object client_id, Route route)
    cdef SubmitOrder _submit(self, Order order, object position_id, ExecutionClient client)
    cdef int _send(self, ExecutionClient client, object command) except -1
    cdef object _number(self)


@cython.locals(init=OrderInitialized)
cdef object _unworked(Order order)
