"""Which rows of a file are taken, as the values of its columns say."""

from typing import Any

import pyarrow as pa

from argosy_loaders.selection import Selection

TABLE = pa.record_batch(
    {"type": ["Trade", "Total", "trade", " Total "], "n": [1, 2, 3, None], "x": ["a"] * 4}
)


def left(skip: Any, only: Any) -> tuple[list[int] | None, list[str]]:
    """Return the rows that are left, and what was told."""
    selection, told = Selection(skip, only), list[str]()
    rows = selection.of(TABLE)
    selection.tell("f.csv", told.append)
    return None if rows is None else rows.to_pylist(), told


def test_without_conditions_all_rows_are_taken() -> None:
    assert (None, []) == left({}, {})


def test_rows_are_left_out_by_value_and_counted() -> None:
    told = ["f.csv: 2 rows were left out, whose type is 'Total'"]
    assert ([0, 2], told) == left({"type": "Total"}, {})
    told = ["f.csv: 3 rows were left out, whose type is not 'Trade'"]
    assert ([0], told) == left({}, {"type": ["Trade"]})


def test_a_row_counts_once_where_several_conditions_hit_it() -> None:
    rows, told = left({"type": "Total", "n": ["2", ""]}, {"x": ["a", "b"]})
    assert [0, 2] == rows
    assert [
        "f.csv: 2 rows were left out, whose type is 'Total'",
        "f.csv: 0 rows were left out, whose n is '2' or ''",
        "f.csv: 0 rows were left out, whose x is not 'a' or 'b'",
    ] == told


def test_numbers_are_compared_as_they_are_written() -> None:
    assert ([1], ["f.csv: 3 rows were left out, whose n is not '2'"]) == left({}, {"n": "2"})
