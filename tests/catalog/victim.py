"""A process that changes a catalog step by step until it is killed at a chosen point.

    python -m tests.catalog.victim FOLDER FIRST LAST [POINT TIMES]

It says ``begin N`` and, once the catalog has acknowledged step N, ``done N``. The points are put
around functions of the product from here; the product knows nothing of them.
"""

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from argosy.model.data import QuoteTick
from argosy.model.identifiers import InstrumentId
from argosy.model.values import Price, Quantity
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.kinds import QUOTES, Table
from tests.catalog.samples import SECOND, T0

ONE, TWO = "ONE.SIM", "TWO.SIM"
SLOT = 1000 * SECOND
"""Each step writes into a time of its own."""

STEPS = 6
"""Kinds of steps: one key, two keys, a run, replacing, deleting, compacting with all clean-up."""

EVER = "2100-01-01"
TABLE = Table.of(QUOTES, 0, 0)

State = Counter[tuple[Any, ...]]
"""Quotes by key, time and price, which is the number of their step; run rows by table and run."""


def after(state: State, number: int) -> State:
    """Return what is there after a step; the state before it stays as it is."""
    kind, times = number % STEPS, _times(number)
    earlier = _times(number - 3)
    if kind == 0:
        return state + Counter((ONE, ts, number) for ts in times[:50])
    if kind == 1:
        one = Counter((ONE, ts, number) for ts in times[:30])
        return state + one + Counter((TWO, ts, number) for ts in times[:20])
    if kind == 2:
        run = str(number)
        return state + Counter({("events", run): 40, ("fills", run): 10, ("runs", run): 1})
    if kind == 3:
        gone = {(ONE, ts, number - 3) for ts in earlier[:50]}
        kept = Counter({row: count for row, count in state.items() if row not in gone})
        return kept + Counter((ONE, ts, number) for ts in earlier[:50:7])
    if kind == 4:
        gone = {(ONE, ts, number - 3) for ts in earlier[10:20]}
        return Counter({row: count for row, count in state.items() if row not in gone})
    return state


def _times(number: int) -> range:
    first = T0 + number * SLOT
    return range(first, first + SLOT, SECOND)


def quotes(number: int, key: str, times: Iterable[int]) -> list[QuoteTick]:
    """Make quotes that bear the number of their step as their price."""
    price, size = Price.from_raw(number, 0), Quantity.from_raw(1, 0)
    return [QuoteTick(InstrumentId(key), price, price, size, size, each, each) for each in times]


def change(catalog: ParquetDataCatalog, number: int) -> None:
    """Take one step."""
    kind, times = number % STEPS, _times(number)
    earlier = _times(number - 3)
    if kind == 0:
        catalog.write_data(quotes(number, ONE, times[:50]))
    elif kind == 1:
        both = quotes(number, ONE, times[:30]) + quotes(number, TWO, times[:20])
        catalog.write_data(both)
    elif kind == 2:
        stamps = pa.array([T0] * 40, pa.timestamp("ns"))
        events = pa.table({"seq": pa.array(range(40), pa.int64()), "ts": stamps})
        fills = pa.table({"trade_id": [str(i) for i in range(10)]})
        catalog.write_run({"run_id": str(number), "name": "victim"}, {"fills": fills}, [events])
    elif kind == 3:
        catalog.write_data(quotes(number, ONE, earlier[:50:7]), on_overlap="replace")
    elif kind == 4:
        catalog.delete(QuoteTick, ONE, earlier[10], earlier[19])
    else:
        catalog.compact()
        catalog.expire(EVER)
        catalog.clear_orphans(EVER)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(
    function: Callable[..., Any], times: int, when: str, what: str | None = None
) -> Callable[..., Any]:
    """Kill the process before or after a function is called for the given time."""
    left = times

    def call(*args: Any, **options: Any) -> Any:
        nonlocal left
        left -= what is None or what in args
        if when == "before" and not left:
            die()
        result = function(*args, **options)
        if not left:
            die()
        return result

    return call


def arm(point: str, times: int) -> None:
    """Put a point into place, such as ``before commit``."""
    from argosy_catalog.lake.duck import Transaction
    from argosy_catalog.lake.parquet import ParquetSink

    when, name = point.split()
    owner, attribute, what = {
        "close": (ParquetSink, "close", None),
        "fsync": (os, "fsync", None),
        "rename": (Path, "rename", None),
        "register": (Transaction, "add_file", None),
        "commit": (Transaction, "execute", "COMMIT"),
    }[name]
    setattr(owner, attribute, deadly(getattr(owner, attribute), times, when, what))


def main(folder: str, first: str, last: str, point: str = "", times: str = "1") -> None:
    if point:
        arm(point, int(times))
    with ParquetDataCatalog(folder) as catalog:
        for number in range(int(first), int(last)):
            os.write(1, f"begin {number}\n".encode())
            change(catalog, number)
            os.write(1, f"done {number}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
