"""C surface of the rule about balances."""

cimport cython
from libc.stdint cimport int64_t

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


@cython.final
cdef class Needs:
    cdef readonly int64_t now           # ns
    cdef readonly int64_t answered      # of Cache.answered
    cdef readonly Py_ssize_t counted    # orders, in the order in which they were sent
    cdef readonly dict of               # Currency -> Money

    @cython.locals(before=Money)
    cdef int add(self, Money need) except -1


cdef class BalanceRule(RiskRule):
    cdef readonly dict needs            # venue -> Needs
    cdef Order _judged                  # the order that was judged last
    cdef Money _judged_need             # and what it needs, or None
    cdef int64_t _judged_at             # ns

    @cython.locals(account=Account, price=Price)
    cpdef object check(self, Order order, object position_id)
    cpdef object check_modify(
        self, Order order, Quantity quantity, Price price, Price trigger_price
    )
    @cython.locals(need=Money)
    cdef object _judge(self, Order order, Account account, Price price)
    @cython.locals(free=Money, others=Money)
    cdef object _verdict(self, Order order, Account account, Money need)
    @cython.locals(route=Route)
    cdef object _need(self, Order order, object instrument, Account account, Price price)
    cdef object _short(self, Order order, object instrument, object account, Price price)
    @cython.locals(terms=Terms)
    cdef object _worth(self, Order order, object instrument, object account, Price price)
    cdef Money _under_way(self, Order order, Account account, object currency)
    @cython.locals(now=int64_t, needs=Needs, other=Order)
    cdef Needs _needs_of(self, object venue, Account account)
    @cython.locals(price=Price)
    cdef Money _need_now(self, Order order, Account account)


cdef bint _lends(Account account) except -1
cdef object _rate_reason(Order order, object account, object instrument)
