"""Processes that use one catalog at the same time.

    python -m tests.catalog.rivals write FOLDER METADATA NUMBER RIVALS TIMES
    python -m tests.catalog.rivals read FOLDER METADATA
    python -m tests.catalog.rivals hold FOLDER METADATA

Each transaction of a writer puts as many rows under a key of its own as under one that all share;
then it tries to be the first to fill a time of a third key. Prices say whose rows they are.
A reader checks, until it is told to end, that what it sees at once belongs together.
"""

import select
import sys
import time
from collections import Counter

from argosy.errors import CatalogError
from argosy.model.data import QuoteTick
from argosy.serialization.arrow import from_batch
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.lake import Lake
from tests.catalog.samples import SECOND, T0
from tests.catalog.victim import SLOT, quotes

SHARED, RACE = "ALL.SIM", "RACE.SIM"
ROWS = 10

Rows = Counter[tuple[str, int, int]]
"""Quotes by instrument, slot of time, and price: the number of their writer."""


def own(number: int) -> str:
    return f"W{number}.SIM"


def put(catalog: ParquetDataCatalog, slot: int, number: int, *keys: str) -> None:
    first = T0 + slot * SLOT
    times = range(first, first + ROWS * SECOND, SECOND)
    catalog.write_data([quote for key in keys for quote in quotes(number, key, times)])


def write(catalog: ParquetDataCatalog, number: int, rivals: int, times: int) -> None:
    for turn in range(times):
        put(catalog, turn * rivals + number, number, own(number), SHARED)
        print("done", turn, flush=True)
        try:
            put(catalog, turn, number, RACE)
        except CatalogError as error:
            if "already there" not in str(error):
                raise
            print("lost", turn, flush=True)
        else:
            print("won", turn, flush=True)


def check(seen: Rows) -> int:
    """Check what one look has shown, and return how many rows it was."""
    totals: Counter[tuple[str, int]] = Counter()
    for (key, _, number), count in seen.items():
        assert ROWS == count, (key, number, count)
        totals[key, number] += count
    for (key, number), count in totals.items():
        if key == SHARED:
            assert totals[own(number), number] == count, "half a transaction was seen"
    winners = Counter(slot for key, slot, _ in seen if key == RACE)
    assert set(winners.values()) <= {1}, "two have won"
    return seen.total()


def by_streams(catalog: ParquetDataCatalog) -> Rows:
    seen: Rows = Counter()
    for stream in catalog.streams(QuoteTick):
        for batch in stream.batches():
            for tick in from_batch(batch, stream.key):
                slot = (tick.ts_init - T0) // SLOT
                seen[str(tick.instrument_id), slot, tick.bid_price.raw] += 1
    return seen


def by_sql(catalog: ParquetDataCatalog) -> Rows:
    rows = catalog.sql(
        "SELECT instrument_id AS key, (epoch_ns(ts_init) - $start) // $slot AS slot, "
        "bid_price::BIGINT AS number, count(*) AS n FROM quotes GROUP BY ALL",
        {"start": T0, "slot": SLOT},
    )
    return Counter({(r["key"], r["slot"], r["number"]): r["n"] for r in rows.to_pylist()})


def read(catalog: ParquetDataCatalog) -> None:
    looks, before = 0, 0
    with ParquetDataCatalog(catalog.path, metadata=catalog._metadata) as other:
        is_asked_to_end = False
        while not is_asked_to_end:
            is_asked_to_end = bool(select.select([sys.stdin], [], [], 0.05)[0])
            for seen in (by_streams(catalog), by_sql(other)):
                rows = check(seen)
                assert before <= rows, "rows that were seen are gone"
                before = rows
            looks += 1
            if looks == 1:
                print("reading", flush=True)
    print("looks", looks, before, flush=True)


def hold(catalog: ParquetDataCatalog) -> None:
    with Lake(catalog.path, metadata=catalog._metadata).write():
        print("held", flush=True)
        time.sleep(600)


def main(what: str, folder: str, metadata: str, *numbers: str) -> None:
    with ParquetDataCatalog(folder, metadata=metadata or None) as catalog:
        {"write": write, "read": read, "hold": hold}[what](catalog, *map(int, numbers))


if __name__ == "__main__":
    main(*sys.argv[1:])
