"""The rows of one instrument or bar type on their way into files of replay size."""

import uuid
from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pyarrow as pa

from argosy.errors import CatalogError
from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId, Venue
from argosy_catalog.lake.buffers import constant, integers
from argosy_catalog.lake.index import DataFile
from argosy_catalog.lake.intervals import Span
from argosy_catalog.lake.kinds import SCHEMA, Table
from argosy_catalog.lake.parquet import ROW_GROUP_ROWS, ParquetSink, WrittenFile, read_batches
from argosy_catalog.lake.storage import Place
from argosy_catalog.lake.times import text_of

_TIMES = pa.schema([("ts_init", pa.timestamp("ns"))])

FILE_ROWS = 128 * ROW_GROUP_ROWS
"""A file that holds so many rows is followed by another: about 200 MB of quotes."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file of market data that the lake does not know yet.

    Parameters
    ----------
    first_ns, last_ns : `ts_init` of its first and last row
    """

    written: WrittenFile
    table: Table
    key: str
    first_ns: int
    last_ns: int

    @property
    def path(self) -> Place:
        """Where it is."""
        return self.written.path

    @property
    def rows(self) -> int:
        """How many rows it holds."""
        return self.written.rows


class Series:
    """Write sorted rows of one key at one precision into as many files as they need.

    Parameters
    ----------
    data_path : below which the files go
    token : of the writer; a part of the names of files
    worker : encodes row groups while the next ones are made
    """

    def __init__(
        self,
        data_path: Place,
        token: str,
        table: Table,
        key: InstrumentId | BarType | Venue,
        worker: Executor | None = None,
    ) -> None:
        self.table = table
        self.key = key
        self.files: list[NewFile] = []
        self.sink: ParquetSink | None = None
        self.first_ns = self.last_ns = 0
        self.rows = 0
        self._folder = data_path / SCHEMA / table.name / quote(str(key), " ")
        self._token = token
        self._worker = worker
        self._schema = table.file_schema(str(key))
        values = table.kind.key_values(key).values()
        self._constants = [constant(value, ROW_GROUP_ROWS) for value in values]
        self._file_first_ns = 0

    def append(self, batch: Any) -> None:
        """Add rows in the table's row schema, behind what was added before.

        A full file is followed by another; rows of one moment stay together.
        """
        times = integers(batch.column("ts_init"))
        first, last = int(times[0]), int(times[-1])
        if self.sink and self.sink.rows >= FILE_ROWS and first > self.last_ns:
            self.end()
        if self.sink is None:
            self._file_first_ns = first
            self.sink = self._begin(first)
        for offset in range(0, batch.num_rows, ROW_GROUP_ROWS):
            self.sink.append(self._with_key(batch.slice(offset, ROW_GROUP_ROWS)))
        if not self.rows:
            self.first_ns = first
        self.last_ns = last
        self.rows += batch.num_rows

    def end(self) -> None:
        """Complete the file that is being written; more rows would begin another."""
        if self.sink is not None:
            written = self.sink.close()
            key, ends = str(self.key), (self._file_first_ns, self.last_ns)
            self.files.append(NewFile(written, self.table, key, *ends))
            self.sink = None

    def abort(self) -> None:
        """Remove every file that was written."""
        if self.sink is not None:
            self.sink.abort()
            self.sink = None
        for file in self.files:
            file.path.unlink(missing_ok=True)
        self.files.clear()

    def _begin(self, first_ns: int) -> ParquetSink:
        name = f"{text_of(first_ns)[:10]}-{self._token}-{uuid.uuid4().hex[:8]}.parquet"
        return ParquetSink(self._folder / name, self._schema, self._worker)

    def _with_key(self, batch: Any) -> Any:
        """Put the constant key columns before those of a batch."""
        keys = [each.slice(0, batch.num_rows) for each in self._constants]
        return pa.RecordBatch.from_arrays([*keys, *batch.columns], schema=self._schema)


class Scissors:
    """Copy parts of files into new ones, cut exactly at the nanosecond.

    Parameters
    ----------
    data_path, token : as of `Series`
    """

    def __init__(self, data_path: Place, token: str) -> None:
        self._data_path = data_path
        self._token = token
        self._made: list[Series] = []

    def pieces(self, file: DataFile | NewFile, spans: Iterable[Span]) -> list[NewFile]:
        """Write a file for each of the spans in which a file has rows."""
        series = self._series(file)
        for span in spans:
            _copy(file, span, series)
            series.end()
        return series.files

    def joined(self, files: Iterable[DataFile]) -> list[NewFile]:
        """Write the rows of files of one table and key, given in the order of time, together."""
        series: Series | None = None
        for file in files:
            series = series or self._series(file)
            _copy(file, (file.first_ns, file.last_ns), series)
        if series is None:
            return []
        series.end()
        return series.files

    def abort(self) -> None:
        """Remove every file that was made."""
        for series in self._made:
            series.abort()

    def _series(self, file: DataFile | NewFile) -> Series:
        key = file.table.kind.key(file.key)
        series = Series(self._data_path, self._token, file.table, key)
        self._made.append(series)
        return series


def rows_within(file: DataFile, span: Span) -> int:
    """Count the rows of a file in a span; only a file at the edge of it is read."""
    first, last = span
    if first <= file.first_ns and file.last_ns <= last:
        return file.rows
    if not file.overlaps(first, last):
        return 0
    return sum(batch.num_rows for batch in read_batches(file.path, _TIMES, *span, ROW_GROUP_ROWS))


def _copy(file: DataFile | NewFile, span: Span, series: Series) -> None:
    after = series.last_ns if series.rows else span[0]
    for batch in read_batches(file.path, file.table.row_schema, *span, ROW_GROUP_ROWS):
        times = integers(batch.column("ts_init"))
        if times[0] < after or (times[1:] < times[:-1]).any():
            raise CatalogError(
                "the rows of a file are not sorted by ts_init",
                place=str(file.path),
                cure="Load its rows anew; `argosy catalog verify` shows what else is wrong",
            )
        after = int(times[-1])
        series.append(batch)
