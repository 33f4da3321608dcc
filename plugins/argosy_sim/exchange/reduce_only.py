"""Reduce-only orders: they follow the holding and never open or flip one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argosy_sim.exchange.order import VenueOrder
    from argosy_sim.exchange.working import WorkingOrders


class ReduceOnly:
    """Fit the reduce-only orders of an instrument to what is held.

    The holding is that of the order's book, else what its strategy nets.

    Parameters
    ----------
    working : the orders that rest
    """

    def __init__(self, working: WorkingOrders) -> None:
        self._working = working
        self._listing = working.listing

    def held(self, order: VenueOrder) -> int:
        """Return the holding that an order could reduce: signed, raw, in whole increments."""
        return self._listing.held(order.holding_key)

    def reducible(self, order: VenueOrder) -> int:
        """Return how much (raw) of it an order may close; 0 if it would enlarge it."""
        signed = self.held(order)
        return max(-signed if order.sign > 0 else signed, 0)

    def follows(self, order: VenueOrder) -> bool:
        """Tell whether an order rests here and follows a holding."""
        return order.client_order_id in self._working.reducing

    def follow(self, executed: VenueOrder) -> None:
        """Fit the resting orders of a holding that an execution has changed.

        They shrink with it and end with it; they never grow.
        """
        for order in list(self._working.reducing.values()):
            if order.is_done or order.strategy_id != executed.strategy_id:
                continue
            if order.in_quote:
                continue  # its quantity is not known before it is triggered
            most = self.reducible(order)
            if most == 0:
                self._working.cancel(order, "REDUCE_ONLY_NO_POSITION")
            elif order.left > most:
                order.quantity = order.filled + most
                self._working.tell_quantity(order)
