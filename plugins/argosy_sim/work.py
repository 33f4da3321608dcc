"""An order as the venue knows it, which may be more than the host has heard of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.errors import PrecisionError
from argosy.kernel.matching import UNSET

if TYPE_CHECKING:
    from argosy.kernel.timeline import Alarm
    from argosy.kernel.trigger import Trigger
    from argosy.model.identifiers import PositionId, VenueOrderId
    from argosy.model.orders.order import Order
    from argosy.model.values import Price, Quantity
    from argosy_sim.matcher import InstrumentMatcher

_UNSET = UNSET


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

    def __init__(
        self,
        order: Order,
        venue_order_id: VenueOrderId,
        position_id: PositionId | None,
        quantity: int,
    ) -> None:
        self.begin(order, venue_order_id, position_id, quantity)

    def begin(
        self,
        order: Order,
        venue_order_id: VenueOrderId,
        position_id: PositionId | None,
        quantity: int,
    ) -> int:
        """Set every field; compiled callers skip the constructor."""
        self.order = order
        self.venue_order_id = venue_order_id
        self.position_id = position_id
        self.quantity = self.told = quantity
        self.filled = 0
        self.price = self.trigger_price = _UNSET
        self.in_quote = self.was_in_quote = order.is_quote_quantity
        self.is_buy = order.sign > 0
        self.is_accepted = self.is_done = self.is_triggered = False
        self.trigger: Trigger | None = None
        self.matcher: InstrumentMatcher | None = None
        self.alarm: Alarm | None = None
        return 0

    @property
    def left(self) -> int:
        """What is not filled, raw."""
        return self.quantity - self.filled

    @property
    def has_price(self) -> bool:
        """Whether it has a limit."""
        return self.price != _UNSET

    @property
    def has_trigger_price(self) -> bool:
        """Whether it has a trigger price."""
        return self.trigger_price != _UNSET

    def __repr__(self) -> str:
        return f"Work({self.order!r}, {self.filled} of {self.quantity} filled)"


def raw_at(value: Price | Quantity, precision: int) -> int:
    """Return the raw of a value at a precision.

    Raises
    ------
    PrecisionError : the value has more decimals, and they are not zero
    """
    return value.raw if value.precision == precision else _rescaled(value, precision)


def _rescaled(value: Price | Quantity, precision: int) -> int:
    if value.precision < precision:
        return value.raw * int(10 ** (precision - value.precision))
    raw, rest = divmod(value.raw, int(10 ** (value.precision - precision)))
    if rest:
        raise PrecisionError(f"{value} has more than {precision} decimals")
    return raw


def fits(value: Price | Quantity, precision: int) -> bool:
    """Tell whether a value has no more decimals than a precision, or only zeros."""
    if value.precision <= precision:
        return True
    return value.raw % int(10 ** (value.precision - precision)) == 0
