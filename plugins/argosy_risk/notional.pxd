"""C surface of the rule about notionals."""

cimport cython

from argosy.plug.rule cimport Order, Price, Quantity, RiskContext, RiskRule, Terms, terms_of
from argosy_risk.worth cimport worth_raw


@cython.final
cdef class Limits:
    cdef readonly object instrument  # the definition that the limits are of
    cdef readonly Terms terms        # its
    cdef readonly object own         # int or None: the trader's own limit, as the next two in units
    cdef readonly object most        #     of the cost currency
    cdef readonly object least
    cdef readonly bint is_open       # there are no limits

    cpdef object reason(self, object worth)
    cdef object _text(self, str code, object worth, str name, object limit)


cdef class NotionalRule(RiskRule):
    cdef dict _per_order             # instrument id -> Decimal, as set
    cdef dict _limits                # instrument id -> Limits

    cpdef object check(self, Order order, object position_id)
    cpdef object check_modify(
        self, Order order, Quantity quantity, Price price, Price trigger_price
    )
    cdef object _judge(self, Order order, Quantity quantity, Price price)
    @cython.locals(limits=Limits)
    cdef Limits _limits_of(self, Order order)


cdef object _raw(object limit, object instrument)
