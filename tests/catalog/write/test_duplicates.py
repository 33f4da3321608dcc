"""Rows that equal another row of their load."""

from typing import Any, cast

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import ArgosyError, DataError
from argosy.serialization.arrow import to_batch
from argosy_catalog.write.duplicates import Duplicates, OnDuplicate, known_rule
from tests.catalog.samples import T0, quotes, trades

ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1)), min_size=1, max_size=12).map(
    lambda rows: sorted(rows, key=lambda row: row[0])
)


def batch(rows: list[tuple[int, int]]) -> Any:
    made = [quotes(1, start=T0 + ns, first_raw=150_000 + price)[0] for ns, price in rows]
    return to_batch(made)


def seen(batches: list[Any]) -> list[tuple[int, int]]:
    rows = pa.Table.from_batches(batches)
    prices = [int(value.scaleb(5)) for value in rows.column("bid_price").to_pylist()]
    times = rows.column("ts_init").cast(pa.int64()).to_pylist()
    return [(ns - T0, price - 150_000) for ns, price in zip(times, prices, strict=True)]


@given(ROWS, st.integers(0, 12))
def test_all_but_the_first_are_dropped_across_batches(
    rows: list[tuple[int, int]], where: int
) -> None:
    rule = Duplicates("drop", "quotes")
    parts = [part for part in (rows[:where], rows[where:]) if part]
    assert list(dict.fromkeys(rows)) == seen([rule.checked(batch(part)) for part in parts])


def test_they_are_allowed_where_nobody_says_otherwise() -> None:
    twice = batch([(0, 0), (0, 0)])
    assert twice is Duplicates("allow", "quotes").checked(twice)


def test_the_row_that_is_there_twice_is_named() -> None:
    rule = Duplicates("refuse", "quotes of A.B")
    rule.checked(batch([(0, 0), (1, 0)]))
    with pytest.raises(DataError) as caught:
        rule.checked(batch([(1, 1), (1, 0)]))
    expected = "quotes of A.B, row 1 of a batch: the row of 2024-01-01T00:00:00.000000001Z is there"
    assert str(caught.value).startswith(expected)
    assert "drop" in str(caught.value)


def test_text_and_codes_are_compared_too() -> None:
    rows = to_batch(trades(2))  # other sides, other ids
    times = pa.array([T0, T0], pa.timestamp("ns"))
    same = rows.set_column(0, "ts_event", times).set_column(1, "ts_init", times)
    assert 2 == Duplicates("drop", "trades").checked(same).num_rows


def test_an_unknown_rule_is_refused() -> None:
    assert ["allow", "refuse", "drop"] == [known_rule(name) for name in ("allow", "refuse", "drop")]
    with pytest.raises(ArgosyError, match="'keep'"):
        known_rule(cast("OnDuplicate", "keep"))
