"""Where two tables of rows differ: how an answer of a query changed."""

from __future__ import annotations

from typing import Any

from argosy.run.row_texts import row_values

TOLERANCE = 1e-9
"""What floats may differ by: the last digits of a sum depend on the order of what is added."""


def first_row(whole: Any, known: Any) -> str | None:
    """Say how the first row that differs between two tables of one query differs."""
    rows = min(whole.num_rows, known.num_rows)
    if whole.num_rows == known.num_rows and whole.equals(known):
        return None
    low, high = 0, rows
    while low < high:  # the first `low` rows are equal
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _same(whole, known, low, middle) else (low, middle - 1)
    if low == rows:
        longer, when = (whole, "known") if whole.num_rows > rows else (known, "withheld")
        return f"row {low + 1} is there only while they are {when}: {_show(longer, low)}"
    return f"row {low + 1} was {_show(whole, low)}, and is {_show(known, low)}"


def _same(one: Any, other: Any, first: int, end: int) -> bool:
    return bool(one.slice(first, end - first).equals(other.slice(first, end - first)))


def _show(table: Any, row: int) -> str:
    """Spell a row as ``ts_init = ..., z = ...``."""
    values = row_values(table.slice(row, 1))
    return ", ".join(f"{name} = {value}" for name, value in next(values).items())


def are_close(one: Any, other: Any) -> bool:
    """Tell whether two tables are equal, but for the last digits of floats."""
    import pyarrow as pa
    import pyarrow.compute

    compute: Any = pyarrow.compute
    if one.num_rows != other.num_rows:
        return False
    for field in one.schema:
        left, right = one.column(field.name), other.column(field.name)
        if not pa.types.is_floating(field.type):
            if not left.equals(right):
                return False
            continue
        apart = compute.abs(compute.subtract(left, right))
        limit = compute.multiply(compute.add(compute.abs(left), compute.abs(right)), TOLERANCE)
        if compute.any(compute.greater(apart, limit)).as_py():
            return False
    return True
