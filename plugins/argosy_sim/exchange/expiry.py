"""When an order's time in force ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from argosy.kernel.timeline import TIMER, Alarm
from argosy.model.enums import TimeInForce

if TYPE_CHECKING:
    from argosy_sim.exchange.order import VenueOrder
    from argosy_sim.profiles import Options

DAY_NS = 86_400_000_000_000


class Expires(Protocol):
    """Where orders end."""

    def expire(self, order: VenueOrder) -> None:
        """End an order whose time is over."""
        ...


class Expiry(Alarm):
    """End an order at a time, data or not."""

    def __init__(self, place: Expires, order: VenueOrder) -> None:
        super().__init__(TIMER)
        self._place = place
        self._order = order

    def on_fire(self, now: int) -> None:
        """End it."""
        if not self._order.is_done:
            self._place.expire(self._order)


def end_of(order: VenueOrder, now: int, options: Options) -> int | None:
    """Return when the time of an order is over (ns): GTD at its date, DAY at 00:00 UTC."""
    if order.time_in_force is TimeInForce.GTD and options.support_gtd_orders:
        return order.expire_time_ns
    if order.time_in_force is TimeInForce.DAY and options.expire_day_orders:
        return (now // DAY_NS + 1) * DAY_NS
    return None
