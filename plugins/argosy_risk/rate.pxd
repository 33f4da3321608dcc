"""C surface of the throttles."""

cimport cython
from libc.stdint cimport int64_t

from argosy.plug.ring cimport Ring
from argosy.plug.rule cimport Order, Price, Quantity, RiskContext, RiskRule


@cython.final
cdef class Window:
    cdef readonly int64_t limit        # commands
    cdef readonly int64_t interval_ns  # length
    cdef Ring _passed                  # ns: when the last `limit` commands passed; None where 0 may

    @cython.locals(limit=int64_t)
    cpdef bint lets_pass(self, int64_t now_ns) except -1


cdef class SubmitRateRule(RiskRule):
    cdef Window _window

    cpdef object check(self, Order order, object position_id)


cdef class ModifyRateRule(RiskRule):
    cdef Window _window

    cpdef object check_modify(
        self, Order order, Quantity quantity, Price price, Price trigger_price
    )


cdef object _reason(str command, Window window)
