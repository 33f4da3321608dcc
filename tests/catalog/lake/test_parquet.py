"""Files sorted by time: written in row groups, read by range."""

import hashlib
import resource
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argosy.errors import CatalogError
from argosy_catalog.lake import parquet
from argosy_catalog.lake.parquet import NS_MAX, NS_MIN, ParquetSink, read_batches

SCHEMA = pa.schema(
    [
        pa.field("ts_init", pa.timestamp("ns"), nullable=False),
        pa.field("price", pa.decimal64(18, 5), nullable=False),
        pa.field("code", pa.int8(), nullable=False),
    ]
)


def rows(times: list[int]) -> Any:
    prices = np.array(times, np.int64) + 7
    decimals = pa.Array.from_buffers(pa.decimal64(18, 5), len(times), [None, pa.py_buffer(prices)])
    codes = pa.array([time % 3 for time in times], pa.int8())
    return pa.record_batch([pa.array(times, pa.timestamp("ns")), decimals, codes], SCHEMA)


def write(path: Path, batches: list[Any], **options: Any) -> Path:
    sink = ParquetSink(path, SCHEMA, **options)
    for batch in batches:
        sink.append(batch)
    assert sum(batch.num_rows for batch in batches) == sink.close().rows
    return path


def times_of(path: Path, start: int, end: int, batch_rows: int = 1000) -> list[int]:
    batches = read_batches(path, SCHEMA, start, end, batch_rows)
    return [ns for batch in batches for ns in batch.column(0).cast(pa.int64()).to_pylist()]


@pytest.fixture
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP_ROWS", 10)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a" / "b.parquet", [rows([1, 2, 2, 9]), rows([9, 10])])
    (batch,) = read_batches(path, SCHEMA, NS_MIN, NS_MAX, 100)
    assert rows([1, 2, 2, 9, 9, 10]) == batch


@pytest.mark.usefixtures("small_groups")
def test_row_groups_have_one_size_whatever_the_batches(tmp_path: Path) -> None:
    batches = [rows(list(range(start, start + 7))) for start in range(0, 49, 7)]
    meta = pq.ParquetFile(write(tmp_path / "f.parquet", batches)).metadata
    sizes = [meta.row_group(group).num_rows for group in range(meta.num_row_groups)]
    assert [10, 10, 10, 10, 9] == sizes


def test_a_worker_writes_the_same_file(tmp_path: Path) -> None:
    batches = [rows(list(range(start, start + 70_000))) for start in (0, 70_000, 140_000)]
    plain = write(tmp_path / "plain.parquet", batches)
    with ThreadPoolExecutor(1) as worker:
        threaded = write(tmp_path / "threaded.parquet", batches, worker=worker)
    assert plain.read_bytes() == threaded.read_bytes()


def test_a_file_says_how_it_is_sorted_and_in_which_zone(tmp_path: Path) -> None:
    metadata = pq.ParquetFile(write(tmp_path / "f.parquet", [rows([1])])).schema_arrow.metadata
    assert {b"argosy.sorted_by": b"ts_init", b"argosy.time_zone": b"UTC"} == metadata


def test_numbers_are_stored_as_integers_and_delta_encoded(tmp_path: Path) -> None:
    meta = pq.ParquetFile(write(tmp_path / "f.parquet", [rows([1, 2])])).metadata.row_group(0)
    columns = [meta.column(i) for i in range(3)]
    assert ["INT64", "INT64", "INT32"] == [column.physical_type for column in columns]
    assert all("DELTA_BINARY_PACKED" in column.encodings for column in columns)
    assert {"ZSTD"} == {column.compression for column in columns}


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=60).map(sorted),
    st.integers(-1, 61),
    st.integers(-1, 61),
    st.integers(1, 25),
)
def test_a_range_has_exactly_its_rows(
    tmp_path_factory: pytest.TempPathFactory,
    times: list[int],
    start: int,
    end: int,
    batch_rows: int,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parquet, "ROW_GROUP_ROWS", 10)
        path = write(tmp_path_factory.mktemp("range") / "f.parquet", [rows(times)])
    assert [t for t in times if start <= t <= end] == times_of(path, start, end, batch_rows)


@pytest.mark.usefixtures("small_groups")
def test_a_narrow_range_reads_only_its_row_groups(tmp_path: Path) -> None:
    path = write(tmp_path / "f.parquet", [rows(list(range(100)))])
    data = bytearray(path.read_bytes())
    meta = pq.ParquetFile(path).metadata
    for group in [group for group in range(10) if group != 4]:
        for column in range(3):
            chunk = meta.row_group(group).column(column)
            first = chunk.data_page_offset
            data[first : first + 8] = b"\xff" * 8
    path.write_bytes(data)
    assert [42, 43] == times_of(path, 42, 43)


def test_a_truncated_file_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "f.parquet", [rows(list(range(1000)))])
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(CatalogError, match=r"f\.parquet: a file of the catalog cannot be read"):
        times_of(path, 0, 10)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"gone\.parquet: a file of the catalog is missing"):
        times_of(tmp_path / "gone.parquet", 0, 10)


def test_a_file_with_other_columns_is_named(tmp_path: Path) -> None:
    path = tmp_path / "f.parquet"
    pq.write_table(pa.table({"x": [1]}), path)
    with pytest.raises(CatalogError, match="cannot be read"):
        times_of(path, 0, 10)


def test_an_aborted_file_is_gone(tmp_path: Path) -> None:
    sink = ParquetSink(tmp_path / "f.parquet", SCHEMA)
    sink.append(rows([1]))
    sink.abort()
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("workers", [0, 1])
def test_a_full_disk_is_an_error_that_names_the_file(tmp_path: Path, workers: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    values = np.random.default_rng(1).integers(0, 10**17, 300_000)
    batch = rows(sorted(values.tolist()))
    worker = ThreadPoolExecutor(1) if workers else None
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    sink = ParquetSink(tmp_path / "f.parquet", SCHEMA, worker)

    def fill() -> None:
        sink.append(batch)
        sink.close()

    try:
        with pytest.raises(CatalogError, match=r"f\.parquet: the file cannot be written"):
            fill()
        sink.abort()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        if worker is not None:
            worker.shutdown()
    assert [] == list(tmp_path.iterdir())


def test_a_file_is_hashed_as_it_is_written(tmp_path: Path) -> None:
    sink = ParquetSink(tmp_path / "a" / "b" / "c.parquet", SCHEMA)
    sink.append(rows([1, 2, 3]))
    written = sink.close()
    assert hashlib.sha256((tmp_path / "a/b/c.parquet").read_bytes()).hexdigest() == written.sha256
