"""Stop orders: they wait for the market to move against their side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.parts.order_type import PriceTrigger
from argosy_orders.watch import DOUBLED, trigger_level, watched

if TYPE_CHECKING:
    from argosy.model.events.order import OrderInitialized
    from argosy.model.instruments import Instrument
    from argosy.parts.order_type import Trigger


def stop(order: OrderInitialized, instrument: Instrument) -> Trigger:
    """Return the trigger of a stop order: a buy fires at its price or above, a sell or below.

    Raises
    ------
    InputError : a code and a cure, where the order cannot be watched
    """
    return PriceTrigger(
        order,
        is_buy=order.is_buy,
        watch=watched(order),
        level=trigger_level(order, instrument),
        upward=order.is_buy,
        doubled=order.trigger_type in DOUBLED,
    )
