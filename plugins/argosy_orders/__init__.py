"""The conditional order types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.hookspecs import hookimpl
from argosy_orders.reasons import REASONS

if TYPE_CHECKING:
    from argosy.hookspecs import Register
    from argosy.model.events.order import OrderInitialized
    from argosy.model.instruments import Instrument
    from argosy.parts.order_type import Trigger


@hookimpl
def register_order_types(register: Register[Trigger, [OrderInitialized, Instrument]]) -> None:
    """Offer every conditional order type."""
    register(
        "STOP_MARKET",
        _stop,
        capabilities={"releases=MARKET"},
        doc="Becomes a market order once the price reaches its trigger price.",
        reasons=REASONS,
    )


def _stop(order: OrderInitialized, instrument: Instrument) -> Trigger:
    from argosy_orders.stops import stop

    return stop(order, instrument)
