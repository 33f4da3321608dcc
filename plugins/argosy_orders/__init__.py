"""The conditional order types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.hookspecs import hookimpl
from argosy_orders.reasons import REASONS

if TYPE_CHECKING:
    from argosy.config.parts import Register
    from argosy.kernel.trigger import Trigger
    from argosy.model.instruments import Instrument
    from argosy.model.orders import Order


@hookimpl
def register_order_types(register: Register) -> None:
    """Offer every conditional order type."""
    register(
        "STOP_MARKET",
        _stop,
        capabilities={"releases=MARKET"},
        doc="Becomes a market order once the price reaches its trigger price.",
        reasons=REASONS,
    )


def _stop(order: Order, instrument: Instrument) -> Trigger:
    from argosy_orders.stops import stop

    return stop(order, instrument)
