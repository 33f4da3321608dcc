"""C surface of the execution engine: what an order and a fill pass through."""

cimport cython

from argosy.engine.accounting cimport Accounting
from argosy.engine.orders.report cimport Reports
from argosy.engine.orders.risk cimport RiskEngine
from argosy.engine.orders.routing cimport Routes
from argosy.engine.orders.submit cimport Submission
from argosy.engine.positions cimport PositionBook
from argosy.model.orders.order cimport Order


@cython.final
cdef class ExecutionEngine:
    cdef readonly Routes routes
    cdef readonly RiskEngine risk
    cdef readonly Accounting accounting
    cdef readonly PositionBook positions
    cdef Submission _submission
    cdef Reports _reports

    cpdef object submit(self, Order order, object position_id=*, object client_id=*)
