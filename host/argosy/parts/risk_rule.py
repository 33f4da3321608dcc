"""Risk rules: one thing that an order must satisfy before it leaves, and what a rule looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argosy.kernel.prices import offered_price
from argosy.kernel.timeline import Timeline
from argosy.model.enums import TradingState

if TYPE_CHECKING:
    from argosy.kernel.market import MarketState
    from argosy.model.accounts import Account
    from argosy.model.identifiers import InstrumentId, PositionId
    from argosy.model.instruments import Instrument
    from argosy.model.orders.order import Order
    from argosy.model.values import Price, Quantity


class RiskContext:
    """What a rule may look at.

    Parameters
    ----------
    cache : orders, positions, accounts, prices
    portfolio : net positions and rates
    timeline : `now` is the time of the check
    """

    cache: Any
    portfolio: Any
    timeline: Timeline
    trading_state: TradingState
    _order: Order | None
    _market: MarketState | None
    _markets: dict[InstrumentId, MarketState]
    _accounts: dict[InstrumentId, Account]

    def __init__(self, cache: Any, portfolio: Any, timeline: Timeline) -> None:
        self.cache = cache
        self.portfolio = portfolio
        self.timeline = timeline
        self.trading_state = TradingState.ACTIVE
        self._order = None
        self._market = None
        self._markets = {}
        self._accounts = {}

    def instrument_of(self, order: Order) -> Instrument | None:
        """Return the definition of an order's instrument, None where nobody has one."""
        market = self._market_of(order)
        if market is not None:
            return market.instrument
        found: Instrument | None = self.cache.instrument(order.instrument_id)
        return found

    def account_of(self, order: Order) -> Account | None:
        """Return the account that an order trades on, None where its venue has none."""
        found = self._accounts.get(order.instrument_id)
        if found is None:
            found = self.cache.account_for_venue(order.instrument_id.venue)
            if found is not None:
                self._accounts[order.instrument_id] = found
        return found

    def price_of(self, order: Order) -> Price | None:
        """Return the price that an order is judged by, None where nobody knows one.

        Its limit, else its trigger price; of one that has neither, what the market offers: the ask
        to a buyer, the bid to a seller, else the last trade, else the close of the newest bar.
        """
        if order.price is not None:
            return order.price
        if order.trigger_price is not None:
            return order.trigger_price
        market = self._market_of(order)
        return None if market is None else offered_price(market, order.sign)

    def _market_of(self, order: Order) -> MarketState | None:
        """Return the market of an order; all rules ask for that of the same order in a row."""
        if self._order is not order:
            market = self._markets.get(order.instrument_id)
            if market is None:
                market = self.cache.market(order.instrument_id)
                if market is not None:
                    self._markets[order.instrument_id] = market
            self._order = order
            self._market = market
        return self._market


class RiskRule:
    """Say why an order may not be sent or changed, as `CODE: key=value, ...`.

    A subclass overrides `check`, `check_modify` or both; what it cannot judge it refuses.

    Parameters
    ----------
    context : what the rule may look at
    """

    context: RiskContext

    def __init__(self, context: RiskContext) -> None:
        self.context = context

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Return why `order` may not be sent, or None."""
        return None

    def check_modify(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
    ) -> str | None:
        """Return why `order` may not be changed, or None; an argument of None keeps what it has."""
        return None
