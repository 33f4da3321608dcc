"""A stranger's plugin: one part of each kind that a system file names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argosy.hookspecs import hookimpl

if TYPE_CHECKING:
    from argosy.parts.registration import Register


@hookimpl
def register_fee_models(register: Register) -> None:
    """Offer a fee for each fill, whatever its size."""
    register("ticket", _fees, settings=_fee_settings, doc="Charge the same for every fill.")


@hookimpl
def register_order_types(register: Register) -> None:
    """Offer an order that waits for a rebound."""
    register(
        "REBOUND",
        _trigger,
        capabilities={"releases=MARKET"},
        doc="Buy once the ask fell to a price and then rose by an offset.",
    )


@hookimpl
def register_bar_aggregations(register: Register) -> None:
    """Offer bars of a fixed range."""
    register("RANGE", _aggregator, doc="Close a bar once high and low are a step apart.")


@hookimpl
def register_strategies(register: Register) -> None:
    """Offer a strategy that uses all of it."""
    register("diver", _strategy, settings=_strategy_settings, doc="Buy rebounds, sell later.")


def _fees(settings: Any) -> Any:
    from argosy_reef.fees import Ticket

    return Ticket(settings.amount)


def _fee_settings() -> type:
    from argosy_reef.fees import TicketSettings

    return TicketSettings


def _trigger(order: Any, instrument: Any) -> Any:
    from argosy_reef.orders import Rebound

    return Rebound(order, instrument)


def _aggregator(
    bar_type: Any, price_precision: int, size_precision: int, options: Any, rank: int
) -> Any:
    from argosy_reef.bars import RangeAggregator

    return RangeAggregator(bar_type, price_precision, size_precision, rank)


def _strategy(config: Any) -> Any:
    from argosy_reef.strategy import Diver

    return Diver(config)


def _strategy_settings() -> type:
    from argosy_reef.strategy import DiverConfig

    return DiverConfig
