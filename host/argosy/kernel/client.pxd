"""C surface of execution clients: the way of an order to its venue."""

from argosy.kernel.timeline cimport Settler
from argosy.model.orders.order cimport Order


cdef class ExecutionClient(Settler):
    cdef public object venue         # Venue
    cdef public object account_id
    cdef public object oms_type      # OmsType

    cpdef object submit_order(self, Order order, object position_id)
