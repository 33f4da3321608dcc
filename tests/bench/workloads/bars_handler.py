"""A million external one-minute bars, each to a Python ``on_bar`` that reads two indicators."""

from __future__ import annotations

from typing import Any

from tests.bench import files
from tests.bench.workload import Sample

ROWS = 1_000_000
COUNTED_ROWS = 100_000
VARIANTS = ("memory",)


def prepare(variant: str, rows: int) -> dict[str, Any]:
    """Make the bars; work out how often the fast average is above the slow one."""
    from tests.bench.reference import bars_above

    path = files.bars_file()
    return {"calls": rows, "above": bars_above(files.points(path, "close", rows).tolist())}


def run(variant: str, rows: int) -> Sample:
    """Hand each bar to the strategy."""
    from tests.bench import market

    engine = market.engine()
    market.feed(engine, files.table(files.bars_file(), rows))
    strategy = market.Reader(files.BAR_TYPE)
    engine.add_strategy(strategy)
    seconds = market.timed(engine)
    return Sample(seconds=seconds, outcome={"calls": strategy.calls, "above": strategy.above})


if __name__ == "__main__":
    run("memory", 1)
