"""A hundred thousand market orders through risk, venue, position, account and handlers.

One order at each bar, a buy and a sell in turn; the cost of one must not grow with their number.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.bench import files
from tests.bench.workload import Sample

ROWS = 100_000
COUNTED_ROWS = 5_000
VARIANTS = ("memory",)


def prepare(variant: str, rows: int) -> dict[str, Any]:
    """Make the bars; trade each of them at its close, without the project."""
    from tests.bench.reference import alternate

    return alternate(files.points(files.bars_file(), "close", rows).tolist())


def run(variant: str, rows: int) -> Sample:
    """Trade each bar."""
    from tests.bench import market

    engine = market.engine()
    market.feed(engine, files.table(files.bars_file(), rows))
    sample = market.trades(engine, market.Alternating(files.BAR_TYPE))
    return replace(sample, notes={"microseconds_each": round(sample.seconds / rows * 1e6, 2)})
