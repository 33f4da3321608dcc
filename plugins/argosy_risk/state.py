"""The trading state: ACTIVE, REDUCING or HALTED."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.model.enums import TradingState
from argosy.parts.risk_rule import RiskRule

if TYPE_CHECKING:
    from argosy.model.identifiers import PositionId
    from argosy.model.orders.order import Order
    from argosy.model.values import Price, Quantity

_ACTIVE = TradingState.ACTIVE
_HALTED = TradingState.HALTED


class TradingStateRule(RiskRule):
    """HALTED denies orders and changes; REDUCING those that would add to a net position."""

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Return why the trading state forbids an order."""
        state = self.context.trading_state
        if state is _ACTIVE:
            return None
        if state is _HALTED:
            return "TRADING_HALTED: state=HALTED"
        net = self.context.portfolio.net_position(order.instrument_id)
        if net * order.sign > 0:
            return f"TRADING_REDUCING: net_position={net}, side={order.side}"
        return None

    def check_modify(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
    ) -> str | None:
        """Return why the trading state forbids a change."""
        state = self.context.trading_state
        if state is _HALTED:
            return "TRADING_HALTED: state=HALTED"
        if state is not _ACTIVE and quantity is not None and quantity > order.quantity:
            return f"TRADING_REDUCING: quantity={quantity}, was={order.quantity}"
        return None
