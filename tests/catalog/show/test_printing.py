"""Rows as text: exact, to the nanosecond."""

import csv
import io
import json
from decimal import Decimal

import pyarrow as pa
import pytest

from argosy_catalog.show import printing
from argosy_catalog.show.printing import print_rows, texts, write_text

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


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_terminal(table: pa.Table, monkeypatch: pytest.MonkeyPatch, columns: int) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = Terminal()
    write_text(table.schema, table.to_batches(), "table", out)
    return out.getvalue().splitlines()


def test_a_wide_table_is_cut_at_the_edge_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = pa.table({f"column_{at}": ["x" * 20] for at in range(5)})
    head, row, note = on_terminal(wide, monkeypatch, 70)
    assert ["column_0", "column_1", "column_2"] == head.split()
    assert 70 >= len(row)
    assert "... 2 more columns: column_3, column_4; --format csv prints all" == note
    assert 2 == len(on_terminal(wide, monkeypatch, 200))


def test_a_long_cell_and_a_long_table_are_cut_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = on_terminal(pa.table({"text": ["y" * 500] * 150}), monkeypatch, 100)
    assert "y" * 59 + "…" == found[1]
    assert (102, "... more rows; --format csv prints all") == (len(found), found[-1])


def test_a_cell_cannot_command_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    text = pa.table({"text": ["a\nb", "\x1b[31mred", "tab\there"]})
    assert ["text", "a\\nb", "\\x1b[31mred", "tab\\there"] == on_terminal(text, monkeypatch, 80)


def test_wide_letters_keep_columns_in_line(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table({"name": ["日経", "a"], "n": [1, 2]})
    assert ["name  n", "日経  1", "a     2"] == on_terminal(table, monkeypatch, 80)


def test_csv_tells_nothing_from_empty_text(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(pa.table({"a": ["", None, 'x"y'], "b": [1, 2, None]}), "csv")
    assert 'a,b\n"",1\n,2\n"x""y",\n' == capsys.readouterr().out
    print_rows(pa.table({"a": [None, "x"]}), "csv")
    assert 'a\n""\nx\n' == capsys.readouterr().out


def test_json_keeps_columns_of_one_name_and_nested_values(
    capsys: pytest.CaptureFixture[str],
) -> None:
    nested = pa.array([{"px": Decimal("1.50")}], pa.struct([("px", pa.decimal128(18, 2))]))
    print_rows(pa.Table.from_arrays([nested, pa.array([None])], ["a", "a"]), "json")
    assert [{"a": {"px": "1.50"}, "a_1": None}] == json.loads(capsys.readouterr().out)
    print_rows(TABLE.slice(0, 0), "json")
    assert [] == json.loads(capsys.readouterr().out)
