"""The orders of one instrument that work: they rest in a book, end, or run out of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.kernel.trigger import Trigger
from argosy.model.enums import TimeInForce
from argosy.model.identifiers import ClientOrderId
from argosy_sim.exchange.expiry import Expiry, end_of
from argosy_sim.exchange.order import VenueOrder

if TYPE_CHECKING:
    from argosy.kernel.timeline import Timeline
    from argosy_sim.exchange.listing import Listing
    from argosy_sim.exchange.matcher import InstrumentMatcher
    from argosy_sim.exchange.reporting import Reporting
    from argosy_sim.profiles import Options

_GTC = TimeInForce.GTC


class WorkingOrders:
    """Keep the orders of an instrument while they rest.

    Attributes
    ----------
    orders : by client order id
    reducing : those of them that follow a holding
    """

    def __init__(
        self, listing: Listing, reporting: Reporting, timeline: Timeline, options: Options
    ) -> None:
        self.listing = listing
        self.reporting = reporting
        self.orders: dict[ClientOrderId, VenueOrder] = {}
        self.reducing: dict[ClientOrderId, VenueOrder] = {}
        self._timeline = timeline
        self._options = options
        self._reduces = options.use_reduce_only

    def get(self, client_order_id: ClientOrderId) -> VenueOrder | None:
        """Return an order that works, or None."""
        return self.orders.get(client_order_id)

    def rest(self, order: VenueOrder, trigger: Trigger, matcher: InstrumentMatcher) -> int:
        """Let an order wait in a book."""
        self.reporting.accepted(order, self.listing)
        order.trigger = trigger
        order.matcher = matcher
        if order.client_order_id not in self.orders:
            self.orders[order.client_order_id] = order
            if order.is_reduce_only and self._reduces:
                self.reducing[order.client_order_id] = order
            if order.time_in_force is not _GTC:
                self._start_expiry(order)
        matcher.add(trigger)
        return 0

    def unhook(self, order: VenueOrder) -> int:
        """Take an order out of its book; it still works."""
        if order.trigger is not None and order.matcher is not None:
            order.matcher.remove(order.trigger)
        order.trigger = None
        return 0

    def close(self, order: VenueOrder) -> int:
        """Forget an order: nothing of it rests any more."""
        order.end()
        if order.trigger is not None:
            self.unhook(order)
        if self.orders:
            self.orders.pop(order.client_order_id, None)
            if self.reducing:
                self.reducing.pop(order.client_order_id, None)
        return 0

    def cancel(self, order: VenueOrder, reason: str = "") -> int:
        """End an order."""
        self.close(order)
        self.reporting.canceled(order, self.listing, reason)
        return 0

    def cancel_all(self, reason: str) -> None:
        """End every order."""
        for order in list(self.orders.values()):
            self.cancel(order, reason)

    def expire(self, order: VenueOrder) -> None:
        """End an order whose time is over."""
        self.close(order)
        self.reporting.expired(order, self.listing)

    def tell_quantity(self, order: VenueOrder) -> int:
        """Tell of a quantity that was converted or trimmed."""
        if (order.quantity == order.told and not order.is_quote_quantity) or order.in_quote:
            return 0
        self.reporting.updated(order, self.listing, prices=False)
        return 0

    def _start_expiry(self, order: VenueOrder) -> None:
        end = end_of(order, self._timeline.now, self._options)
        if end is not None:
            order.alarm = Expiry(self, order)
            self._timeline.schedule(order.alarm, end)
