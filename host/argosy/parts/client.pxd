"""C surface of execution clients: the way of a command to its venue."""

from argosy.kernel.timeline cimport Settler


cdef class ExecutionClient(Settler):
    cdef readonly object venue         # Venue
    cdef readonly object account_id
    cdef readonly object oms_type      # OmsType
    cdef readonly object offers        # frozenset of the kinds of commands
    cdef readonly bint takes_orders    # it offers SubmitOrder
    cdef object _take                  # called with each report, None before it was connected

    cpdef object send(self, object command)
