"""C surface of the rule about balances."""

cimport cython

from argosy.plug.rule cimport (
    Account,
    Money,
    Order,
    Price,
    Quantity,
    RiskContext,
    RiskRule,
    Route,
    Terms,
    terms_of,
)
from argosy_risk.worth cimport worth_raw

cdef object _CASH
cdef object _MARGIN
cdef object _SUBMITTED
cdef dict _CODES
cdef dict _CUMULATIVE_CODES


cdef class BalanceRule(RiskRule):
    @cython.locals(account=Account, price=Price)
    cpdef object check(self, Order order, object position_id)
    cpdef object check_modify(
        self, Order order, Quantity quantity, Price price, Price trigger_price
    )
    @cython.locals(need=Money)
    cdef object _judge(self, Order order, Account account, Price price)
    @cython.locals(free=Money)
    cdef object _verdict(self, Order order, Account account, Money need)
    @cython.locals(route=Route)
    cdef object _need(self, Order order, object instrument, Account account, Price price)
    cdef object _short(self, Order order, object instrument, object account, Price price)
    @cython.locals(terms=Terms)
    cdef object _worth(self, Order order, object instrument, object account, Price price)
    cdef list _under_way(self, Order order)
    cdef object _needed(self, list orders, object account, object need)


cdef bint _lends(Account account) except -1
cdef object _rate_reason(Order order, object account, object instrument)
