"""Files whose rows are columns, and some of their rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from argosy_loaders.batches import Ints


class Source(Protocol):
    """A file whose rows are columns: CSV or Parquet."""

    path: Path
    names: list[str]

    def require(self, column: str, field: str) -> None:
        """Refuse a column that the file does not have, or has more than once."""
        ...

    def batches(self, columns: Sequence[str]) -> Iterator[Any]:
        """Yield RecordBatches of columns."""
        ...

    def place(self, row: int) -> str:
        """Say where a row, from 0, stands."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a file, and where in it they stand.

    Parameters
    ----------
    start : rows of the file before the piece that these are of
    rows : of that piece, where only some of them were taken
    """

    source: Source
    start: int
    table: Any
    rows: Any = None

    def part(self, rows: Any) -> "Page":
        """Return some of the rows."""
        inside = rows if self.rows is None else self.rows.take(rows)
        return Page(self.source, self.start, self.table.take(rows), inside)

    @property
    def numbers(self) -> Ints:
        """The numbers of the rows in the file, from 0."""
        inside = np.arange(self.table.num_rows) if self.rows is None else self.rows.to_numpy()
        numbers: Ints = self.start + inside.astype(np.int64)
        return numbers

    def place(self, row: int) -> str:
        """Say where a row of these stands."""
        inside = row if self.rows is None else self.rows[row].as_py()
        return self.source.place(self.start + inside)
