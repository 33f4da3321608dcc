"""C surface of the rule about the trading state."""

from argosy.plug.rule cimport Order, Price, Quantity, RiskContext, RiskRule

cdef object _ACTIVE
cdef object _HALTED


cdef class TradingStateRule(RiskRule):
    cpdef object check(self, Order order, object position_id)
    cpdef object check_modify(
        self, Order order, Quantity quantity, Price price, Price trigger_price
    )
