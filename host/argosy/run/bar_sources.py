"""Bar types that a component names and that nothing in the data of a run can give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from argosy.model.bar_type import BarType
from argosy.model.data import Bar
from argosy.model.enums import PriceType
from argosy.model.kinds import QUOTE, TRADE

if TYPE_CHECKING:
    from argosy.config.plan import Plan
    from argosy.kernel.stream import Stream

TICKS = {
    PriceType.BID: QUOTE,
    PriceType.ASK: QUOTE,
    PriceType.MID: QUOTE,
    PriceType.LAST: TRADE,
}
"""Price type -> what bars of it are built from."""


def without_source(plan: Plan, streams: Sequence[Stream]) -> Iterator[str]:
    """Warn of each bar type in a component's settings that would have no bar.

    Nothing is said of composites, nor where a query may bring what is missing.

    Parameters
    ----------
    streams : all data of the run
    """
    from argosy.config.plain import leaves

    if any(each.sql is not None for each in plan.data):
        return
    held = {(each.data_type, each.key) for each in streams}
    for component in plan.components:
        for leaf, path in leaves(component.choice.settings, ()):
            if isinstance(leaf, BarType) and (lack := _lack(leaf, held)):
                place = plan.place((component.section, component.index, *path))
                yield f"{place}: {leaf} will have no bars: {lack}"


def _lack(bar_type: BarType, held: set[tuple[type, object]]) -> str | None:
    """Return what a bar type lacks; None where it has it, or that is not certain."""
    if bar_type.is_composite():
        return None
    if bar_type.is_externally_aggregated():
        return None if (Bar, bar_type) in held else "no [[data]] table replays them"
    kind = TICKS.get(bar_type.spec.price_type)
    if kind is None or (kind.data_type, bar_type.instrument_id) in held:
        return None
    price_type = bar_type.spec.price_type
    return (
        f"{price_type} bars are built from {kind.plural}, and no [[data]] table has those of"
        f" {bar_type.instrument_id}"
    )
