"""Reading the times of a batch of rows in place, without a copy."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any


def times_of(batch: Any) -> Any:
    """Return `ts_init` of a batch as a memoryview of int64; None where it has none to read."""
    if not batch.num_rows or "ts_init" not in batch.schema.names:
        return None
    column = batch.column("ts_init")
    if str(column.type) != "timestamp[ns]" or column.null_count:
        return None
    values = memoryview(column.buffers()[1])
    whole = values[: len(values) // 8 * 8].cast("q")
    return whole[column.offset : column.offset + len(column)]


def between(batch: Any, first_ns: int, end_ns: int) -> Any:
    """Return the rows of a batch with first <= ts_init < end."""
    times = times_of(batch)
    if times is None:
        return batch.slice(0, 0)
    first = bisect_left(times, first_ns)
    return batch.slice(first, max(bisect_left(times, end_ns) - first, 0))
