"""C surface of risk rules."""

cimport cython

from argosy.kernel.market cimport MarketState
from argosy.kernel.prices cimport offered_price
from argosy.kernel.timeline cimport Timeline
from argosy.model.accounts.exposure cimport Exposure
from argosy.model.accounts.margin cimport MarginAccount
from argosy.model.orders.order cimport Order
from argosy.model.values cimport Price, Quantity
from argosy.parts.route cimport Route


@cython.final
cdef class RiskContext:
    cdef readonly object cache          # Cache: orders, positions, accounts
    cdef readonly object portfolio      # Portfolio
    cdef readonly Timeline timeline     # `now` is the time of the check
    cdef readonly object routes         # Routes
    cdef public object trading_state    # TradingState
    cdef object _closable_raw18         # the cache's method of this name
    cdef Order _order                   # that is judged, or None
    cdef Route _route                   # of that order

    cpdef int judge(self, Order order, Route route) except -1
    cpdef Route route_of(self, Order order)
    cpdef object instrument_of(self, Order order)
    cpdef object account_of(self, Order order)
    @cython.locals(market=MarketState)
    cpdef Price price_of(self, Order order)
    @cython.locals(route=Route, account=MarginAccount, exposure=Exposure)
    cpdef object need_of(self, Order order, Price price)
    cdef object _closable(self, Order order)


cdef class RiskRule:
    cdef readonly RiskContext context   # what the rule may look at

    # The reason, a str, or None.
    cpdef object check(self, Order order, object position_id)
    cpdef object check_modify(
        self, Order order, Quantity quantity, Price price, Price trigger_price
    )
