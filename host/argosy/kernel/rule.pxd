"""C surface of a risk rule."""

from argosy.model.orders.order cimport Order
from argosy.model.values cimport Price, Quantity


cdef class RiskRule:
    cdef readonly object context  # RiskContext: what the rule may look at

    # The reason, a str, or None.
    cpdef object check(self, Order order, object position_id)
    cpdef object check_modify(
        self, Order order, Quantity quantity, Price price, Price trigger_price
    )
