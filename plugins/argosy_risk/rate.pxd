"""C surface of the throttles."""

cimport cython
from libc.stdint cimport int64_t

from argosy.plug.rule cimport Order, Price, Quantity, RiskContext, RiskRule


@cython.final
cdef class Window:
    cdef readonly int64_t limit        # commands
    cdef readonly int64_t interval_ns  # length
    cdef object _passed                # deque of ns: when the commands in the window passed

    cpdef bint take(self, int64_t now_ns) except -1


cdef class SubmitRateRule(RiskRule):
    cdef Window _window

    cpdef object check(self, Order order, object position_id)


cdef class ModifyRateRule(RiskRule):
    cdef Window _window

    cpdef object check_modify(
        self, Order order, Quantity quantity, Price price, Price trigger_price
    )


cdef object _reason(str command, Window window)
