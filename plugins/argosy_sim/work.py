"""An order as the venue knows it, which may be more than the host has heard of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.errors import PrecisionError

if TYPE_CHECKING:
    from argosy.kernel.timeline import Alarm
    from argosy.kernel.trigger import Trigger
    from argosy.model.identifiers import PositionId, VenueOrderId
    from argosy.model.orders import Order
    from argosy.model.values import Price, Quantity
    from argosy_sim.matcher import InstrumentMatcher


class Work:
    """What is left of an order, and where it rests.

    Parameters
    ----------
    order : as the host made it
    venue_order_id : what the venue calls it
    position_id : which the order was sent for, or which the venue made for it
    quantity : raw, at the size precision of the instrument; 0 until it is converted from the quote
        currency
    """

    __slots__ = (
        "alarm",
        "filled",
        "in_quote",
        "is_accepted",
        "is_buy",
        "is_done",
        "is_triggered",
        "matcher",
        "order",
        "position_id",
        "price",
        "quantity",
        "told",
        "trigger",
        "trigger_price",
        "venue_order_id",
        "was_in_quote",
    )

    def __init__(
        self,
        order: Order,
        venue_order_id: VenueOrderId,
        position_id: PositionId | None,
        quantity: int,
    ) -> None:
        self.order = order
        self.venue_order_id = venue_order_id
        self.position_id = position_id
        self.quantity = quantity
        self.told = quantity
        self.filled = 0
        self.in_quote = self.was_in_quote = order.is_quote_quantity
        self.is_buy = order.sign > 0
        self.is_accepted = False
        self.is_done = False
        self.is_triggered = False
        self.price: int | None = None
        self.trigger_price: int | None = None
        self.trigger: Trigger | None = None
        self.matcher: InstrumentMatcher | None = None
        self.alarm: Alarm | None = None

    @property
    def left(self) -> int:
        """What is not filled, raw."""
        return self.quantity - self.filled

    def __repr__(self) -> str:
        return f"Work({self.order!r}, {self.filled} of {self.quantity} filled)"


def raw_at(value: Price | Quantity, precision: int) -> int:
    """Return the raw of a value at a precision.

    Raises
    ------
    PrecisionError : the value has more decimals, and they are not zero
    """
    if value.precision == precision:
        return value.raw
    if value.precision < precision:
        return value.raw * int(10 ** (precision - value.precision))
    raw, rest = divmod(value.raw, int(10 ** (value.precision - precision)))
    if rest:
        raise PrecisionError(f"{value} has more than {precision} decimals")
    return raw
