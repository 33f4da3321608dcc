"""C surface of the rules about an order by itself."""

cimport cython

from argosy.plug.rule cimport Order, Price, Quantity, RiskContext, RiskRule

cdef object _GTD
cdef object _NO_TRIGGER
cdef tuple _NEVER_WATCHED
cdef tuple _LAST_WATCHED
cdef tuple _PRICE_CODES
cdef tuple _TRIGGER_PRICE_CODES


cdef class InstrumentRule(RiskRule):
    cdef object _tradable     # the Instrument of the last order that could be traded

    cpdef object check(self, Order order, object position_id)


cdef class OrderTypeRule(RiskRule):
    cpdef object check(self, Order order, object position_id)


cdef class PriceRule(RiskRule):
    cpdef object check(self, Order order, object position_id)
    cpdef object check_modify(
        self, Order order, Quantity quantity, Price price, Price trigger_price
    )
    cdef object _judge(self, Order order, Price price, Price trigger)


cdef class QuantityRule(RiskRule):
    cdef object _instrument   # of the last order, and its limits
    cdef int _precision
    cdef Quantity _most
    cdef Quantity _least

    cpdef object check(self, Order order, object position_id)
    cpdef object check_modify(
        self, Order order, Quantity quantity, Price price, Price trigger_price
    )
    cdef object _judge(self, Order order, Quantity quantity)
    @cython.locals(most=Quantity, least=Quantity)
    cdef object _limits(self, object instrument, Quantity quantity)


cdef class ExpiryRule(RiskRule):
    cpdef object check(self, Order order, object position_id)


cdef class ReduceOnlyRule(RiskRule):
    cpdef object check(self, Order order, object position_id)


cdef object _not_found(Order order)
cdef bint _exceeds(Quantity one, Quantity other) except -1
cdef object _price_reason(object instrument, str name, Price value, tuple codes)
