"""Bar aggregations: the ones that time closes, and TICK."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.hookspecs import hookimpl

if TYPE_CHECKING:
    from argosy.hookspecs import Register
    from argosy.model.bar_type import BarType
    from argosy.parts.bar_aggregation import Aggregator, BarOptions

TIME = ("MILLISECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH")


@hookimpl
def register_bar_aggregations(
    register: Register[Aggregator, [BarType, int, int, BarOptions, int]],
) -> None:
    """Offer every aggregation."""
    for name in TIME:
        register(
            name,
            _time,
            capabilities={"time", "ticks", "bars"},
            doc=f"Close a bar at every whole {name.lower()}, or a multiple of it.",
        )
    register(
        "TICK",
        _tick,
        capabilities={"ticks", "bars"},
        doc="Close a bar after a number of ticks; a composite counts bars.",
    )


def _time(
    bar_type: BarType, price_precision: int, size_precision: int, options: BarOptions, rank: int
) -> Aggregator:
    from argosy_bars.factories import time_bars

    return time_bars(bar_type, price_precision, size_precision, options, rank)


def _tick(
    bar_type: BarType, price_precision: int, size_precision: int, options: BarOptions, rank: int
) -> Aggregator:
    from argosy_bars.factories import tick_bars

    return tick_bars(bar_type, price_precision, size_precision, options, rank)
