"""Rows as text: exact, to the nanosecond."""

import csv
import io
import json
from decimal import Decimal

import pyarrow as pa
import pytest

from argosy_catalog import printing
from argosy_catalog.printing import print_rows, texts

TABLE = pa.table(
    {
        "time": pa.array([1, None], pa.timestamp("ns")),
        "price": pa.array([Decimal("1.50"), Decimal("-0.05")], pa.decimal128(18, 2)),
        "amount": pa.array([Decimal("1000"), Decimal("0.5")], pa.decimal128(38, 18)),
        "count": pa.array([7, None], pa.int64()),
        "flag": [True, False],
        "data": pa.array([b"\x00\xff", None], pa.binary()),
        "name": ["[bold]a", 'say "hi", twice'],
        "list": [[1, 2], []],
    }
)


def test_values_are_exact() -> None:
    shown = {name: list(texts(TABLE.column(name))) for name in TABLE.schema.names}
    assert {
        "time": ["1970-01-01T00:00:00.000000001Z", None],
        "price": ["1.50", "-0.05"],
        "amount": ["1000", "0.5"],
        "count": ["7", None],
        "flag": ["true", "false"],
        "data": ["AP8=", None],
        "name": ["[bold]a", 'say "hi", twice'],
        "list": ["[1, 2]", "[]"],
    } == shown


def test_csv_can_be_read_again(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(TABLE, "csv")
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert ["1.50", "-0.05"] == [row["price"] for row in rows]
    assert 'say "hi", twice' == rows[1]["name"]


def test_json_keeps_numbers_exact_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(TABLE, "json")
    first, second = json.loads(capsys.readouterr().out)
    assert (7, True, "1.50", "1000") == tuple(
        first[k] for k in ("count", "flag", "price", "amount")
    )
    assert (None, None) == (second["time"], second["count"])


def test_a_table_shows_all_of_a_row_when_it_is_piped(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(TABLE, "table")
    head, first, _ = capsys.readouterr().out.splitlines()
    assert TABLE.schema.names == head.split()
    assert "[bold]a" in first


def test_a_table_of_no_rows_has_its_head(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(TABLE.slice(0, 0), "table")
    assert TABLE.schema.names == capsys.readouterr().out.split()


def test_a_long_table_says_how_much_is_left_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "MAX_ROWS", 10)
    print_rows(pa.table({"n": range(1234)}), "table")
    assert "... 1,224 more rows; --format csv prints all" in capsys.readouterr().out
