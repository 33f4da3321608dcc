"""The risk engine: asks every rule before an order leaves, and fails closed.

The rules themselves are parts (`register_risk_rules`); the host only keeps their order and the
trading state. A rule answers with a coded reason, such as
`NOTIONAL_EXCEEDS_FREE_BALANCE: free=10.00 USD, need=12.00 USD`, or with None.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from argosy.engine.cache import Cache
from argosy.engine.prices import offered_price
from argosy.errors import PluginError
from argosy.kernel.bus import MessageBus
from argosy.kernel.rule import RiskRule
from argosy.kernel.timeline import Timeline
from argosy.model.enums import TradingState
from argosy.model.identifiers import PositionId, TraderId
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity

if TYPE_CHECKING:
    from argosy.engine.portfolio import Portfolio
    from argosy.model.accounts import Account
    from argosy.model.instruments import Instrument


class TradingStateChanged(msgspec.Struct, frozen=True):
    """Someone set the trading state."""

    trader_id: TraderId
    state: TradingState
    ts_init: int


class RiskContext:
    """What a rule may look at.

    Fields
    ------
    cache : orders, positions, accounts, prices
    portfolio : net positions and rates
    timeline : `now` is the time of the check
    trading_state : ACTIVE, REDUCING or HALTED
    """

    cache: Cache
    portfolio: Portfolio
    timeline: Timeline
    trading_state: TradingState

    def __init__(self, cache: Cache, portfolio: Portfolio, timeline: Timeline) -> None:
        self.cache = cache
        self.portfolio = portfolio
        self.timeline = timeline
        self.trading_state = TradingState.ACTIVE

    def instrument_of(self, order: Order) -> Instrument | None:
        """Return the definition of an order's instrument, None where nobody has one."""
        found: Instrument | None = self.cache.instrument(order.instrument_id)
        return found

    def account_of(self, order: Order) -> Account | None:
        """Return the account that an order trades on, None where its venue has none."""
        found: Account | None = self.cache.account_for_venue(order.instrument_id.venue)
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
        market = self.cache.market(order.instrument_id)
        return None if market is None else offered_price(market, order.sign)


class RiskEngine:
    """Ask the rules, in their order; the first reason wins."""

    context: RiskContext
    _rules: list[RiskRule]

    def __init__(self, context: RiskContext, bus: MessageBus, trader_id: TraderId) -> None:
        self.context = context
        self._bus = bus
        self._trader_id = trader_id
        self._rules = []

    @property
    def trading_state(self) -> TradingState:
        """ACTIVE, REDUCING or HALTED."""
        return self.context.trading_state

    def set_rules(self, rules: Sequence[RiskRule]) -> None:
        """Replace the rules, in the order in which they are asked.

        Raises
        ------
        PluginError : one of them is no RiskRule
        """
        for rule in rules:
            if not isinstance(rule, RiskRule):
                raise PluginError(
                    f"risk rule {rule!r} is no argosy.kernel.rule.RiskRule",
                    cure="Let its class inherit RiskRule",
                )
        self._rules = list(rules)

    def rules(self) -> list[RiskRule]:
        """Return the rules, in the order in which they are asked."""
        return list(self._rules)

    def set_trading_state(self, state: TradingState) -> None:
        """Let orders pass (ACTIVE), only those that reduce (REDUCING), or none (HALTED)."""
        if state is self.context.trading_state:
            return
        self.context.trading_state = state
        event = TradingStateChanged(self._trader_id, state, self.context.timeline.now)
        self._bus.publish("events.risk", event)

    def check(self, order: Order, position_id: PositionId | None = None) -> str | None:
        """Return why an order may not be sent, or None."""
        for rule in self._rules:
            reason = rule.check(order, position_id)
            if reason is not None:
                return reason
        return None

    def check_modify(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
    ) -> str | None:
        """Return why an order may not be changed, or None."""
        for rule in self._rules:
            reason = rule.check_modify(order, quantity, price, trigger_price)
            if reason is not None:
                return reason
        return None
