"""C surface of the risk engine."""

cimport cython

from argosy.kernel.bus cimport MessageBus
from argosy.parts.risk_rule cimport RiskContext, RiskRule
from argosy.model.orders.order cimport Order
from argosy.model.values cimport Price, Quantity
from argosy.parts.route cimport Route


@cython.final
cdef class RiskEngine:
    cdef readonly RiskContext context
    cdef MessageBus _bus
    cdef object _trader_id
    cdef list _rules                    # RiskRule, in the order in which they are asked

    @cython.locals(rule=RiskRule)
    cpdef object check(self, Order order, object position_id=*, Route route=*)
    @cython.locals(rule=RiskRule)
    cpdef object check_modify(
        self, Order order, Quantity quantity, Price price, Price trigger_price, Route route=*
    )
