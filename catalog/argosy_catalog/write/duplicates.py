"""Rows of a load that equal another row of it in every column."""

from collections.abc import Iterator
from typing import Any, Literal, cast, get_args

import numpy as np
import pyarrow as pa

from argosy.errors import DataError, UnknownNameError
from argosy_catalog.lake.buffers import integers
from argosy_catalog.lake.times import text_of

OnDuplicate = Literal["allow", "refuse", "drop"]
DUPLICATES: tuple[str, ...] = get_args(OnDuplicate)


def known_rule(name: str) -> OnDuplicate:
    """Return a rule by its name."""
    if name not in DUPLICATES:
        raise UnknownNameError("rule for duplicates", name, DUPLICATES)
    return cast("OnDuplicate", name)


class Duplicates:
    """Find or drop repeated rows of one series, batch by batch.

    They can only be of one moment; they need not be neighbours in it.

    Parameters
    ----------
    rule : allow (a venue may print one thing twice), refuse, or drop all but the first
    place : what errors call the rows
    """

    def __init__(self, rule: OnDuplicate, place: str) -> None:
        self.rule = rule
        self.place = place
        self._moment: int | None = None
        self._seen: set[tuple[Any, ...]] = set()

    def checked(self, batch: Any) -> Any:
        """Return a sorted batch without the rows that the rule forbids.

        Raises
        ------
        DataError : the rule is to refuse
        """
        if self.rule == "allow":
            return batch
        repeated = []
        times = integers(batch.column("ts_init"))
        for row, values in self._shared(batch, times):
            if times[row] != self._moment:
                self._moment = int(times[row])
                self._seen.clear()
            if values in self._seen:
                repeated.append(row)
            self._seen.add(values)
        if not repeated:
            return batch
        if self.rule == "refuse":
            raise DataError(
                f"the row of {text_of(int(times[repeated[0]]))} is there twice",
                place=f"{self.place}, row {repeated[0]} of a batch",
                cure='Leave one out, or say on_duplicate "drop" or "allow" (--on-duplicate)',
            )
        return _leave_out(batch, repeated)

    def _shared(self, batch: Any, times: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Yield the rows whose moment has other rows, and all rows of the last moment."""
        same = np.zeros(len(times), bool)
        same[:-1] |= times[1:] == times[:-1]
        same[1:] |= times[1:] == times[:-1]
        same |= times == times[-1]
        if self._moment is not None:
            same |= times == self._moment
        rows = np.flatnonzero(same)
        columns = [_plain(column, rows) for column in batch.columns]
        return zip((int(row) for row in rows), zip(*columns, strict=True), strict=True)


def _plain(column: Any, rows: Any) -> list[Any]:
    """Return values as integers, text or truths, which compare as the rows do."""
    if pa.types.is_string(column.type) or pa.types.is_boolean(column.type):
        return list(column.take(pa.array(rows)).to_pylist())
    return list(integers(column)[rows].tolist())


def _leave_out(batch: Any, rows: list[int]) -> Any:
    """Return a batch without some rows."""
    ends = [*rows, batch.num_rows]
    starts = [0, *(row + 1 for row in rows)]
    parts = [batch.slice(a, b - a) for a, b in zip(starts, ends, strict=True) if b > a]
    if not parts:
        return batch.slice(0, 0)
    return pa.Table.from_batches(parts, batch.schema).combine_chunks().to_batches()[0]
