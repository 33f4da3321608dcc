"""Columns read what a batch holds, or say what is wrong with it."""

from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import DataError
from argosy.kernel.columns import BarColumns, Columns, DeltaColumns, QuoteColumns, TradeColumns
from tests.host.kernel import rows

QUOTE = (9, 10, 150_000, 150_001, 1, 2)
TRADE = (9, 10, 150_000, 5, 1, "T-1")
BAR = (9, 10, 150_000, 150_003, 149_999, 150_001, 7, False)
DELTA = (9, 10, 1, 1, 150_000, 5, 77, 128, 3)
FIRST = -(2**62)


def changed(batch: pa.RecordBatch, name: str, column: pa.Array) -> pa.RecordBatch:
    return batch.set_column(batch.schema.get_field_index(name), name, column)


def with_row(row: tuple[Any, ...], index: int, value: Any) -> tuple[Any, ...]:
    return (*row[:index], value, *row[index + 1 :])


def fault(kind: type[Columns], batch: pa.RecordBatch, after_ns: int = FIRST) -> str:
    with pytest.raises(DataError) as caught:
        kind(batch, "quotes of EUR/USD.SIM", after_ns)
    message = str(caught.value)
    assert message.startswith("quotes of EUR/USD.SIM: ")
    assert caught.value.cure
    return message.removeprefix("quotes of EUR/USD.SIM: ")


def test_a_sound_batch_has_a_length_and_precisions() -> None:
    columns = QuoteColumns(rows.quotes([QUOTE, QUOTE]), "x", FIRST)
    assert (2, 5, 0) == (columns.length, columns.price_precision, columns.size_precision)


@pytest.mark.parametrize(
    ("kind", "batch"),
    [
        (QuoteColumns, rows.quotes([])),
        (TradeColumns, rows.trades([])),
        (BarColumns, rows.bars([])),
        (DeltaColumns, rows.deltas([])),
        (QuoteColumns, rows.quotes([QUOTE] * 3).slice(3)),
        (TradeColumns, rows.trades([TRADE] * 3)),
        (TradeColumns, rows.trades([TRADE] * 3).slice(1, 1)),
        (BarColumns, rows.bars([BAR] * 3)),
        (BarColumns, rows.bars([BAR] * 3).drop_columns(["is_revision"])),
        (DeltaColumns, rows.deltas([DELTA] * 3)),
        (QuoteColumns, rows.quotes([with_row(QUOTE, 1, -5), with_row(QUOTE, 1, -5), QUOTE])),
        (QuoteColumns, rows.quotes([with_row(QUOTE, 2, -150_000)])),
    ],
)
def test_what_is_sound_is_taken(kind: type[Columns], batch: pa.RecordBatch) -> None:
    assert batch.num_rows == kind(batch, "x", FIRST).length


def test_a_missing_column_is_named_with_those_that_are_there() -> None:
    message = fault(QuoteColumns, rows.quotes([QUOTE]).drop_columns(["ask_size"]))
    assert message.startswith(
        "column 'ask_size' is missing; there are ts_event, ts_init, bid_price"
    )


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("bid_price", pa.array([1.5])),
        ("bid_price", pa.array([150_000])),
        ("bid_price", pa.array([Decimal("1.5")], pa.decimal128(18, 5))),
        ("ask_size", pa.array(["1"])),
        ("ts_init", pa.array([10], pa.timestamp("us"))),
        ("ts_init", pa.array([10], pa.timestamp("ns", "UTC"))),
        ("ts_event", pa.array([10])),
    ],
)
def test_another_type_is_refused(name: str, column: pa.Array) -> None:
    expected = "timestamp[ns]" if name.startswith("ts") else "decimal64"
    message = fault(QuoteColumns, changed(rows.quotes([QUOTE]), name, column))
    assert message.startswith(f"column {name!r} is {column.type}, expected {expected}.")


def test_a_null_is_refused() -> None:
    times = pa.array([10, None], pa.timestamp("ns"))
    message = fault(QuoteColumns, changed(rows.quotes([QUOTE, QUOTE]), "ts_event", times))
    assert message.startswith("column 'ts_event' holds 1 nulls")


def test_two_precisions_of_one_kind_are_refused() -> None:
    batch = changed(rows.quotes([QUOTE]), "ask_price", rows.decimals([150_001], 3))
    assert fault(QuoteColumns, batch).startswith(
        "column 'ask_price' has 3 decimals, others of its kind 5"
    )


@pytest.mark.parametrize(
    ("kind", "batch", "said"),
    [
        (
            QuoteColumns,
            rows.quotes([QUOTE, with_row(QUOTE, 4, -1)]),
            "negative size (raw bid -1, ask 2)",
        ),
        (
            QuoteColumns,
            rows.quotes([QUOTE, with_row(QUOTE, 5, -3)]),
            "negative size (raw bid 1, ask -3)",
        ),
        (TradeColumns, rows.trades([TRADE, with_row(TRADE, 3, 0)]), "size is not positive (raw 0)"),
        (
            TradeColumns,
            rows.trades([TRADE, with_row(TRADE, 4, 3)]),
            "aggressor_side 3 is none of 0 (none)",
        ),
        (
            TradeColumns,
            rows.trades([TRADE, with_row(TRADE, 4, -1)]),
            "aggressor_side -1 is none of",
        ),
        (
            TradeColumns,
            rows.trades([TRADE, with_row(TRADE, 5, "x" * 37)]),
            "trade_id has 37 bytes, at most 36",
        ),
        (
            BarColumns,
            rows.bars([BAR, with_row(BAR, 3, 150_000)]),
            "high is not the highest price (raw open 150000",
        ),
        (
            BarColumns,
            rows.bars([BAR, with_row(BAR, 4, 150_002)]),
            "low is not the lowest price (raw open 150000",
        ),
        (BarColumns, rows.bars([BAR, with_row(BAR, 6, -1)]), "negative volume (raw -1)"),
        (DeltaColumns, rows.deltas([DELTA, with_row(DELTA, 5, -1)]), "negative size (raw -1)"),
        (DeltaColumns, rows.deltas([DELTA, with_row(DELTA, 2, 5)]), "action 5 is none of 1 (add)"),
        (DeltaColumns, rows.deltas([DELTA, with_row(DELTA, 2, 0)]), "action 0 is none of 1 (add)"),
        (DeltaColumns, rows.deltas([DELTA, with_row(DELTA, 3, 3)]), "side 3 is none of 0 (none)"),
    ],
)
def test_a_bad_row_is_named(kind: type[Columns], batch: pa.RecordBatch, said: str) -> None:
    assert fault(kind, batch).startswith(f"row 1 of a batch, ts_init 10: {said}")
    assert fault(kind, batch.slice(1)).startswith(f"row 0 of a batch, ts_init 10: {said}")


def test_a_trade_id_of_36_bytes_fits() -> None:
    assert 1 == TradeColumns(rows.trades([with_row(TRADE, 5, "x" * 36)]), "x", FIRST).length


def test_rows_out_of_order_are_named() -> None:
    message = fault(QuoteColumns, rows.quotes([QUOTE, with_row(QUOTE, 1, 9)]))
    assert message.startswith("row 1 of a batch: ts_init 9 lies before the row above it (10). Sort")


def test_a_batch_that_begins_before_the_one_above_it_ended_is_refused() -> None:
    assert fault(QuoteColumns, rows.quotes([QUOTE]), 11).startswith(
        "row 0 of a batch: ts_init 10 lies before the row above it (11)"
    )
    assert 1 == QuoteColumns(rows.quotes([QUOTE]), "x", 10).length


@given(
    st.lists(
        st.one_of(st.integers(0, 50), st.sampled_from([-(2**63), -1, 2**62, 2**63 - 1])),
        min_size=1,
        max_size=20,
    )
)
def test_any_times_out_of_order_are_found(times: list[int]) -> None:
    batch = rows.quotes([with_row(QUOTE, 1, ts) for ts in times])
    steps = enumerate(zip([-(2**63), *times], times, strict=False))
    first_bad = next((i for i, (before, ts) in steps if ts < before), None)
    if first_bad is None:
        assert len(times) == QuoteColumns(batch, "x", -(2**63)).length
    else:
        assert fault(QuoteColumns, batch, -(2**63)).startswith(f"row {first_bad} of a batch")


@given(st.lists(st.integers(-2, 30), min_size=1, max_size=20))
def test_any_negative_size_is_found(sizes: list[int]) -> None:
    batch = rows.quotes([with_row(QUOTE, 4, size) for size in sizes])
    first_bad = next((i for i, size in enumerate(sizes) if size < 0), None)
    if first_bad is None:
        assert len(sizes) == QuoteColumns(batch, "x", FIRST).length
    else:
        assert fault(QuoteColumns, batch).startswith(f"row {first_bad} of a batch")
