"""What may not enter the catalog."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from argosy.errors import DataError
from argosy.model.values import RAW_MAX
from argosy.serialization.arrow import to_batch
from argosy_catalog.lake.kinds import BARS, DELTAS, QUOTES, TRADES, Kind, Table
from argosy_catalog.lake.parquet import NS_MIN
from argosy_catalog.write.checks import between_files, check_batch, find_fault
from tests.catalog.samples import SECOND, T0, bars, deltas, quotes, trades

GOOD = [(QUOTES, quotes(5), 0), (TRADES, trades(5), 2), (BARS, bars(5), 0), (DELTAS, deltas(5), 0)]


def with_value(batch: Any, name: str, row: int, value: int | None) -> Any:
    """Return the batch with one raw value replaced."""
    index = batch.schema.get_field_index(name)
    column = batch.column(name)
    if value is None:
        values = column.to_pylist()
        values[row] = None
        return batch.set_column(index, name, pa.array(values, column.type))
    dtype = np.int64 if column.type.bit_width == 64 else np.int8
    raw = np.frombuffer(column.buffers()[1], dtype).copy()
    raw[row] = value
    changed = pa.Array.from_buffers(column.type, len(raw), [None, pa.py_buffer(raw)])
    return batch.set_column(index, name, changed)


@pytest.mark.parametrize(("kind", "objects", "size_precision"), GOOD)
def test_good_rows_pass(kind: Kind, objects: list[Any], size_precision: int) -> None:
    table = Table.of(kind, 5, size_precision)
    first = check_batch(table, to_batch(objects), after_ns=T0, place="here")
    assert objects[0].ts_init == first


@pytest.mark.parametrize(
    ("kind", "column", "row", "value", "message"),
    [
        (QUOTES, "ts_init", 2, T0, "not sorted: ts_init 2024-01-01T00:00:00Z comes after"),
        (QUOTES, "ts_init", 0, T0 - SECOND, "comes after 2024-01-01T00:00:00Z"),
        (QUOTES, "bid_size", 3, -1, "bid_size is negative"),
        (QUOTES, "ask_price", 1, RAW_MAX + 1, "ask_price is above what 18 digits hold"),
        (QUOTES, "ask_price", 1, -RAW_MAX - 1, "ask_price is below what 18 digits hold"),
        (QUOTES, "bid_price", 4, None, "bid_price is missing"),
        (TRADES, "size", 2, 0, "size is zero"),
        (TRADES, "aggressor_side", 2, 3, "aggressor_side has no code 3"),
        (TRADES, "aggressor_side", 2, -1, "aggressor_side has no code -1"),
        (BARS, "high", 1, 1, "high and low do not enclose open and close"),
        (BARS, "low", 1, 10**9, "high and low do not enclose open and close"),
        (BARS, "volume", 1, -5, "volume is negative"),
        (DELTAS, "action", 1, 0, "action has no code 0"),
        (DELTAS, "side", 1, 3, "side has no code 3"),
    ],
)
def test_a_bad_row_is_found(
    kind: Kind, column: str, row: int, value: int | None, message: str
) -> None:
    objects, size_precision = next((o, p) for k, o, p in GOOD if k is kind)
    batch = with_value(to_batch(objects), column, row, value)
    fault = find_fault(Table.of(kind, 5, size_precision), batch, T0)
    assert fault is not None
    assert row == fault.row
    assert message in fault.message


def test_negative_prices_are_fine() -> None:
    batch = with_value(to_batch(quotes(3)), "bid_price", 0, -37_63)
    assert find_fault(Table.of(QUOTES, 5, 0), batch, NS_MIN) is None


def test_a_slice_is_checked_from_its_own_first_row() -> None:
    batch = with_value(to_batch(quotes(5)), "bid_size", 0, -1).slice(1)
    assert find_fault(Table.of(QUOTES, 5, 0), batch, NS_MIN) is None


@pytest.mark.parametrize(
    ("batch", "message"),
    [
        (to_batch(quotes(2, price_precision=4)), "column 'bid_price' of type decimal64"),
        (to_batch(quotes(2)).drop_columns(["ask_size"]), "are not those of quotes"),
        (to_batch(trades(2)), "column 'price'"),
    ],
)
def test_another_schema_is_refused(batch: Any, message: str) -> None:
    with pytest.raises(DataError, match=message):
        check_batch(Table.of(QUOTES, 5, 0), batch, after_ns=NS_MIN, place="here")


def test_the_error_names_place_row_and_cure() -> None:
    batch = with_value(to_batch(quotes(3)), "bid_size", 1, -1)
    with pytest.raises(DataError) as caught:
        check_batch(Table.of(QUOTES, 5, 0), batch, after_ns=NS_MIN, place="quotes of X")
    expected = "quotes of X, row 1 of a batch: bid_size is negative. Correct or leave out the row"
    assert str(caught.value).startswith(expected)


def test_a_fault_between_files_names_the_earlier_and_the_times() -> None:
    table = Table.of(QUOTES, 5, 0)
    fault = find_fault(table, to_batch(quotes(2)), T0 + SECOND)
    assert fault is not None
    expected = (
        "the file begins before a.csv ends: ts_init 2024-01-01T00:00:00Z comes after "
        "2024-01-01T00:00:01Z"
    )
    assert expected == between_files(fault, "a.csv").message


def test_who_knows_where_a_row_came_from_names_it() -> None:
    batch, table = to_batch(quotes(3)), Table.of(QUOTES, 5, 0)
    with pytest.raises(DataError, match=r"^a\.csv:0: the rows are not sorted"):
        check_batch(
            table,
            batch,
            after_ns=T0 + 1,
            place="here",
            blame=lambda fault: fault.error(f"a.csv:{fault.row}"),
        )
