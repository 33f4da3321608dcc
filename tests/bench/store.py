"""The catalogs of the workloads that read from disk, under data/bench."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from tests.bench import files


def quotes_catalog(rows: int) -> Path:
    """Return a catalog of so many quotes, made where it is missing."""
    path = files.FOLDER / f"catalog-quotes-{rows}"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        write(unfinished, reader(rows))
        unfinished.rename(path)
    return path


def reader(rows: int) -> pa.RecordBatchReader:
    """Return the recipe's quotes, read as they are asked for."""
    stream = files.stream(files.quotes_file(rows), rows)
    first = next(stream)

    def batches() -> Iterator[pa.RecordBatch]:
        yield first
        yield from stream

    return pa.RecordBatchReader.from_batches(first.schema, batches())


def write(path: Path, quotes: pa.Table | pa.RecordBatchReader) -> int:
    """Write quotes into a new catalog; return how many."""
    with ParquetDataCatalog(path) as catalog:
        return catalog.write_data(quotes, data_type=QuoteTick, identifier=files.INSTRUMENT_ID)


def parquet_files(path: Path) -> list[Path]:
    """List the files of quotes in a catalog, in the order of their names."""
    return sorted(
        each for each in path.rglob("*.parquet") if "quotes" in str(each.relative_to(path))
    )


def decode_seconds(rows: int, columns: list[str] | None = None) -> float:
    """Time pyarrow alone on the files of a catalog: the limit of anything that reads them."""
    path = quotes_catalog(rows)
    started = time.perf_counter()
    for each in parquet_files(path):
        with pq.ParquetFile(each) as file:
            for _ in file.iter_batches(files.ROW_GROUP, columns=columns, use_threads=False):
                pass
    return time.perf_counter() - started
