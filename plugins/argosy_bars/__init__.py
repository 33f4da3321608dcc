"""Bar aggregations: the ones that time closes, and TICK."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from argosy.hookspecs import hookimpl

if TYPE_CHECKING:
    from argosy.config.parts import Register
    from argosy.kernel.aggregator import Aggregator

TIME = ("MILLISECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH")


@hookimpl
def register_bar_aggregations(register: Register) -> None:
    """Offer every aggregation."""
    for name in TIME:
        register(
            name,
            partial(_build, "time_bars"),
            capabilities={"time", "ticks", "bars"},
            doc=f"Close a bar at every whole {name.lower()}, or a multiple of it.",
        )
    register(
        "TICK",
        partial(_build, "tick_bars"),
        capabilities={"ticks", "bars"},
        doc="Close a bar after a number of ticks; a composite counts bars.",
    )


def _build(factory: str, *arguments: Any, **options: Any) -> Aggregator:
    from argosy_bars import factories

    made: Aggregator = getattr(factories, factory)(*arguments, **options)
    return made
