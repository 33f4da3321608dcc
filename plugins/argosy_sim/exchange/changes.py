"""Changes of resting orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy_sim.exchange.resting import LimitTrigger

if TYPE_CHECKING:
    from argosy.model.commands import ModifyOrder
    from argosy.model.values import Quantity
    from argosy_sim.exchange.admission import Admission
    from argosy_sim.exchange.conditional import Conditionals
    from argosy_sim.exchange.fills import Fills
    from argosy_sim.exchange.matcher import InstrumentMatcher
    from argosy_sim.exchange.order import VenueOrder
    from argosy_sim.exchange.reduce_only import ReduceOnly
    from argosy_sim.exchange.working import WorkingOrders


class Changes:
    """Give the resting orders of one instrument other values."""

    def __init__(
        self,
        working: WorkingOrders,
        fills: Fills,
        admission: Admission,
        conditionals: Conditionals,
        reduce_only: ReduceOnly,
        matcher: InstrumentMatcher,
    ) -> None:
        self._working = working
        self._fills = fills
        self._admission = admission
        self._conditionals = conditionals
        self._reduce_only = reduce_only
        self._matcher = matcher
        self._listing = working.listing
        self._reporting = working.reporting

    def modify(self, command: ModifyOrder) -> None:
        """Give a resting order other values, or refuse to; None keeps what it has.

        A limit that now crosses the market takes liquidity at once. A new quantity alone keeps the
        place in the book, a new price loses it.
        """
        listing = self._listing
        order = self._working.get(command.client_order_id)
        if order is None:
            reason = f"ORDER_NOT_FOUND: id={command.client_order_id}"
            self._reporting.modify_rejected(command, None, reason)
            return
        refusal = self._admission.change_refusal(order, command)
        if refusal is not None:
            self._reporting.modify_rejected(command, order, refusal)
            return
        quantity = command.quantity
        size = order.quantity if quantity is None else self._size(order, quantity)
        if size == order.filled and not order.in_quote:
            self._working.cancel(order, f"QUANTITY_FILLED: filled={listing.size(order.filled)}")
            return
        limit = order.limit if command.price is None else listing.raw_price(command.price)
        trigger_price = command.trigger_price
        level = order.level if trigger_price is None else listing.raw_price(trigger_price)
        if limit == order.limit and level == order.level:
            self._tell(order, size)
        elif isinstance(order.trigger, LimitTrigger):
            self._move_limit(command, order, size, limit)
        else:
            refusal = self._conditionals.move(order, size, limit, level)
            if refusal is None:
                self._tell(order, size)
            else:
                self._reporting.modify_rejected(command, order, refusal)

    def _move_limit(self, command: ModifyOrder, order: VenueOrder, size: int, limit: int) -> None:
        best = self._matcher.opposite(order.sign > 0)
        before = order.limit
        order.limit = limit
        if order.is_post_only and self._fills.crosses(order, best):
            reason = self._admission.would_take(order, best)
            order.limit = before
            self._reporting.modify_rejected(command, order, reason)
            return
        self._working.unhook(order)
        self._tell(order, size)
        self._fills.fill_limit(order, best)

    def _size(self, order: VenueOrder, quantity: Quantity) -> int:
        """Return the new quantity (raw), at most what a reduce-only order may have."""
        size = self._listing.raw_size(quantity)
        if self._reduce_only.follows(order):
            return min(size, order.filled + self._reduce_only.reducible(order))
        return size

    def _tell(self, order: VenueOrder, size: int) -> None:
        order.quantity = size
        self._reporting.updated(order, self._listing, prices=True)
