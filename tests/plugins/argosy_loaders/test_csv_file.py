"""CSV files as text columns, and the lines of their rows."""

import bz2
import gzip
from pathlib import Path
from typing import Any

import pytest

from argosy.errors import DataError
from argosy_loaders import csv_file
from argosy_loaders.csv_file import CsvFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rows.csv"


def rows(file: CsvFile, *columns: str) -> list[tuple[Any, ...]]:
    batches = list(file.batches(columns))
    return [tuple(row[name] for name in columns) for b in batches for row in b.to_pylist()]


def test_columns_are_text_in_the_order_asked_for(path: Path) -> None:
    path.write_text("a,b,c\n1,NaN,\n01,x,null\n")
    file = CsvFile(path)
    assert ["a", "b", "c"] == file.names
    assert [("", "1"), ("null", "01")] == rows(file, "c", "a")


def test_a_file_without_header_gets_names(path: Path) -> None:
    path.write_text("1;2\n3;4\n")
    file = CsvFile(path, delimiter=";", names=["a", "b"])
    assert [("2",), ("4",)] == rows(file, "b")
    assert 2 == file.line_of(1)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_what_separates_columns_is_guessed(path: Path, delimiter: str) -> None:
    path.write_text(f"# made by; a, vendor\na{delimiter}b{delimiter}c\n1{delimiter}2{delimiter}3\n")
    file = CsvFile(path, skip_lines=1)
    assert ["a", "b", "c"] == file.names
    assert [("3", "1")] == rows(file, "c", "a")


def test_lines_before_the_header_are_skipped(path: Path) -> None:
    path.write_text("made by a vendor\n# really\na,b\n1,2\n3,4\n")
    file = CsvFile(path, skip_lines=2)
    assert [("1",), ("3",)] == rows(file, "a")
    assert [4, 5] == [file.line_of(row) for row in range(2)]


def test_empty_lines_are_no_rows_but_count_as_lines(path: Path) -> None:
    path.write_text("a,b\n1,2\n\n\n3,4\n\n")
    file = CsvFile(path)
    assert [("1",), ("3",)] == rows(file, "a")
    assert [2, 5] == [file.line_of(row) for row in range(2)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_mark_of_a_spreadsheet_is_no_part_of_the_text(path: Path, pack: Any) -> None:
    path.write_bytes(pack(b"\xef\xbb\xbfa,b\n1,2\n"))
    headed, bare = CsvFile(path), CsvFile(path, names=["c", "d"])
    assert ["a", "b"] == headed.names
    assert [("1",)] == rows(headed, "a")
    assert [("a",), ("1",)] == rows(bare, "c")
    assert 2 == headed.line_of(0)


@pytest.mark.parametrize(("suffix", "compress"), [("gz", gzip.compress), ("bz2", bz2.compress)])
def test_compressed_files_are_read(path: Path, suffix: str, compress: Any) -> None:
    packed = path.with_name(f"rows.csv.{suffix}")
    packed.write_bytes(compress(b"a,b\n1,2\n3,4\n"))
    file = CsvFile(packed)
    assert [("1",), ("3",)] == rows(file, "a")
    assert 3 == file.line_of(1)


def test_a_long_file_comes_in_parts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "BLOCK_BYTES", 1000)
    path.write_text("a,b\n" + "".join(f"{i},{i}\n" for i in range(2000)))
    batches = list(CsvFile(path).batches(["a"]))
    assert len(batches) > 5
    assert [str(i) for i in range(2000)] == [v for b in batches for v in b.column(0).to_pylist()]


def test_a_row_of_other_length_is_named(path: Path) -> None:
    path.write_text("a,b,c\n1,2,3\n\n4,5,6\n7,8\n")
    with pytest.raises(DataError) as caught:
        rows(CsvFile(path), "a")
    assert f"{path}:5: the row has 2 columns, the header 3. Complete the row" in str(caught.value)


def test_a_truncated_archive_is_named(path: Path) -> None:
    packed = path.with_name("rows.csv.gz")
    data = gzip.compress("".join(f"{i},{i * i}\n" for i in range(50_000)).encode())
    packed.write_bytes(data[: len(data) // 2])
    with pytest.raises(DataError, match=r"rows\.csv\.gz: the file cannot be read"):
        rows(CsvFile(packed, names=["a", "b"]), "a")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"a,b\n\xff\xfe,2\n", "cannot be read"),
        (b"\xff\xfea,b\n", "cannot be read"),
    ],
)
def test_what_is_no_csv_file_is_refused(path: Path, content: bytes, message: str) -> None:
    path.write_bytes(content)
    with pytest.raises(DataError, match=message):
        rows(CsvFile(path), "a")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(DataError, match="the file cannot be read"):
            CsvFile(path)


def test_a_missing_column_gets_a_suggestion(path: Path) -> None:
    path.write_text("Open,Close\n")
    with pytest.raises(DataError, match=r"no column 'open' for open\. Did you mean 'Open'"):
        CsvFile(path).require("open", "open")


def test_a_column_that_is_there_twice_is_refused_where_it_is_used(path: Path) -> None:
    path.write_text("a,b,b\n1,2,3\n")
    file = CsvFile(path)
    file.require("a", "price")
    assert [("1",)] == rows(file, "a")
    with pytest.raises(DataError, match="two columns are called 'b'"):
        file.require("b", "price")
