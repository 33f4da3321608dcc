"""Ten million quotes into the catalog and out of it: as objects, as columns, a tenth, as bars."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from argosy_catalog import ParquetDataCatalog
from tests.bench import files, store
from tests.bench.workload import Sample

ROWS = 10_000_000
VARIANTS = ("write", "objects", "arrow", "tenth", "sql")


def prepare(variant: str, rows: int) -> dict[str, Any]:
    """Make the quotes, and the catalog that is read."""
    ts = files.points(files.quotes_file(rows), "ts_init", rows)
    if variant != "write":
        store.quotes_catalog(rows)
    if variant == "sql":
        return {"rows": len(set((ts // 60_000_000_000).tolist()))}
    return {"rows": rows // 10 if variant == "tenth" else rows}


def run(variant: str, rows: int) -> Sample:
    """Do what the variant names."""
    return _RUNS[variant](rows)


def _write(rows: int) -> Sample:
    """Write columns that lie in memory."""
    table = files.table(files.quotes_file(rows), rows)
    path = files.FOLDER / "catalog-written"
    shutil.rmtree(path, ignore_errors=True)
    seconds, written = _timed(lambda: store.write(path, table))
    size = sum(each.stat().st_size for each in path.rglob("*.parquet"))
    shutil.rmtree(path)
    return Sample(
        seconds=seconds, outcome={"rows": written}, notes={"file_mb": round(size / 1e6, 1)}
    )


def _objects(rows: int) -> Sample:
    """Read every quote as an object, into one list."""
    with store.opened(rows) as catalog:
        seconds, found = _timed(lambda: catalog.quote_ticks(files.INSTRUMENT_ID))
    return Sample(seconds=seconds, outcome={"rows": len(found)})


def _arrow(rows: int) -> Sample:
    """Read every batch of columns, beside pyarrow on the same files."""
    with store.opened(rows) as catalog:
        store.decode_seconds(rows)
        seconds, count = _timed(lambda: _count(catalog))
    return _beside(seconds, count, store.decode_seconds(rows))


def _tenth(rows: int) -> Sample:
    """Read the tenth in the middle by its times, as columns, beside a filter of pyarrow's."""
    first, last = (files.points(files.quotes_file(rows), "ts_init", rows))[
        [rows * 45 // 100, rows * 55 // 100 - 1]
    ].tolist()
    with store.opened(rows) as catalog:
        seconds, count = _timed(lambda: _count(catalog, first, last))
        paths = [file.path for stream in store.streams(catalog) for file in stream.files]
    moments = [pa.scalar(each, pa.timestamp("ns")) for each in (first, last)]
    wanted = [("ts_init", ">=", moments[0]), ("ts_init", "<=", moments[1])]
    bare, _ = _timed(lambda: pq.read_table(paths, filters=wanted, use_threads=False))
    return _beside(seconds, count, bare, rate_rows=count)


def _sql(rows: int) -> Sample:
    """Make one-minute bars in SQL over the view, beside DuckDB on the bare files."""
    import duckdb

    minutes = """
        SELECT time_bucket(INTERVAL 1 MINUTE, ts_init) AS minute, arg_min(bid_price, ts_init),
            max(bid_price), min(bid_price), arg_max(bid_price, ts_init), count(*)
        FROM {} GROUP BY minute
    """
    with store.opened(rows) as catalog:
        paths = [file.path for stream in store.streams(catalog) for file in stream.files]
        catalog.sql("SELECT 1 FROM quotes LIMIT 1")
        seconds, bars = _timed(lambda: catalog.sql(minutes.format("quotes")))
    with duckdb.connect() as connection:
        query = minutes.format(f"read_parquet({[str(path) for path in paths]})")
        connection.sql("SELECT 1").fetchall()
        bare, _ = _timed(lambda: connection.sql(query).to_arrow_table())
    return _beside(seconds, bars.num_rows, bare)


def _count(catalog: ParquetDataCatalog, start: int | None = None, end: int | None = None) -> int:
    return sum(
        batch.num_rows for stream in store.streams(catalog) for batch in stream.batches(start, end)
    )


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _beside(seconds: float, rows: int, bare: float, *, rate_rows: int | None = None) -> Sample:
    notes = {"bare_seconds": round(bare, 4), "share_of_bare": round(bare / seconds, 3)}
    return Sample(seconds=seconds, rows=rate_rows, outcome={"rows": rows}, notes=notes)


_RUNS: dict[str, Callable[[int], Sample]] = {
    "write": _write,
    "objects": _objects,
    "arrow": _arrow,
    "tenth": _tenth,
    "sql": _sql,
}
