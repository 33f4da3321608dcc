"""C surface of risk rules."""

cimport cython

from argosy.kernel.market cimport MarketState
from argosy.kernel.prices cimport offered_price
from argosy.kernel.timeline cimport Timeline
from argosy.model.orders.order cimport Order
from argosy.model.values cimport Price, Quantity


@cython.final
cdef class RiskContext:
    cdef readonly object cache          # Cache: orders, positions, accounts
    cdef readonly object portfolio      # Portfolio
    cdef readonly Timeline timeline     # `now` is the time of the check
    cdef public object trading_state    # TradingState
    cdef Order _order                   # what was asked about last
    cdef MarketState _market            # of its instrument, or None
    cdef dict _markets                  # instrument id -> MarketState, those that were found
    cdef dict _accounts                 # instrument id -> Account, likewise

    cpdef object instrument_of(self, Order order)
    cpdef object account_of(self, Order order)
    @cython.locals(market=MarketState)
    cpdef Price price_of(self, Order order)
    @cython.locals(market=MarketState)
    cdef MarketState _market_of(self, Order order)


cdef class RiskRule:
    cdef readonly RiskContext context   # what the rule may look at

    # The reason, a str, or None.
    cpdef object check(self, Order order, object position_id)
    cpdef object check_modify(
        self, Order order, Quantity quantity, Price price, Price trigger_price
    )
