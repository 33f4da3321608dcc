"""An order while it works: what its maker and its venue both keep of it, each on its own side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.model.orders.intent import OrderIntent

if TYPE_CHECKING:
    from argosy.model.values import Price


class WorkingOrder(OrderIntent):
    """What of an order can change while it works, and what an account holds for it."""

    price: Price | None
    trigger_price: Price | None
    leaves_raw: int
    size_precision: int
    is_quote_quantity: bool
    is_open: bool

    @property
    def has_price(self) -> bool:
        """Whether it has a limit price."""
        return self.price is not None

    @property
    def has_trigger_price(self) -> bool:
        """Whether it has a trigger price."""
        return self.trigger_price is not None
