"""Streams: where rows come from, as Arrow batches in the order of `ts_init`.

The kernel asks nothing of a stream but its batches. A catalog reads them from files, memory slices
a table, a generator makes them as they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from argosy.errors import DataError

BATCH_ROWS = 65_536


class Stream:
    """Rows of one data type for one instrument or bar type.

    Parameters
    ----------
    data_type : QuoteTick, TradeTick, Bar or OrderBookDelta
    key : InstrumentId, or BarType for bars
    price_precision, size_precision : of every row
    """

    def __init__(
        self, data_type: type, key: Any, price_precision: int, size_precision: int
    ) -> None:
        self.data_type = data_type
        self.key = key
        self.price_precision = price_precision
        self.size_precision = size_precision

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.place})"

    @property
    def place(self) -> str:
        """What errors call the stream."""
        return f"{self.data_type.__name__} {self.key}"

    @property
    def rows(self) -> int:
        """How many rows there are, for the progress that is shown; 0 where that is not known."""
        return 0

    @property
    def span(self) -> tuple[int, int] | None:
        """The times (ns) of the first and the last row; None where they are not known."""
        return None

    def check(self) -> None:
        """Look whether the rows can be read, as far as that is quickly seen.

        Raises
        ------
        InputError : what is wrong with them
        """

    def batches(self, start_ns: int | None, end_ns: int | None) -> Iterator[Any]:
        """Yield RecordBatches of rows with start <= ts_init <= end (ns), in that order."""
        raise DataError("a stream must define batches(start_ns, end_ns)", place=self.place)


class MemoryStream(Stream):
    """Rows of Arrow tables or batches in memory, sliced into batches.

    Parameters
    ----------
    tables : Tables or RecordBatches of one schema, in order of `ts_init`
    batch_rows : rows a batch at most; the result of a run does not depend on it
    """

    def __init__(
        self,
        data_type: type,
        key: Any,
        price_precision: int,
        size_precision: int,
        tables: list[Any],
        batch_rows: int = BATCH_ROWS,
    ) -> None:
        super().__init__(data_type, key, price_precision, size_precision)
        self.tables = tables
        self.batch_rows = batch_rows

    def batches(self, start_ns: int | None, end_ns: int | None) -> Iterator[Any]:
        """Yield slices; cutting at start and end is left to whoever reads the rows."""
        for table in self.tables:
            whole = table.to_batches() if hasattr(table, "to_batches") else [table]
            for batch in whole:
                for first in range(0, batch.num_rows, self.batch_rows):
                    yield batch.slice(first, self.batch_rows)


class GeneratorStream(Stream):
    """Rows of batches that a function makes on demand, such as a synthetic series."""

    def __init__(
        self,
        data_type: type,
        key: Any,
        price_precision: int,
        size_precision: int,
        make: Callable[[], Iterator[Any]],
    ) -> None:
        super().__init__(data_type, key, price_precision, size_precision)
        self.make = make

    def batches(self, start_ns: int | None, end_ns: int | None) -> Iterator[Any]:
        """Yield what the function makes."""
        return self.make()
