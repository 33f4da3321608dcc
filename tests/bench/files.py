"""Where the series of the recipe lie: Parquet files in the project's schemas, under data/bench."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from argosy.model.data import Bar, QuoteTick
from argosy.serialization.arrow import KEY, schema

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FOLDER = Path(__file__).resolve().parents[2] / "data" / "bench"
INSTRUMENT_ID = "EUR/USD.SIM"
BAR_TYPE = "EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL"
PRICE_PRECISION = 5
SIZE_PRECISION = 0
ROW_GROUP = 131_072
_BLOCK = 10_000_000  # recipe.QUOTES_PER_BLOCK, named here so that a run need not load numpy


def bars_file() -> Path:
    """Return the file of bars, made where it is missing."""
    path = FOLDER / "bars.parquet"
    if not path.exists():
        from tests.bench import peers, recipe

        series = recipe.bars()
        peers.compare_bars(series)
        _write(path, Bar, BAR_TYPE, [(series.ts, *series, series.ts < 0)])
    return path


def quotes_file(rows: int) -> Path:
    """Return a file of at least so many quotes, in whole blocks of ten million."""
    path = FOLDER / f"quotes-{-(-rows // _BLOCK)}.parquet"
    if not path.exists():
        _write(path, QuoteTick, INSTRUMENT_ID, _quote_columns(-(-rows // _BLOCK)))
    return path


def table(path: Path, rows: int) -> pa.Table:
    """Read the first rows of a file into memory, which then holds little else of it."""
    before = pa.default_memory_pool()
    if "jemalloc" in pa.supported_memory_backends():  # the others keep 80 MB of 10 M quotes back
        pa.set_memory_pool(pa.jemalloc_memory_pool())
    try:
        return pa.Table.from_batches(stream(path, rows))
    finally:
        pa.set_memory_pool(before)


def stream(path: Path, rows: int, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Read the first rows of a file, a row group at a time, and keep nothing else of it."""
    with pq.ParquetFile(path, pre_buffer=False) as file:
        for group in range(file.num_row_groups):
            for batch in file.iter_batches(
                ROW_GROUP, row_groups=[group], columns=columns, use_threads=False
            ):
                if rows <= batch.num_rows:
                    yield batch.slice(0, rows)
                    return
                rows -= batch.num_rows
                yield batch


def points(path: Path, column: str, rows: int) -> npt.NDArray[np.int64]:
    """Return the first rows of a column of prices or times as integers."""
    import numpy as np

    parts = [batch.column(0) for batch in stream(path, rows, [column])]
    return np.concatenate(
        [np.frombuffer(p.buffers()[1], np.int64)[p.offset : p.offset + len(p)] for p in parts]
    )


def rows(data_type: type, key: str, columns: Iterable[Any], precision: int) -> pa.Table:
    """Return a table of one series from integer columns: times, raw prices, raw whole sizes."""
    bare = schema(data_type, precision, SIZE_PRECISION)
    fields = bare.with_metadata({**bare.metadata, KEY: key})
    arrays = [_array(field.type, values) for field, values in zip(fields, columns, strict=True)]
    return pa.Table.from_arrays(arrays, schema=fields)


def _quote_columns(blocks: int) -> Iterator[tuple[Any, ...]]:
    from tests.bench import peers, recipe

    for number, series in enumerate(recipe.quotes(blocks)):
        if number == 0:
            peers.compare_quotes(series)
        yield (series.ts, *series)


def _write(path: Path, data_type: type, key: str, blocks: Iterable[tuple[Any, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    bare = schema(data_type, PRICE_PRECISION, SIZE_PRECISION)
    rows = bare.with_metadata({**bare.metadata, KEY: key})
    numbers = [field.name for field in rows if not pa.types.is_boolean(field.type)]
    with pq.ParquetWriter(
        unfinished,
        rows,
        compression="zstd",
        store_decimal_as_integer=True,
        use_dictionary=False,
        column_encoding=dict.fromkeys(numbers, "DELTA_BINARY_PACKED"),
    ) as writer:
        for block in blocks:
            arrays = [_array(field.type, values) for field, values in zip(rows, block, strict=True)]
            writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=rows), ROW_GROUP)
    unfinished.replace(path)


def _array(kind: pa.DataType, values: Any) -> pa.Array:
    if pa.types.is_boolean(kind):
        return pa.array(values)
    # A decimal64 and a timestamp are int64 underneath: the points of the recipe are the raw values.
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])
