"""Writing market data: rows stream into sorted files that become visible in one transaction."""

import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import pyarrow as pa

from argosy.errors import CatalogError
from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import Instrument
from argosy_catalog import checks, layout, views
from argosy_catalog.buffers import constant
from argosy_catalog.index import data_files, market_tables, newest_snapshot
from argosy_catalog.instruments import add_instruments
from argosy_catalog.kinds import SCHEMA, Table
from argosy_catalog.lake import CommitError, Lake
from argosy_catalog.metadata import Select
from argosy_catalog.parquet import NS_MIN, ROW_GROUP_ROWS, ParquetSink, WrittenFile
from argosy_catalog.storage import Place
from argosy_catalog.times import text_of

FILE_ROWS = 128 * ROW_GROUP_ROWS
"""A file that holds so many rows is followed by another: about 200 MB of quotes."""


PENDING_ROWS = 32 * ROW_GROUP_ROWS
"""So many rows wait in memory at most, over all keys: about 200 MB."""


@dataclass(slots=True)
class _Series:
    """What is being written of one key into one table."""

    table: Table
    key: InstrumentId | BarType
    schema: Any
    constants: list[Any]
    first_ns: int
    last_ns: int
    sink: ParquetSink | None = None
    files: list[WrittenFile] = field(default_factory=list)


class MarketWriter:
    """Write rows of any number of keys, once: nothing is visible before `commit`, all of it after.

    Definitions that are put into its list `instruments` are written with them.

    As a context manager it commits at the end of the block, and cleans up if the block raises.

    Parameters
    ----------
    lake : to write into
    """

    def __init__(self, lake: Lake) -> None:
        self.lake = lake
        self.rows = 0
        self.instruments: list[Instrument] = []
        self._worker = ThreadPoolExecutor(1, "argosy-parquet")
        self._warming: Thread | None = None
        self._series: dict[tuple[Table, str], _Series] = {}

    def __enter__(self) -> Self:
        """Return the writer."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Commit, or clean up."""
        if kind is None:
            self.commit()
        else:
            self.abort()

    def append(self, table: Table, key: InstrumentId | BarType, batch: Any) -> None:
        """Add a batch in the table's row schema, sorted, behind what was added before.

        Raises
        ------
        DataError : rows out of order, nulls, values out of range
        CatalogError : the catalog already holds rows of this key in the same time
        """
        if not batch.num_rows:
            return
        series = self._series.get((table, str(key)))
        after_ns = self.last_ns(table, key)
        place = f"{table.kind.name} of {key}"
        first, last = checks.check_batch(table, batch, after_ns=after_ns, place=place)
        if series is None:
            series = self._begin(table, key, first)
        sink = self._sink(series, first)
        for offset in range(0, batch.num_rows, ROW_GROUP_ROWS):
            sink.append(_with_key(series, batch.slice(offset, ROW_GROUP_ROWS)))
        series.last_ns = last
        self.rows += batch.num_rows
        self._relieve()

    def append_arrow(self, rows: Any) -> None:
        """Add Arrow rows of one key whose schema says what they are, as `write_data` takes them."""
        from argosy_catalog.intake import append_arrow  # which needs this module

        append_arrow(self, rows, None, None)

    def last_ns(self, table: Table, key: InstrumentId | BarType) -> int:
        """Return `ts_init` of the last row that was added of a key; before all time if none was."""
        series = self._series.get((table, str(key)))
        return series.last_ns if series else NS_MIN

    def commit(self) -> int:
        """Make everything visible at once.

        Returns
        -------
        how many rows and new instruments were written
        """
        written = list(self._series.values())
        try:
            for series in written:
                _end_file(series)
            if written or self.instruments:
                self._register(written)
        except CommitError:
            self._finish()  # the files stay: they may belong to the lake by now
            raise
        except BaseException:
            self.abort()
            raise
        self._finish()
        return self.rows

    def abort(self) -> None:
        """Remove every file that was written."""
        for series in self._series.values():
            if series.sink is not None:
                series.sink.abort()
            for file in series.files:
                file.path.unlink(missing_ok=True)
        self._finish()

    def _finish(self) -> None:
        self._series.clear()
        self._worker.shutdown()
        if self._warming is not None:
            self._warming.join()

    def _begin(self, table: Table, key: InstrumentId | BarType, first_ns: int) -> _Series:
        """Start a key; a clash that shows at its first row already ends a long load here."""
        values = table.kind.key_values(key).values()
        constants = [constant(value, ROW_GROUP_ROWS) for value in values]
        series = _Series(table, key, table.file_schema(str(key)), constants, first_ns, first_ns)
        if self.lake.exists:
            with self.lake.metadata() as select:
                _refuse_overlap(select, self.lake.data_path, series)
        if self._warming is None:
            self._warming = Thread(target=_load_duckdb, name="argosy-duckdb")
            self._warming.start()
        self._series[table, str(key)] = series
        return series

    def _sink(self, series: _Series, first_ns: int) -> ParquetSink:
        """Return the file that rows from `first_ns` on belong to; one moment is never split."""
        if series.sink and series.sink.rows >= FILE_ROWS and first_ns > series.last_ns:
            _end_file(series)
        if series.sink is None:
            folder = self.lake.data_path / SCHEMA / series.table.name / quote(str(series.key), " ")
            day = text_of(first_ns)[:10]
            series.sink = ParquetSink(
                folder / f"{day}-{uuid.uuid4().hex[:16]}.parquet", series.schema, self._worker
            )
        return series.sink

    def _relieve(self) -> None:
        """Keep memory bounded where rows of many keys alternate."""
        sinks = [series.sink for series in self._series.values() if series.sink is not None]
        if len(sinks) * ROW_GROUP_ROWS > PENDING_ROWS:
            fullest = max(sinks, key=lambda sink: sink.pending_rows)
            if sum(sink.pending_rows for sink in sinks) > PENDING_ROWS:
                fullest.flush()

    def _register(self, written: list[_Series]) -> None:
        if self._warming is not None:
            self._warming.join()
        with self.lake.write() as transaction:
            select = transaction.select
            known = set(market_tables(select, newest_snapshot(select)))
            for number, series in enumerate(written):
                _refuse_overlap(select, self.lake.data_path, series, written[:number])
            new = {series.table for series in written} - known
            for table in sorted(new):
                layout.create_table(transaction.connection, SCHEMA, table.name, table.file_schema())
            for kind in {table.kind for table in new}:
                same = [table for table in known | new if table.kind is kind]
                transaction.execute(views.market_view(kind, same))
            for series in written:
                for file in series.files:
                    transaction.add_file(SCHEMA, series.table.name, file.path)
            if self.instruments:
                self.rows += add_instruments(transaction, self.lake.data_path, self.instruments)


def _load_duckdb() -> None:
    """Load what the commit will need while rows are still being written."""
    with suppress(CatalogError):  # the commit meets the same error
        from argosy_catalog import duck

        duck.connect().close()


def _end_file(series: _Series) -> None:
    if series.sink is not None:
        series.files.append(series.sink.close())
        series.sink = None


def _with_key(series: _Series, batch: Any) -> Any:
    """Put the constant key columns before those of a batch."""
    keys = [each.slice(0, batch.num_rows) for each in series.constants]
    return pa.RecordBatch.from_arrays([*keys, *batch.columns], schema=series.schema)


def _refuse_overlap(
    select: Select, data_path: Place, series: _Series, others: Sequence[_Series] = ()
) -> None:
    """Refuse rows in a time for which the catalog, or another series of this load, has rows."""
    held = [
        (file.first_ns, file.last_ns)
        for file in data_files(select, data_path, kind=series.table.kind, keys={str(series.key)})
    ]
    held += [
        (other.first_ns, other.last_ns)
        for other in others
        if (other.table.kind, other.key) == (series.table.kind, series.key)
    ]
    for first, last in held:
        if first <= series.last_ns and series.first_ns <= last:
            raise CatalogError(
                f"rows from {text_of(first)} to {text_of(last)} are already there; "
                f"these are from {text_of(series.first_ns)} to {text_of(series.last_ns)}",
                place=f"{series.table.kind.name} of {series.key}",
                cure="Leave out the time that the catalog holds",
            )
