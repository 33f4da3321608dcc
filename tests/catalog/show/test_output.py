"""Where rows go: whole files or none, bytes never to a terminal."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from argosy.errors import CatalogError, InputError
from argosy_catalog.show import output
from argosy_catalog.show.output import FORMATS, format_of, write_rows

TABLE = pa.table(
    {
        "ts": pa.array([1, None], pa.timestamp("ns")),
        "price": pa.array([Decimal("1.50"), Decimal("-0.05")], pa.decimal128(18, 2)),
        "name": ["a", ""],
    }
)
READ = {
    "table": lambda path: path.read_text().splitlines()[0].split(),
    "csv": lambda path: path.read_text().splitlines()[1].split(","),
    "json": lambda path: path.read_text().splitlines()[1],
    "arrow": lambda path: pa.ipc.open_stream(path).read_all(),
    "parquet": parquet.read_table,
}
EXPECTED: dict[str, Any] = {
    "table": ["ts", "price", "name"],
    "csv": ["1970-01-01T00:00:00.000000001Z", "1.50", "a"],
    "json": ' {"ts": null, "price": "-0.05", "name": ""}]',
    "arrow": TABLE,
    "parquet": TABLE,
}


def reader() -> Any:
    return TABLE.to_reader(max_chunksize=1)


def failing() -> Iterator[Any]:
    yield from TABLE.slice(0, 1).to_batches()
    raise CatalogError("half of it")


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_holds_every_row(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"rows.{form}"
    write_rows(reader(), form, path)
    assert EXPECTED[form] == READ[form](path)
    assert [path] == list(tmp_path.iterdir())
    assert 0 == path.stat().st_mode & 0o111


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_fails_halfway_leaves_the_old_one(tmp_path: Path, form: str) -> None:
    path = tmp_path / "rows"
    path.write_text("old")
    broken = pa.RecordBatchReader.from_batches(TABLE.schema, failing())
    with pytest.raises(CatalogError, match="half of it"):
        write_rows(broken, form, path)
    assert [path] == list(tmp_path.iterdir())
    assert "old" == path.read_text()


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="the file cannot be written"):
        write_rows(reader(), "csv", tmp_path / "none" / "rows.csv")


def test_parquet_says_which_columns_it_does_not_take(tmp_path: Path) -> None:
    spans = pa.table({"span": pa.array([(1, 2, 3)], pa.month_day_nano_interval())})
    with pytest.raises(CatalogError, match=r"SELECT column::VARCHAR"):
        write_rows(spans.to_reader(), "parquet", tmp_path / "x.parquet")
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("form", "name", "expected"),
    [
        (None, None, "table"),
        (None, "a.CSV", "csv"),
        (None, "a.parquet", "parquet"),
        ("json", "a.csv", "json"),
    ],
)
def test_the_name_of_a_file_tells_its_format(
    form: str | None, name: str | None, expected: str
) -> None:
    assert expected == format_of(form, None if name is None else Path(name))


def test_a_name_that_tells_no_format_is_refused() -> None:
    with pytest.raises(InputError, match=r"'a\.xls' tells no format.*--format"):
        format_of(None, Path("a.xls"))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("form", ["arrow", "parquet"])
def test_bytes_are_not_for_a_terminal(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    with pytest.raises(InputError, match=f"{form} is not for a terminal.*--output FILE"):
        write_rows(reader(), form)


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    "form", ["csv", *(pytest.param(each, marks=SLOW) for each in FORMATS if each != "csv")]
)
def test_a_reader_that_has_seen_enough_ends_it_quietly(form: str) -> None:
    """As `head` does: the pipe is closed while rows are written."""
    code = (
        "import sys, pyarrow as pa\n"
        "from argosy_catalog.show.output import write_rows\n"
        "batch = pa.RecordBatch.from_pydict({'text': ['x' * 100] * 1000})\n"
        "rows = pa.RecordBatchReader.from_batches(batch.schema, (batch for _ in range(100)))\n"
        f"write_rows(rows, {form!r})\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(10)
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (0, b"") == (process.wait(), errors)


def test_rows_are_written_while_they_come(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No more than one batch waits for the one after it."""
    made: list[int] = []
    seen: list[int] = []

    def batches() -> Iterator[Any]:
        for number in range(5):
            made.append(number)
            yield pa.RecordBatch.from_pydict({"n": [number]})

    def watched(schema: Any, rows: Any, form: str, out: Any, **more: Any) -> None:
        seen.extend(len(made) for _ in rows)

    monkeypatch.setattr(output, "write_text", watched)
    schema = pa.schema([("n", pa.int64())])
    write_rows(pa.RecordBatchReader.from_batches(schema, batches()), "csv", tmp_path / "x.csv")
    assert [1, 2, 3, 4, 5] == seen
