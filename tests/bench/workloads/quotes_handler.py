"""Two million quotes, each to a Python ``on_quote_tick`` that counts."""

from __future__ import annotations

from typing import Any

from tests.bench import files
from tests.bench.workload import Sample

ROWS = 2_000_000
COUNTED_ROWS = 100_000
VARIANTS = ("memory",)


def prepare(variant: str, rows: int) -> dict[str, Any]:
    """Make the quotes."""
    files.quotes_file(rows)
    return {"calls": rows}


def run(variant: str, rows: int) -> Sample:
    """Hand each quote to the strategy."""
    from tests.bench import market

    engine = market.engine()
    market.feed(engine, files.table(files.quotes_file(rows), rows))
    strategy = market.Counter()
    engine.add_strategy(strategy)
    return Sample(seconds=market.timed(engine), outcome={"calls": strategy.calls})
