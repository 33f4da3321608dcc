"""The catalogs of the workloads that read from disk, under data/bench."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from argosy.model.data import QuoteTick
from argosy.serialization.arrow import schema
from argosy_catalog import CatalogStream, ParquetDataCatalog
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


@contextmanager
def opened(rows: int) -> Iterator[ParquetDataCatalog]:
    """Open a catalog of quotes for reading; its connections are made, so that no reader pays."""
    with ParquetDataCatalog(quotes_catalog(rows), read_only=True) as catalog:
        catalog.holdings()
        yield catalog


def streams(catalog: ParquetDataCatalog) -> list[CatalogStream]:
    """Return the quotes of a catalog, as replay reads them."""
    return catalog.streams(QuoteTick, files.INSTRUMENT_ID)


def decode_seconds(rows: int) -> float:
    """Time pyarrow alone on the files of a catalog: the limit of anything that reads them."""
    with opened(rows) as catalog:
        paths = [file.path for stream in streams(catalog) for file in stream.files]
    columns = schema(QuoteTick, files.PRICE_PRECISION, files.SIZE_PRECISION).names
    started = time.perf_counter()
    for path in paths:
        with pq.ParquetFile(path) as file:
            for _ in file.iter_batches(files.ROW_GROUP, columns=columns, use_threads=False):
                pass
    return time.perf_counter() - started
