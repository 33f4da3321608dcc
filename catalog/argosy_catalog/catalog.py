"""`ParquetDataCatalog`: market data, instruments and runs on disk, for Python."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from argosy.config.secret import Secret
from argosy.kernel.stream import BATCH_ROWS
from argosy.model.bar_type import BarType
from argosy.model.data import Bar, OrderBookDelta, QuoteTick, TradeTick
from argosy.model.instruments import Instrument
from argosy.model.kinds import KINDS, Kinds
from argosy_catalog.hindsight import present
from argosy_catalog.lake.coverage import CoverageSpan
from argosy_catalog.lake.intervals import Span
from argosy_catalog.lake.kinds import Stored
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.parquet import ROW_GROUP_ROWS
from argosy_catalog.lake.storage import Place, place
from argosy_catalog.lake.times import Moment
from argosy_catalog.read.asking import Asking
from argosy_catalog.read.inventory import Holding
from argosy_catalog.read.names import Names
from argosy_catalog.read.reading import Reading
from argosy_catalog.read.stream import CatalogStream
from argosy_catalog.runs.ledger import RunLedger
from argosy_catalog.runs.runs import Runs
from argosy_catalog.upkeep.history import Snapshot
from argosy_catalog.upkeep.upkeep import Upkeep
from argosy_catalog.write.duplicates import OnDuplicate
from argosy_catalog.write.policies import OnOverlap
from argosy_catalog.write.writer import MarketWriter
from argosy_catalog.write.writing import Writing

if TYPE_CHECKING:
    from argosy.parts.loader import Loader
    from argosy_catalog.upkeep.compaction import Compacted
    from argosy_catalog.upkeep.expiry import Expired
    from argosy_catalog.upkeep.removal import Removed
    from argosy_catalog.upkeep.verification import Verified
    from argosy_catalog.write.ingest import Loaded


class ParquetDataCatalog:
    """A folder of market data, instruments and runs that SQL can query.

    What it does is done by its roles, which share its lake; here are their calls in one place.

    Parameters
    ----------
    path : the folder, made where it is missing unless `read_only`; or ``s3://bucket/prefix``
    metadata : where it is kept what the files are: ``postgres:...`` or the path of a SQLite file;
        in the folder if None
    read_only : refuse every write
    snapshot : read the catalog as it was then; see `at`
    kinds : of data that it keeps; tables of others stay out of sight

    Attributes
    ----------
    reading, asking, writing, runs, upkeep : its roles
    """

    def __init__(
        self,
        path: str | Place,
        *,
        metadata: str | Path | Secret | None = None,
        read_only: bool = False,
        snapshot: int | None = None,
        kinds: Kinds = KINDS,
    ) -> None:
        self.path = place(path)
        self._metadata = metadata
        is_fixed = read_only or snapshot is not None
        stored = Stored(kinds)
        self._lake = Lake(self.path, metadata=metadata, read_only=is_fixed, kinds=stored)
        self.reading = Reading(self._lake, snapshot)
        self.asking = Asking(self._lake, snapshot)
        self.writing = Writing(self._lake)
        self.runs = Runs(self._lake, self.asking, snapshot)
        self.upkeep = Upkeep(self._lake, snapshot)

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

    @property
    def kinds(self) -> Kinds:
        """The kinds of data that it may keep."""
        return self._lake.kinds.known

    def keeping(self, kinds: Kinds) -> Self:
        """Return the catalog as one that keeps these kinds of data."""
        if kinds == self.kinds:
            return self
        return type(self)(
            self.path,
            metadata=self._metadata,
            read_only=self._lake.read_only,
            snapshot=self.reading.snapshot,
            kinds=kinds,
        )

    def close(self) -> None:
        """Close the connections; the catalog may be used again."""
        self.asking.close()
        self.runs.close()
        self._lake.close()

    # Writing

    def writer(
        self, *, on_overlap: OnOverlap = "refuse", on_duplicate: OnDuplicate = "allow"
    ) -> MarketWriter:
        """Return a writer of batches; its rows become visible together, when its block ends."""
        return self.writing.writer(on_overlap=on_overlap, on_duplicate=on_duplicate)

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
        """Write objects, or Arrow rows of one key, and return how many; see `Writing.write`."""
        return self.writing.write(
            data,
            data_type=data_type,
            identifier=identifier,
            start=start,
            end=end,
            on_overlap=on_overlap,
            on_duplicate=on_duplicate,
        )

    def ingest(
        self,
        paths: Sequence[str | Path],
        loader: "str | Loader | None" = None,
        settings: Mapping[str, Any] | None = None,
        *,
        on_overlap: OnOverlap = "refuse",
        on_duplicate: OnDuplicate = "allow",
    ) -> list["Loaded"]:
        """Load files, all of them or none; see `Writing.ingest`."""
        return self.writing.ingest(
            paths, loader, settings, on_overlap=on_overlap, on_duplicate=on_duplicate
        )

    def mark_empty(
        self, data_type: type, identifier: str | BarType, start: Moment, end: Moment
    ) -> None:
        """Note that there are no rows from start to end, both included: nobody need ask again."""
        self.writing.mark_empty(data_type, identifier, start, end)

    # Reading

    def query(
        self,
        data_type: type,
        identifiers: Names = None,
        start: Moment = None,
        end: Moment = None,
    ) -> list[Any]:
        """Return objects with start <= ts_init <= end, sorted by `ts_init`; or instruments."""
        return self.reading.query(data_type, identifiers, start, end)

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
        return self.reading.instruments(instrument_ids)

    def arrow(
        self,
        data_type: type,
        identifier: str | BarType,
        start: Moment = None,
        end: Moment = None,
        *,
        batch_rows: int = ROW_GROUP_ROWS,
    ) -> Any:
        """Return a RecordBatchReader over the rows of one key; see `Reading.arrow`."""
        return self.reading.arrow(data_type, identifier, start, end, batch_rows=batch_rows)

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
        """Return what replay reads: a stream for each key; see `Reading.streams`."""
        return self.reading.streams(
            data_type,
            identifiers,
            start,
            end,
            snapshot=snapshot,
            batch_rows=batch_rows,
            prefetch=prefetch,
        )

    def holdings(self, data_type: type | None = None) -> list[Holding]:
        """Return what market data there is, by kind and key."""
        return self.reading.inventory.holdings(data_type)

    def coverage(
        self,
        data_type: type | None = None,
        identifiers: Names = None,
        start: Moment = None,
        end: Moment = None,
    ) -> list[CoverageSpan]:
        """Return which time is held, known to be empty, or missing; see `Inventory.coverage`."""
        return self.reading.inventory.coverage(data_type, identifiers, start, end)

    def missing(
        self, data_type: type, identifier: str | BarType, start: Moment, end: Moment
    ) -> list[Span]:
        """Return what of a time was never fetched: first and last nanosecond of each stretch."""
        return self.reading.inventory.missing(data_type, identifier, start, end)

    def snapshot(self) -> int:
        """Return the id of the newest snapshot, or of that at which the catalog is read."""
        return self.reading.newest()

    def hold(self) -> AbstractContextManager[int]:
        """Lend the id that `snapshot` returns, of a snapshot that stays until the block ends."""
        return self.reading.hold()

    def at(self, snapshot: int | Moment) -> Self:
        """Return the catalog as it was at a snapshot or a time, to read.

        Parameters
        ----------
        snapshot : a number that `history` or `snapshot` returned, or a time as text or datetime
        """
        number = self.upkeep.number_at(snapshot)
        return type(self)(
            self.path,
            metadata=self._metadata,
            read_only=True,
            snapshot=number,
            kinds=self.kinds,
        )

    # SQL

    def sql(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> Any:
        """Return the rows of a SELECT as an Arrow Table; see `SqlSession.run`.

        The views are quotes, trades, bars, deltas, instruments and coverage, and of the runs: runs,
        events, orders, fills, positions, accounts and equity.
        """
        return self.asking.table(query, parameters)

    def sql_batches(
        self, query: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None
    ) -> Any:
        """Return the rows of a SELECT as a RecordBatchReader; see `SqlSession.stream`."""
        return self.asking.batches(query, parameters)

    def save_view(self, name: str, query: str) -> None:
        """Keep a query under a name; see `saved.save_view`."""
        self.asking.save(name, query)

    def drop_view(self, name: str) -> None:
        """Forget a view that `save_view` made."""
        self.asking.drop(name)

    # Runs

    @property
    def queries(self) -> Runs:
        """What answers the queries of runs."""
        return self.runs

    @property
    def hindsight(self) -> Self:
        """What shows other data to the search for lookahead."""
        return self

    def run_ledger(self, run_id: str) -> RunLedger:
        """Return a ledger that takes the event log of a run as it goes."""
        return self.runs.ledger(run_id)

    def write_run(
        self, run: Mapping[str, Any], tables: Mapping[str, Any], events: Iterable[Any] = ()
    ) -> None:
        """Write a finished run in one transaction; see `RunLedger.commit`."""
        self.runs.write(run, tables, events)

    def feature_rows(
        self,
        query: str,
        params: Mapping[str, Any] | None = None,
        *,
        snapshot: int | None = None,
        until_ns: int | None = None,
        decimals: Mapping[str, int] | None = None,
        is_reversed: bool = False,
    ) -> Any:
        """Return what a query feeds to a run, the same each time; see `Runs.feature_rows`."""
        return self.runs.feature_rows(
            query,
            params,
            snapshot=snapshot,
            until_ns=until_ns,
            decimals=decimals,
            is_reversed=is_reversed,
        )

    def run_features(self, run_id: str, source: str) -> Any:
        """Return the rows that a query fed to a run, as `feature_rows` returned them."""
        return self.runs.features(run_id, source)

    def changed_after(
        self, time_ns: int, *, is_falling: bool = False
    ) -> AbstractContextManager[None]:
        """Let every catalog that is read in the block show other data after a time (ns).

        It serves the search for lookahead; see `present.changed_after`. Other threads go on with
        the data as they are, and so does what is on disk.

        Parameters
        ----------
        is_falling : which of two outcomes; what is read of later data differs in one of them
        """
        return present.changed_after(time_ns, is_falling=is_falling)

    # Upkeep

    def delete(
        self,
        data_type: type,
        identifiers: Names = None,
        start: Moment = None,
        end: Moment = None,
        *,
        dry_run: bool = False,
    ) -> "list[Removed]":
        """Delete the rows with start <= ts_init <= end; see `Upkeep.delete`."""
        return self.upkeep.delete(data_type, identifiers, start, end, dry_run=dry_run)

    def restore(
        self,
        snapshot: int | Moment,
        data_type: type,
        identifiers: Names = None,
        start: Moment = None,
        end: Moment = None,
    ) -> "list[Removed]":
        """Make rows and coverage from start to end what they were at a snapshot or a time."""
        return self.upkeep.restore(snapshot, data_type, identifiers, start, end)

    def compact(
        self, data_type: type | None = None, identifiers: Names = None, *, dry_run: bool = False
    ) -> "list[Compacted]":
        """Join small files into few of replay size; return what was joined, by key."""
        return self.upkeep.compact(data_type, identifiers, dry_run=dry_run)

    def history(self) -> list[Snapshot]:
        """Return the snapshots that there are and what each changed, the oldest first."""
        return self.upkeep.history()

    def expire(
        self, older_than: Moment = None, *, keep: int = 1, dry_run: bool = False
    ) -> "Expired":
        """Let go of old snapshots and of the files that only they needed; see `Upkeep.expire`."""
        return self.upkeep.expire(older_than, keep=keep, dry_run=dry_run)

    def clear_orphans(self, older_than: Moment = None, *, dry_run: bool = False) -> list[str]:
        """Remove files that dead writers left, and return their places; see `Upkeep`."""
        return self.upkeep.clear_orphans(older_than, dry_run=dry_run)

    def unlisted(self) -> list[str]:
        """Return the files that writers finished and no snapshot knows: other metadata's."""
        return self.upkeep.unlisted()

    def verify(self) -> "Verified":
        """Check the files of all snapshots, byte by byte and row by row, and tell what is wrong."""
        return self.upkeep.verify()

    def forget_broken(self) -> "list[Removed]":
        """Go on without the broken files of market data; return which rows are lost."""
        return self.upkeep.forget_broken()
