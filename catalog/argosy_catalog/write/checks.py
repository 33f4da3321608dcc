"""What a batch of market data must be before it may enter the catalog."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from argosy.errors import DataError
from argosy.model.values import RAW_MAX
from argosy_catalog.lake.buffers import integers
from argosy_catalog.lake.kinds import BARS, DELTAS, TRADES, Kind, Table
from argosy_catalog.lake.times import text_of

Ints = npt.NDArray[np.int64]
CLEAN = "Correct or leave out the row, then load the data again"
SORT = "Sort the data by time before it is loaded"
UNSORTED = "the rows are not sorted: "
APART = "Give the earliest file first, or load them one by one with --on-overlap keep"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row of a batch."""

    row: int
    message: str
    cure: str

    def error(self, place: str) -> DataError:
        """Return the error that names the row."""
        return DataError(self.message, place=place, cure=self.cure)


def between_files(fault: Fault, earlier: str) -> Fault:
    """Return a fault of the order of rows as one of two files, each of which may be sorted."""
    times = fault.message.removeprefix(UNSORTED)
    return Fault(fault.row, f"the file begins before {earlier} ends: {times}", APART)


Blame = Callable[[Fault], DataError]
"""Makes the error of a row, by whoever knows where the row came from."""


def check_batch(
    table: Table, batch: Any, *, after_ns: int, place: str, blame: Blame | None = None
) -> int:
    """Check a batch that holds rows, and return `ts_init` of the first.

    Parameters
    ----------
    after_ns : `ts_init` of the row before the first
    place : what errors call the batch
    blame : makes the error of a row; else it is called by its number in the batch

    Raises
    ------
    DataError : another schema, nulls, rows out of order, values out of range
    """
    check_schema(table, batch.schema, place)
    fault = find_fault(table, batch, after_ns)
    if fault is not None:
        raise blame(fault) if blame else fault.error(f"{place}, row {fault.row} of a batch")
    return int(ints(batch, "ts_init")[0])


def check_schema(table: Table, schema: Any, place: str) -> None:
    """Refuse a schema that differs from the table's in a name, a type or the order."""
    expected = [(field.name, field.type) for field in table.row_schema]
    found = [(field.name, field.type) for field in schema]
    if expected != found:
        wrong = next((pair for pair in found if pair not in expected), None)
        raise DataError(
            f"column {wrong[0]!r} of type {wrong[1]} does not belong here"
            if wrong
            else f"columns {', '.join(schema.names)} are not those of {table.kind.name}",
            place=place,
            cure=f"Give {', '.join(f'{name}: {kind}' for name, kind in expected)}",
        )


def find_fault(table: Table, batch: Any, after_ns: int) -> Fault | None:
    """Return the first thing that is wrong with the rows of a batch, or None."""
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if column.null_count and name not in table.kind.optional:
            row = int(np.argmax(column.is_null().to_numpy(zero_copy_only=False)))
            return Fault(row, f"{name} is missing", CLEAN)
    return (
        _unsorted(ints(batch, "ts_init"), after_ns)
        or _out_of_range(table, batch)
        or (_wrong_bar(batch) if table.kind is BARS else None)
        or _wrong_code(table.kind, batch)
    )


def ints(batch: Any, name: str) -> Ints:
    """Return a column of times, decimals or codes as integers, without a copy."""
    return integers(batch.column(name))


def _unsorted(times: Ints, after_ns: int) -> Fault | None:
    row = 0
    if times[0] >= after_ns:
        later = times[1:] < times[:-1]
        if not later.any():
            return None
        row = int(np.argmax(later)) + 1
    before = after_ns if row == 0 else int(times[row - 1])
    message = f"ts_init {text_of(int(times[row]))} comes after {text_of(before)}"
    return Fault(row, f"{UNSORTED}{message}", SORT)


def _out_of_range(table: Table, batch: Any) -> Fault | None:
    least_trade = 1 if table.kind is TRADES else 0
    for field in table.row_schema:
        if not pa.types.is_decimal(field.type):
            continue
        values = ints(batch, field.name)
        is_amount = field.name in table.kind.of.sizes
        least = least_trade if is_amount else -RAW_MAX
        low, high = int(values.min()), int(values.max())
        if low < least:
            words = "negative" if low < 0 else "zero"
            fault = words if is_amount else "below what 18 digits hold"
            return Fault(int(np.argmin(values)), f"{field.name} is {fault}", CLEAN)
        if high > RAW_MAX:
            message = f"{field.name} is above what 18 digits hold"
            return Fault(int(np.argmax(values)), message, CLEAN)
    return None


def _wrong_bar(batch: Any) -> Fault | None:
    opened, high, low, close = (ints(batch, name) for name in ("open", "high", "low", "close"))
    inside = (np.maximum(opened, close) <= high) & (np.minimum(opened, close) >= low)
    if inside.all():
        return None
    row = int(np.argmin(inside))
    return Fault(row, "high and low do not enclose open and close", CLEAN)


def _wrong_code(kind: Kind, batch: Any) -> Fault | None:
    for name, members in kind.enums:
        least = 1 if kind is DELTAS and name == "action" else 0
        codes = ints(batch, name)
        wrong = (codes < least) | (codes >= len(members))
        if wrong.any():
            row = int(np.argmax(wrong))
            return Fault(row, f"{name} has no code {codes[row]}", CLEAN)
    return None
