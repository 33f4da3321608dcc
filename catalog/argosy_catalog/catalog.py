"""`ParquetDataCatalog`: market data, instruments and runs on disk, for Python."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa

from argosy.config.secret import Secret
from argosy.errors import CatalogError, suggest
from argosy.kernel.stream import BATCH_ROWS
from argosy.model.bar_type import BarType
from argosy.model.data import Bar, OrderBookDelta, QuoteTick, TradeTick
from argosy.model.instruments import Instrument
from argosy_catalog.hindsight import hindsight
from argosy_catalog.lake.index import DataFile, data_files, snapshot_to_read
from argosy_catalog.lake.instruments import read_instruments
from argosy_catalog.lake.kinds import KINDS, Kind, Table, kind_of
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.parquet import NS_MAX, NS_MIN, ROW_GROUP_ROWS
from argosy_catalog.lake.statuses import objects_of
from argosy_catalog.lake.storage import Place, place
from argosy_catalog.lake.times import Moment, ns_of
from argosy_catalog.read.holds import Holds
from argosy_catalog.read.names import Names, answers, names_of
from argosy_catalog.read.stream import CatalogStream
from argosy_catalog.runs.ledger import RunLedger, write_run
from argosy_catalog.runs.run_inputs import RunInputs
from argosy_catalog.upkeep.history import snapshot_at
from argosy_catalog.upkeep.upkeep import Upkeep, cover
from argosy_catalog.write.duplicates import OnDuplicate
from argosy_catalog.write.policies import OnOverlap
from argosy_catalog.write.writer import MarketWriter

if TYPE_CHECKING:
    from argosy.parts.loader import Loader
    from argosy_catalog.read.session import SqlSession
    from argosy_catalog.write.ingest import Loaded

PREFETCH = 4
"""Batches that a second thread decodes while their objects are made."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What the catalog holds of one key at one pair of precisions.

    Parameters
    ----------
    kind : quotes, trades, bars or deltas
    key : instrument id or bar type
    first_ns, last_ns : `ts_init` of the first and the last row
    """

    kind: str
    key: str
    price_precision: int
    size_precision: int
    rows: int
    files: int
    size_bytes: int
    first_ns: int
    last_ns: int


class ParquetDataCatalog(Upkeep, RunInputs):
    """A folder of market data, instruments and runs that SQL can query.

    Parameters
    ----------
    path : the folder, made where it is missing unless `read_only`; or ``s3://bucket/prefix``
    metadata : where it is kept what the files are: ``postgres:...`` or the path of a SQLite file;
        in the folder if None
    read_only : refuse every write
    snapshot : read the catalog as it was then; see `at`
    """

    def __init__(
        self,
        path: str | Place,
        *,
        metadata: str | Path | Secret | None = None,
        read_only: bool = False,
        snapshot: int | None = None,
    ) -> None:
        self.path = place(path)
        self._metadata = metadata
        self._snapshot = snapshot
        is_fixed = read_only or snapshot is not None
        self._lake = Lake(self.path, metadata=metadata, read_only=is_fixed)
        self._holds = Holds(self._lake)
        self._session: SqlSession | None = None

    def __enter__(self) -> Self:
        """Return the catalog."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the catalog."""
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.path)!r})"

    @property
    def exists(self) -> bool:
        """Whether something was written yet."""
        return self._lake.exists

    def close(self) -> None:
        """Close the connections; the catalog may be used again."""
        if self._session is not None:
            self._session.close()
        self._close_desk()
        self._lake.close()

    # Writing

    def writer(
        self, *, on_overlap: OnOverlap = "refuse", on_duplicate: OnDuplicate = "allow"
    ) -> MarketWriter:
        """Return a writer of batches; its rows become visible together, when its block ends.

        Parameters
        ----------
        on_overlap, on_duplicate : see `write_data`
        """
        return MarketWriter(self._lake, on_overlap=on_overlap, on_duplicate=on_duplicate)

    def write_data(
        self,
        data: Any,
        *,
        data_type: type | None = None,
        identifier: str | BarType | None = None,
        start: Moment = None,
        end: Moment = None,
        on_overlap: OnOverlap = "refuse",
        on_duplicate: OnDuplicate = "allow",
    ) -> int:
        """Write objects, or Arrow rows of one instrument or bar type, all or nothing.

        Parameters
        ----------
        data : an iterable of market data and instruments, sorted by `ts_init`; or a Table,
            RecordBatch or RecordBatchReader in the schema of its type
        data_type, identifier : what Arrow rows are, where their schema does not say; and whose
            time `start` and `end` are
        start, end : first and last moment of which `data` has every row, where that is more than
            from its first to its last; without rows the time is then known to be empty
        on_overlap : refuse rows in a time for which the catalog has rows; keep what it has, and
            add what lies outside of it; or replace what it has from the first to the last new row
            or from start to end
        on_duplicate : allow rows that equal another row of `data` in every column, as a venue may
            print one thing twice; refuse them; or drop all but the first

        Returns
        -------
        how many rows and new instruments were written

        Raises
        ------
        DataError : rows out of order, values out of range
        CatalogError : the catalog holds rows of the same key and time
        """
        with self.writer(on_overlap=on_overlap, on_duplicate=on_duplicate) as writer:
            if start is not None or end is not None:
                cover(writer, data_type, identifier, start, end)
            if hasattr(data, "schema"):
                writer.append_arrow(data, data_type, identifier)
            else:
                writer.append_objects([data] if isinstance(data, Instrument) else data)
        return writer.rows

    def ingest(
        self,
        paths: Sequence[str | Path],
        loader: "str | Loader | None" = None,
        settings: Mapping[str, Any] | None = None,
        *,
        on_overlap: OnOverlap = "refuse",
        on_duplicate: OnDuplicate = "allow",
    ) -> list["Loaded"]:
        """Load files, all of them or none.

        Parameters
        ----------
        paths : the earliest first
        loader : the name of one, an object with `guess` and `load`, or None to guess from each file
        settings : of a loader that is named or guessed, spelled as in a file for ``--map``
        on_overlap, on_duplicate : see `write_data`

        Raises
        ------
        DataError : with file and line or record
        """
        from argosy.plugins.host import PluginHost
        from argosy_catalog.write.choice import plan_ingest
        from argosy_catalog.write.ingest import Ingest

        files = [Path(path) for path in paths]
        if loader is None or isinstance(loader, str):
            plan = plan_ingest(files, PluginHost.installed(), use=loader, options=settings)
        else:
            plan = [(files, loader)]
        with self.writer(on_overlap=on_overlap, on_duplicate=on_duplicate) as writer:
            work = Ingest(writer, {str(each.id): each for each in self.instruments()})
            for some, chosen in plan:
                work.read(some, chosen)
            work.finish()
        return work.report()

    def run_ledger(self, run_id: str) -> RunLedger:
        """Return a ledger that takes the event log of a run as it goes."""
        return RunLedger(self._lake, run_id)

    def write_run(
        self, run: Mapping[str, Any], tables: Mapping[str, Any], events: Iterable[Any] = ()
    ) -> None:
        """Write a finished run in one transaction; see `RunLedger.commit`."""
        write_run(self._lake, run, tables, events)

    # Reading

    def query(
        self,
        data_type: type,
        identifiers: Names = None,
        start: Moment = None,
        end: Moment = None,
    ) -> list[Any]:
        """Return objects with start <= ts_init <= end, sorted by `ts_init`.

        Parameters
        ----------
        data_type : QuoteTick, TradeTick, Bar, OrderBookDelta, or Instrument
        """
        if issubclass(data_type, Instrument):
            found = self.instruments(identifiers)
            return [each for each in found if isinstance(each, data_type)]
        first, last = ns_of(start, NS_MIN), ns_of(end, NS_MAX)
        kind = kind_of(data_type)
        streams = self._streams(kind, identifiers, first, last, prefetch=PREFETCH)
        each = [_objects(stream, first, last) for stream in streams]
        return each[0] if len(each) == 1 else list(merge(*each, key=attrgetter("ts_init")))

    def quote_ticks(
        self, instrument_ids: Names = None, start: Moment = None, end: Moment = None
    ) -> list[QuoteTick]:
        """Return quotes, sorted by `ts_init`."""
        return self.query(QuoteTick, instrument_ids, start, end)

    def trade_ticks(
        self, instrument_ids: Names = None, start: Moment = None, end: Moment = None
    ) -> list[TradeTick]:
        """Return trades, sorted by `ts_init`."""
        return self.query(TradeTick, instrument_ids, start, end)

    def bars(self, bar_types: Names = None, start: Moment = None, end: Moment = None) -> list[Bar]:
        """Return bars of bar types, or all bars of instruments, sorted by `ts_init`."""
        return self.query(Bar, bar_types, start, end)

    def order_book_deltas(
        self, instrument_ids: Names = None, start: Moment = None, end: Moment = None
    ) -> list[OrderBookDelta]:
        """Return order book deltas, sorted by `ts_init`."""
        return self.query(OrderBookDelta, instrument_ids, start, end)

    def instruments(self, instrument_ids: Names = None) -> list[Instrument]:
        """Return the newest definition of each instrument, sorted by id."""
        names = names_of(instrument_ids)
        if not self._lake.exists:
            return []  # asking makes no folder
        return read_instruments(self._lake, names, self._snapshot)

    def arrow(
        self,
        data_type: type,
        identifier: str | BarType,
        start: Moment = None,
        end: Moment = None,
        *,
        batch_rows: int = ROW_GROUP_ROWS,
    ) -> Any:
        """Return a RecordBatchReader over the rows of one instrument or bar type.

        Where its precision changed over time, all rows come with the most decimals.
        """
        first, last = ns_of(start, NS_MIN), ns_of(end, NS_MAX)
        streams = self.streams(data_type, identifier, start, end)
        if len({stream.key for stream in streams}) > 1:
            names = ", ".join(str(stream.key) for stream in streams)
            raise CatalogError(f"{identifier} has several bar types", cure=f"Give one of {names}")
        schema = Table.of(
            kind_of(data_type),
            max(stream.price_precision for stream in streams),
            max(stream.size_precision for stream in streams),
        ).row_schema
        files = sorted((f for stream in streams for f in stream.files), key=lambda f: f.first_ns)
        options: dict[str, Any] = {
            "batch_rows": batch_rows,
            "hold": streams[0].hold,
            "altered": streams[0].altered,
        }
        batches = (
            batch if batch.schema == schema else batch.cast(schema)
            for file in files
            for batch in CatalogStream([file], **options).batches(first, last)
        )
        return pa.RecordBatchReader.from_batches(schema, batches)

    def streams(
        self,
        data_type: type,
        identifiers: Names = None,
        start: Moment = None,
        end: Moment = None,
        *,
        snapshot: int | None = None,
        batch_rows: int = BATCH_ROWS,
        prefetch: int = 0,
    ) -> list[CatalogStream]:
        """Return what replay reads: a stream for each key, and for each precision that it had.

        Their snapshot does not expire as long as one of them is there.

        Parameters
        ----------
        identifiers : in the order in which the streams shall come
        snapshot : an id that `snapshot` returned; else the newest
        batch_rows : rows in a batch at most
        prefetch : batches that a second thread decodes ahead

        Raises
        ------
        CatalogError : the catalog holds nothing under one of the names, or the snapshot has expired
        """
        kind = kind_of(data_type)
        first, last = ns_of(start, NS_MIN), ns_of(end, NS_MAX)
        found = self._streams(
            kind, identifiers, first, last, snapshot, batch_rows=batch_rows, prefetch=prefetch
        )
        for name in names_of(identifiers) or ():
            if not any(_is_named(stream.files[0], name) for stream in found):
                raise self._nothing(kind, name, start, end)
        return found

    def sql(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> Any:
        """Return the rows of a SELECT as an Arrow Table; see `SqlSession.run`.

        The views are quotes, trades, bars, deltas, instruments and coverage, and of the runs: runs,
        events, orders, fills, positions, accounts and equity.
        """
        return self._sql().run(query, parameters)

    def sql_batches(
        self, query: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None
    ) -> Any:
        """Return the rows of a SELECT as a RecordBatchReader; see `SqlSession.stream`."""
        return self._sql().stream(query, parameters)

    def save_view(self, name: str, query: str) -> None:
        """Keep a query under a name; see `saved.save_view`."""
        from argosy_catalog.read.saved import save_view

        save_view(self._lake, self._sql(), name, query)

    def drop_view(self, name: str) -> None:
        """Forget a view that `save_view` made."""
        from argosy_catalog.read.saved import drop_view

        drop_view(self._lake, name)

    def _sql(self) -> "SqlSession":
        if self._session is None:
            from argosy_catalog.read.session import SqlSession

            self._session = SqlSession(self._lake, snapshot=self._snapshot)
        return self._session

    def snapshot(self) -> int:
        """Return the id of the newest snapshot, or of that at which the catalog is read."""
        return self._lake.snapshot() if self._snapshot is None else self._snapshot

    @contextmanager
    def hold(self) -> Iterator[int]:
        """Lend the id that `snapshot` returns, of a snapshot that stays until the block ends.

        What a run reads in between can be named in its receipt: `expire` leaves it.
        """
        if not self._lake.exists:
            yield self.snapshot()  # asking makes no folder
            return
        hold = self._holds.hold(self._snapshot, always=True)
        with hold.in_use():
            yield hold.snapshot

    def at(self, snapshot: int | Moment) -> Self:
        """Return the catalog as it was at a snapshot or a time, to read.

        Parameters
        ----------
        snapshot : a number that `history` or `snapshot` returned, or a time as text or datetime
        """
        number = snapshot_at(self._there(), snapshot)
        return type(self)(self.path, metadata=self._metadata, read_only=True, snapshot=number)

    def holdings(self, data_type: type | None = None) -> list[Holding]:
        """Return what market data there is, by kind and key."""
        kind = kind_of(data_type) if data_type else None
        files = hindsight.shown(self._files(kind))
        found = [_holding(list(same)) for _, same in groupby(files, lambda f: (f.table, f.key))]
        order = [kind.name for kind in KINDS]
        return sorted(found, key=lambda each: (order.index(each.kind), each.key))

    def _files(self, kind: Kind | None, snapshot: int | None = None) -> list[DataFile]:
        if not self._lake.exists:
            return []  # asking makes no folder
        with self._lake.metadata() as select:
            named = self._snapshot if snapshot is None else snapshot
            at = snapshot_to_read(select, named, self._lake.data_path)
            return data_files(select, self._lake.data_path, kind=kind, snapshot=at)

    def _streams(
        self,
        kind: Kind,
        identifiers: Names,
        start_ns: int,
        end_ns: int,
        snapshot: int | None = None,
        **options: Any,
    ) -> list[CatalogStream]:
        if not self._lake.exists:
            return []  # asking makes no folder
        hold = self._holds.hold(self._snapshot if snapshot is None else snapshot)
        files = self._files(kind, hold.snapshot)
        names = names_of(identifiers)
        chosen: dict[tuple[Table, str], dict[DataFile, None]] = {}
        for name in names if names is not None else (None,):
            for file in files:
                if (name is None or _is_named(file, name)) and file.overlaps(start_ns, end_ns):
                    chosen.setdefault((file.table, file.key), {})[file] = None
        options |= {"hold": hold, "altered": hindsight.alteration_of(files)}
        return [CatalogStream(list(same), **options) for same in chosen.values()]

    def _nothing(self, kind: Kind, name: str, start: Moment, end: Moment) -> CatalogError:
        held = {holding.key for holding in self.holdings(kind.data_type)}
        span = f" from {start} to {end}" if name in held else ""
        hint = "`argosy catalog ls` shows what there is" if name in held else suggest(name, held)
        return CatalogError(
            f"there are no {kind.name} of {name}{span}",
            place=str(self.path),
            cure=hint[:1].upper() + hint[1:] or "Load data with `argosy catalog ingest`",
        )


def _objects(stream: CatalogStream, start_ns: int, end_ns: int) -> list[Any]:
    found: list[Any] = []
    for batch in stream.batches(start_ns, end_ns):
        found += objects_of(stream.data_type, batch, stream.key)
    return found


def _is_named(file: DataFile, name: str) -> bool:
    return answers(file.table.kind, file.key, name)


def _holding(files: list[DataFile]) -> Holding:
    table = files[0].table
    return Holding(
        table.kind.name,
        files[0].key,
        table.price_precision,
        table.size_precision,
        rows=sum(file.rows for file in files),
        files=len(files),
        size_bytes=sum(file.size_bytes for file in files),
        first_ns=min(file.first_ns for file in files),
        last_ns=max(file.last_ns for file in files),
    )
