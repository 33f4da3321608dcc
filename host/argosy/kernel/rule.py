"""Risk rules: one thing that an order must satisfy before it leaves; the base of each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argosy.model.identifiers import PositionId
    from argosy.model.orders.order import Order
    from argosy.model.values import Price, Quantity


class RiskRule:
    """Say why an order may not be sent or changed, as `CODE: key=value, ...`.

    A subclass overrides `check`, `check_modify` or both; what it cannot judge it refuses.

    Parameters
    ----------
    context : a RiskContext of `argosy.engine.risk`: what the rule may look at
    """

    context: Any

    def __init__(self, context: Any) -> None:
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
