"""An order as the exchange knows it, which may be more than its owner has heard of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.errors import PrecisionError
from argosy.kernel.matching import UNSET
from argosy.model.orders.working import WorkingOrder

if TYPE_CHECKING:
    from argosy.kernel.timeline import Alarm
    from argosy.kernel.trigger import Trigger
    from argosy.model.commands import SubmitOrder
    from argosy.model.identifiers import VenueOrderId
    from argosy.model.values import Price, Quantity
    from argosy_sim.exchange.matcher import InstrumentMatcher

_UNSET = UNSET


class VenueOrder(WorkingOrder):
    """What is left of an order, and where it rests.

    What it has as a `WorkingOrder` is what its owner was told: that is what the account holds for.
    The raws are what it trades by.

    Parameters
    ----------
    command : that brought it
    venue_order_id : what the exchange calls it
    quantity : raw, at the size precision of the instrument; 0 until it is converted from the quote
        currency
    """

    def __init__(
        self,
        command: SubmitOrder,
        venue_order_id: VenueOrderId,
        quantity: int,
        size_precision: int,
    ) -> None:
        self.begin(command, venue_order_id, quantity, size_precision)

    def begin(
        self,
        command: SubmitOrder,
        venue_order_id: VenueOrderId,
        quantity: int,
        size_precision: int,
    ) -> int:
        """Set every field; compiled callers skip the constructor."""
        init = command.init
        self.intend(init)
        self.command_id = command.command_id
        self.venue_order_id = venue_order_id
        self.position_id = command.position_id
        self.book = command.book
        self.price: Price | None = init.price
        self.trigger_price: Price | None = init.trigger_price
        self.quantity = self.told = quantity
        self.filled = 0
        self.limit = self.level = _UNSET
        self.in_quote = self.is_quote_quantity = init.quote_quantity
        if self.in_quote:
            self.leaves_raw = init.quantity.raw
            self.size_precision = init.quantity.precision
        else:
            self.leaves_raw = quantity
            self.size_precision = size_precision
        self.is_open = self.is_accepted = self.is_done = self.is_triggered = False
        self.trigger: Trigger | None = None
        self.matcher: InstrumentMatcher | None = None
        self.alarm: Alarm | None = None
        return 0

    @property
    def left(self) -> int:
        """What is not filled, raw."""
        return self.quantity - self.filled

    def tell_quantity(self, size_precision: int) -> int:
        """Have the owner know the quantity that it trades by."""
        self.told = self.quantity
        self.is_quote_quantity = False
        self.leaves_raw = self.told - self.filled
        self.size_precision = size_precision
        return 0

    def tell_prices(self, price: Price | None, trigger_price: Price | None) -> int:
        """Have the owner know the prices that it trades by."""
        self.price = price
        self.trigger_price = trigger_price
        return 0

    def take(self, quantity: int) -> int:
        """Count what was executed (raw)."""
        self.is_accepted = True
        self.filled += quantity
        self.leaves_raw = self.told - self.filled
        self.is_open = not self.is_done and self.filled < self.quantity
        return 0

    def accept(self) -> int:
        """Let it work."""
        self.is_accepted = self.is_open = True
        return 0

    def end(self) -> int:
        """Let it work no more."""
        self.is_done = True
        self.is_open = False
        if self.alarm is not None:
            self.alarm.cancel()
            self.alarm = None
        return 0

    @property
    def holding_key(self) -> str:
        """The holding that it trades for: its own book, else what its strategy nets."""
        return self.strategy_id if self.book is None else self.book

    @property
    def known_id(self) -> VenueOrderId | None:
        """The exchange's id of it, None as long as its owner cannot know that."""
        return self.venue_order_id if self.is_accepted else None

    def __repr__(self) -> str:
        return f"VenueOrder({self.client_order_id}, {self.filled} of {self.quantity} filled)"


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
