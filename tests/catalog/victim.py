"""A process that writes numbered batches into a catalog until it is killed at a chosen point.

    python -m tests.catalog.victim FOLDER FIRST LAST [POINT TIMES]

It says ``begin N`` and, once the catalog has acknowledged batch N, ``done N``. The points are put
around functions of the product from here; the product knows nothing of them.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from argosy.model.data import QuoteTick
from argosy.model.identifiers import InstrumentId
from argosy.model.values import Price, Quantity
from argosy.serialization.arrow import to_batch
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.kinds import QUOTES, Table
from tests.catalog.samples import SECOND, T0

ONE, TWO = "ONE.SIM", "TWO.SIM"
KINDS = 3
TABLE = Table.of(QUOTES, 0, 0)


def expected(number: int) -> dict[str, int]:
    """Return how many rows a batch leaves, by key of quotes or name of run table."""
    return [{ONE: 50}, {ONE: 30, TWO: 20}, {"events": 40, "fills": 10, "runs": 1}][number % KINDS]


def quotes(number: int, key: str, count: int) -> list[QuoteTick]:
    """Make quotes that bear the number of their batch as their price."""
    start = T0 + number * 1000 * SECOND
    price, size = Price.from_raw(number, 0), Quantity.from_raw(1, 0)
    return [
        QuoteTick(InstrumentId(key), price, price, size, size, each, each)
        for each in range(start, start + count * SECOND, SECOND)
    ]


def write(catalog: ParquetDataCatalog, number: int) -> None:
    """Write one batch."""
    rows = expected(number)
    if "runs" in rows:
        times = pa.array([T0] * rows["events"], pa.timestamp("ns"))
        events = pa.table({"seq": pa.array(range(rows["events"]), pa.int64()), "ts": times})
        fills = pa.table({"trade_id": [str(i) for i in range(rows["fills"])]})
        catalog.write_run({"run_id": str(number), "name": "victim"}, {"fills": fills}, [events])
        return
    with catalog.writer() as writer:
        for key, count in rows.items():
            writer.append(TABLE, InstrumentId(key), to_batch(quotes(number, key, count)))


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
    from argosy_catalog.duck import Transaction
    from argosy_catalog.parquet import ParquetSink

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
            write(catalog, number)
            os.write(1, f"done {number}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
