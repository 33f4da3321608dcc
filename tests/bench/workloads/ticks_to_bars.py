"""Ten million quotes into one-minute BID bars, made inside; the cross is traded at market."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.bench import files
from tests.bench.workload import Sample

ROWS = 10_000_000
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
    ask, bid = (files.points(path, column, rows)[ends] for column in ("ask_price", "bid_price"))
    return ema_cross(bid.tolist(), ask.tolist(), bid.tolist())


def run(variant: str, rows: int) -> Sample:
    """Run the cross on bars made inside."""
    from tests.bench import market, store

    engine = market.engine()
    notes: dict[str, Any] = {}
    if variant == "memory":
        batches = files.batches(files.quotes_file(rows), rows)
        notes["columns_mb"] = round(sum(batch.nbytes for batch in batches) / 1024**2, 1)
        engine.add_data(batches)
    else:
        engine.add_data(store.quotes_stream(rows))
    sample = market.trades(engine, market.Cross(BAR_TYPE))
    if variant == "catalog":
        bare = store.decode_seconds(rows)
        notes["decode_seconds"] = round(bare, 4)
        notes["share_of_decode"] = round(bare / sample.seconds, 3)
    return replace(sample, notes=notes)
