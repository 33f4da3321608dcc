"""The risk engine: asks every rule before an order leaves, and fails closed.

The rules themselves are parts (`register_risk_rules`); the host only keeps their order and the
trading state. A rule answers with a coded reason, such as
`NOTIONAL_EXCEEDS_FREE_BALANCE: free=10.00 USD, need=12.00 USD`, or with None.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from argosy.errors import PluginError
from argosy.kernel.bus import MessageBus
from argosy.model.enums import TradingState
from argosy.model.identifiers import PositionId, TraderId
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy.parts.risk_rule import RiskContext, RiskRule
from argosy.parts.route import Route


class TradingStateChanged(msgspec.Struct, frozen=True):
    """Someone set the trading state."""

    trader_id: TraderId
    state: TradingState
    ts_init: int


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
                    f"risk rule {rule!r} is no argosy.parts.risk_rule.RiskRule",
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

    def check(
        self, order: Order, position_id: PositionId | None = None, route: Route | None = None
    ) -> str | None:
        """Return why an order may not be sent, or None.

        Parameters
        ----------
        route : of the order, where it was looked up already
        """
        self.context.judge(order, route)
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
        route: Route | None = None,
    ) -> str | None:
        """Return why an order may not be changed, or None."""
        self.context.judge(order, route)
        for rule in self._rules:
            reason = rule.check_modify(order, quantity, price, trigger_price)
            if reason is not None:
                return reason
        return None
