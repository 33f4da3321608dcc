from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from argosy import Bar, BarType, InstrumentId, QuoteTick, TradeTick
from argosy.kernel.stream import MemoryStream
from argosy.run.bar_sources import without_source
from tests.host.run.kit import PAIR

EXTERNAL = f"{PAIR}-1-MINUTE-BID-EXTERNAL"


def plan(*bar_types: str, sql: str | None = None) -> Any:
    """Return as much of a plan as is looked at: one strategy and one [[data]] table."""
    settings = {"nested": {"bars": [BarType.from_str(each) for each in bar_types]}}
    component = SimpleNamespace(
        section="strategies", index=0, choice=SimpleNamespace(settings=settings)
    )
    return SimpleNamespace(
        components=[component],
        data=[SimpleNamespace(sql=sql)],
        place=lambda path: ".".join(map(str, path)),
    )


def streams(*found: tuple[type, Any]) -> list[Any]:
    return [MemoryStream(kind, key, 5, 0, []) for kind, key in found]


QUOTES = (QuoteTick, PAIR)
TRADES = (TradeTick, PAIR)
BARS = (Bar, BarType.from_str(EXTERNAL))
OTHERS = (TradeTick, InstrumentId("EUR/USD.SIM"))


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        ("1-MINUTE-BID-EXTERNAL", BARS, None),
        ("1-MINUTE-MID-EXTERNAL", BARS, "no [[data]] table replays them"),
        ("1-MINUTE-BID-EXTERNAL", QUOTES, "no [[data]] table replays them"),
        ("1-MINUTE-BID-INTERNAL", QUOTES, None),
        ("1-MINUTE-ASK-INTERNAL", QUOTES, None),
        ("5-TICK-MID-INTERNAL", QUOTES, None),
        ("5-TICK-LAST-INTERNAL", TRADES, None),
        ("5-TICK-LAST-INTERNAL", QUOTES, "LAST bars are built from trades, and no [[data]] table"),
        ("5-TICK-LAST-INTERNAL", OTHERS, "LAST bars are built from trades, and no [[data]] table"),
        ("1-MINUTE-MID-INTERNAL", BARS, "MID bars are built from quotes, and no [[data]] table"),
        ("5-MINUTE-LAST-INTERNAL@1-MINUTE-EXTERNAL", QUOTES, None),
    ],
)
def test_a_bar_type_has_bars_where_the_data_hold_what_they_are_made_of(
    name: str, found: tuple[type, Any], expected: str | None
) -> None:
    said = list(without_source(plan(f"{PAIR}-{name}"), streams(found)))
    if expected is None:
        assert [] == said
    else:
        start = f"strategies.0.nested.bars.0: {PAIR}-{name} will have no bars: {expected}"
        assert [start] == [each[: len(start)] for each in said]


def test_nothing_is_said_where_a_query_may_bring_the_rest() -> None:
    assert [] == list(without_source(plan(EXTERNAL, sql="FROM x"), streams(QUOTES)))
