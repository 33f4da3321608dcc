"""Ten million quotes into one-minute BID bars, made inside; the cross is traded at market."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.bench import files
from tests.bench.workload import Sample, peak_rss_mb

ROWS = 10_000_000
COUNTED_ROWS = 1_000_000
VARIANTS = ("memory", "catalog")
BAR_TYPE = "EUR/USD.SIM-1-MINUTE-BID-INTERNAL"


def prepare(variant: str, rows: int) -> dict[str, Any]:
    """Make the quotes; cut the minutes and trade the crosses, without the project."""
    from tests.bench import store
    from tests.bench.reference import ema_cross, minute_ends

    path = files.quotes_file(rows)
    if variant == "catalog":
        store.quotes_catalog(rows)
    ends = minute_ends(files.points(path, "ts_init", rows))
    ask = files.points(path, "ask_price", rows)[ends].tolist()
    bid = files.points(path, "bid_price", rows)[ends].tolist()
    return ema_cross(bid, ask, bid)


def run(variant: str, rows: int) -> Sample:
    """Run the cross on bars made inside."""
    return _catalog(rows) if variant == "catalog" else _memory(rows)


def _memory(rows: int) -> Sample:
    from tests.bench import market

    engine = market.engine()
    table = files.table(files.quotes_file(rows), rows)
    market.feed(engine, table)
    sample = market.trades(engine, market.Cross(BAR_TYPE))
    return replace(sample, notes={"columns_mb": round(table.nbytes / 1024**2, 1)})


def _catalog(rows: int) -> Sample:
    from tests.bench import market, store

    engine = market.engine()
    with store.opened(rows) as catalog:
        for stream in store.streams(catalog):
            engine.add_stream(stream)
        sample = market.trades(engine, market.Cross(BAR_TYPE))
    peak_rss = peak_rss_mb()  # what comes next holds on to what it reads
    bare = store.decode_seconds(rows)
    notes = {"bare_seconds": round(bare, 4), "share_of_bare": round(bare / sample.seconds, 3)}
    return replace(sample, notes=notes, peak_rss_mb=peak_rss)
