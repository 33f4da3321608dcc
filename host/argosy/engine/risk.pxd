"""C surface of the risk engine."""

cimport cython

from argosy.engine.cache cimport Cache
from argosy.engine.prices cimport offered_price
from argosy.kernel.bus cimport MessageBus
from argosy.kernel.market cimport MarketState
from argosy.kernel.rule cimport RiskRule
from argosy.kernel.timeline cimport Timeline
from argosy.model.orders.order cimport Order
from argosy.model.values cimport Price, Quantity


@cython.final
cdef class RiskContext:
    cdef readonly Cache cache
    cdef readonly object portfolio      # Portfolio
    cdef readonly Timeline timeline
    cdef public object trading_state    # TradingState

    cpdef object instrument_of(self, Order order)
    cpdef object account_of(self, Order order)
    @cython.locals(market=MarketState)
    cpdef Price price_of(self, Order order)


@cython.final
cdef class RiskEngine:
    cdef readonly RiskContext context
    cdef MessageBus _bus
    cdef object _trader_id
    cdef list _rules                    # RiskRule, in the order in which they are asked

    @cython.locals(rule=RiskRule)
    cpdef object check(self, Order order, object position_id=*)
    @cython.locals(rule=RiskRule)
    cpdef object check_modify(
        self, Order order, Quantity quantity, Price price, Price trigger_price
    )
