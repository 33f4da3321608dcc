"""The bars of `bars_handler` with an EMA 10/20 cross: one market order at each cross."""

from __future__ import annotations

from typing import Any

from tests.bench import files
from tests.bench.workload import Sample

ROWS = 1_000_000
VARIANTS = ("memory",)


def prepare(variant: str, rows: int) -> dict[str, Any]:
    """Make the bars; trade the crosses at the close, without the project."""
    from tests.bench.reference import ema_cross

    close = files.points(files.bars_file(), "close", rows).tolist()
    return ema_cross(close, close, close)


def run(variant: str, rows: int) -> Sample:
    """Trade each cross."""
    from tests.bench import market

    engine = market.engine()
    market.feed(engine, files.table(files.bars_file(), rows))
    return market.trades(engine, market.Cross(files.BAR_TYPE))
