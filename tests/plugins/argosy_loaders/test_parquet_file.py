"""Parquet files as streams of batches."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from argosy.errors import DataError
from argosy_loaders import parquet_file
from argosy_loaders.parquet_file import ParquetFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"a": range(1_000), "b": ["x"] * 1_000}), made, row_group_size=300)
    return made


def test_batches_are_bounded_and_have_the_columns_asked_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_file, "BATCH_ROWS", 128)
    taken: list[int] = []
    file = ParquetFile(path, on_read=taken.append)
    batches = list(file.batches(["b", "a"]))
    assert ["b", "a"] == batches[0].schema.names
    assert max(batch.num_rows for batch in batches) <= 128
    assert list(range(1_000)) == [v for b in batches for v in b.column("a").to_pylist()]
    assert 0.9 * path.stat().st_size < sum(taken) <= path.stat().st_size


def test_a_missing_column_and_a_row_are_named(path: Path) -> None:
    file = ParquetFile(path)
    assert f"{path}, row 7" == file.place(7)
    with pytest.raises(DataError, match=r"no column 'c' for size\. Available: a, b"):
        file.require("c", "size")


def test_a_column_that_is_there_twice_is_refused_where_it_is_used(path: Path) -> None:
    columns = [pa.array([each]) for each in (1, 2, 3)]
    pq.write_table(pa.Table.from_arrays(columns, names=["a", "b", "b"]), path)
    file = ParquetFile(path)
    file.require("a", "price")
    assert [{"a": 1}] == next(file.batches(["a"])).to_pylist()
    with pytest.raises(DataError, match="two columns are called 'b'"):
        file.require("b", "price")


@pytest.mark.parametrize("part", [0.0, 0.5, 0.99])
def test_a_file_that_is_cut_off_is_refused(path: Path, part: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(DataError, match=r"rows\.parquet: the file cannot be read"):
        ParquetFile(path)


def test_a_damaged_page_is_refused(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4:60] = b"\xff" * 56
    path.write_bytes(bytes(data))
    with pytest.raises(DataError, match=r"rows\.parquet: the file cannot be read"):
        list(ParquetFile(path).batches(["a", "b"]))
