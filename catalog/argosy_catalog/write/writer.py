"""Writing market data: rows stream into sorted files that become visible in one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Thread
from types import TracebackType
from typing import Any, Self

from argosy.errors import CatalogError
from argosy.model.bar_type import BarType
from argosy.model.instruments import Instrument
from argosy_catalog.lake.coverage import Coverage, Name, read_coverage, spans_of
from argosy_catalog.lake.index import data_files
from argosy_catalog.lake.instruments import add_instruments
from argosy_catalog.lake.intervals import touched
from argosy_catalog.lake.kinds import Key, Table
from argosy_catalog.lake.lake import CommitError, Lake
from argosy_catalog.lake.metadata import Select
from argosy_catalog.lake.parquet import NS_MIN, ROW_GROUP_ROWS
from argosy_catalog.lake.presence import Presence
from argosy_catalog.lake.times import text_of
from argosy_catalog.write import changes, checks, intake
from argosy_catalog.write.checks import Blame
from argosy_catalog.write.duplicates import Duplicates, OnDuplicate, known_rule
from argosy_catalog.write.policies import Load, OnOverlap, known_policy, refuse_overlap, settle
from argosy_catalog.write.series import NewFile, Scissors, Series

PENDING_ROWS = 32 * ROW_GROUP_ROWS
"""So many rows wait in memory at most, over all keys: about 200 MB."""


class MarketWriter:
    """Write rows of any number of keys, once: nothing is visible before `commit`, all of it after.

    Definitions that are put into its list `instruments` are written with them.

    As a context manager it commits at the end of the block, and cleans up if the block raises.

    Parameters
    ----------
    lake : to write into
    on_overlap : what becomes of rows in a time that the catalog holds; see `policies`
    on_duplicate : what becomes of new rows that equal another new row; see `Duplicates`

    Attributes
    ----------
    rows : that were added so far; after the commit, rows and new instruments that were written
    written : kind and key to rows, after the commit
    removed : kind and key to rows that made way for them, after the commit
    """

    def __init__(
        self,
        lake: Lake,
        *,
        on_overlap: OnOverlap = "refuse",
        on_duplicate: OnDuplicate = "allow",
    ) -> None:
        self.lake = lake
        self.on_overlap: OnOverlap = known_policy(on_overlap)
        self.on_duplicate: OnDuplicate = known_rule(on_duplicate)
        self.rows = 0
        self.written: dict[Name, int] = {}
        self.removed: dict[Name, int] = {}
        self.instruments: list[Instrument] = []
        self._presence = Presence(lake.path)
        self._scissors = Scissors(lake.data_path, self._presence.token)
        self._worker = ThreadPoolExecutor(1, "argosy-parquet")
        self._warming: Thread | None = None
        self._series: dict[tuple[Table, str], Series] = {}
        self._loads: dict[Name, Load] = {}
        self._duplicates: dict[tuple[Table, str], Duplicates] = {}

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

    def append(self, table: Table, key: Key, batch: Any, *, blame: Blame | None = None) -> None:
        """Add a batch in the table's row schema, sorted, behind what was added before.

        Every row is checked here, and only here.

        Parameters
        ----------
        blame : makes the error of a wrong row, for who knows where the row came from

        Raises
        ------
        DataError : rows out of order, nulls, values out of range
        CatalogError : the catalog already holds rows of this key in the same time
        """
        if not batch.num_rows:
            return
        place, after_ns = f"{table.kind.name} of {key}", self.last_ns(table, key)
        first = checks.check_batch(table, batch, after_ns=after_ns, place=place, blame=blame)
        series = self._series.get((table, str(key))) or self._begin(table, key, first)
        batch = self._duplicates[table, str(key)].checked(batch)
        if batch.num_rows:
            series.append(batch)
            self.rows += batch.num_rows
            self._relieve()

    def cover(
        self,
        data_type: type,
        key: Key | str,
        first_ns: int,
        last_ns: int,
    ) -> None:
        """Say that this load brings all rows of a key in a time: where it brings none, none are.

        Parameters
        ----------
        first_ns, last_ns : both belong to the time; `ts_init` of every row must lie in it
        """
        if last_ns < first_ns:
            raise CatalogError(
                f"the time ends at {text_of(last_ns)}, before it begins at {text_of(first_ns)}",
                place=str(key),
                cure="Give the earlier time first",
            )
        kind = self.lake.kinds.of(data_type)
        load = self._loads.setdefault((kind.name, str(key)), Load(kind, str(key)))
        load.claims.append((first_ns, last_ns))

    def append_arrow(
        self, rows: Any, data_type: type | None = None, identifier: str | BarType | None = None
    ) -> None:
        """Add Arrow rows of one key: of a Table, a RecordBatch or a RecordBatchReader.

        Parameters
        ----------
        data_type, identifier : what they are, where their schema does not say
        """
        for table, key, batch in intake.of_arrow(
            rows, data_type, identifier, kinds=self.lake.kinds
        ):
            self.append(table, key, batch)

    def append_objects(self, items: Iterable[Any]) -> None:
        """Add objects and instruments, sorted by `ts_init` for each key."""
        for table, key, batch in intake.of_objects(items, self.instruments, kinds=self.lake.kinds):
            self.append(table, key, batch)

    def last_ns(self, table: Table, key: Key) -> int:
        """Return `ts_init` of the last row that was added of a key; before all time if none was."""
        series = self._series.get((table, str(key)))
        return series.last_ns if series else NS_MIN

    def commit(self) -> int:
        """Make everything visible at once.

        Returns
        -------
        how many rows and new instruments were written
        """
        try:
            for series in self._series.values():
                series.end()
            if self._loads or self.instruments:
                self._register()
        except CommitError:
            self._presence.abandon()
            self._finish()  # the files stay: they may belong to the lake by now
            raise
        except BaseException:
            if self.instruments:
                self._presence.abandon()  # a file of definitions may be left
            self.abort()
            raise
        self._finish()
        return self.rows

    def abort(self) -> None:
        """Remove every file that was written."""
        for series in self._series.values():
            series.abort()
        self._scissors.abort()
        self._finish()

    def _finish(self) -> None:
        self._series.clear()
        self._loads.clear()
        self._worker.shutdown()
        if self._warming is not None:
            self._warming.join()
        self._presence.leave()

    def _begin(self, table: Table, key: Key, first_ns: int) -> Series:
        """Start a key; a clash that shows at its first row already ends a long load here."""
        series = Series(self.lake.data_path, self._presence.token, table, key, self._worker)
        series.first_ns = series.last_ns = first_ns
        name = (table.kind.name, str(key))
        load = self._loads.get(name) or Load(table.kind, str(key))
        if self.on_overlap == "refuse" and self.lake.exists:
            self._refuse_early(Load(table.kind, str(key), [series]), name)
        self._presence.enter()
        if self._warming is None:
            needed = [self.lake.extensions]
            self._warming = Thread(target=_load_duckdb, args=needed, name="argosy-duckdb")
            self._warming.start()
        load.series.append(series)
        self._loads[name] = load
        self._series[table, str(key)] = series
        self._duplicates[table, str(key)] = Duplicates(self.on_duplicate, load.place)
        return series

    def _refuse_early(self, alone: Load, name: Name) -> None:
        """Refuse rows that clash with what files hold; other clashes show at the commit."""
        with self.lake.metadata() as select:
            data_path, keys = self.lake.data_path, {alone.key}
            files = data_files(select, data_path, kind=alone.kind, keys=keys)
            if any(touched(span, spans_of(files)) for span in alone.rows_spans):
                refuse_overlap(alone, self._known(select, {name: alone})[name].held)

    def _relieve(self) -> None:
        """Keep memory bounded where rows of many keys alternate."""
        sinks = [series.sink for series in self._series.values() if series.sink is not None]
        if len(sinks) * ROW_GROUP_ROWS > PENDING_ROWS:
            fullest = max(sinks, key=lambda sink: sink.pending_rows)
            if sum(sink.pending_rows for sink in sinks) > PENDING_ROWS:
                fullest.flush()

    def _register(self) -> None:
        if self._warming is not None:
            self._warming.join()
        with self.lake.write() as transaction:
            known = self._known(transaction.select, self._loads)
            pieces = self._scissors.pieces
            settled = [
                settle(load, known[name], self.on_overlap, pieces)
                for name, load in self._loads.items()
            ]
            changes.apply(transaction, settled, f"write ({self.on_overlap})")
            if self.instruments:
                self._presence.enter()
                self.rows += add_instruments(
                    transaction,
                    self.lake.data_path,
                    self.instruments,
                    token=self._presence.token,
                )
        self._leave_out(settled)

    def _known(self, select: Select, loads: dict[Name, Load]) -> dict[Name, Coverage]:
        """Return what is known of the kinds and keys of loads."""
        found: dict[Name, Coverage] = {name: Coverage() for name in loads}
        for kind in {load.kind.name: load.kind for load in loads.values()}.values():
            keys = {load.key for load in loads.values() if load.kind is kind}
            read = read_coverage(select, self.lake.data_path, kind=kind, keys=keys)
            found |= read
        return found

    def _leave_out(self, settled: list[changes.Change]) -> None:
        """Remove the files that the commit did not take, and count what it took."""
        taken = {file.path for change in settled for file in change.new}
        for file in self._written():
            if file.path not in taken:
                file.path.unlink(missing_ok=True)
                self.rows -= file.rows
        made = {file.path for file in self._written()}
        for change in settled:
            self.rows += sum(file.rows for file in change.new if file.path not in made)
            name = (change.kind.name, change.key)
            self.written[name] = sum(file.rows for file in change.new)
            self.removed[name] = change.rows_removed

    def _written(self) -> Iterator[NewFile]:
        return (file for series in self._series.values() for file in series.files)


def _load_duckdb(extensions: Sequence[str]) -> None:
    """Load what the commit will need while rows are still being written."""
    with suppress(CatalogError):  # the commit meets the same error
        from argosy_catalog.lake import duck

        duck.connect(extensions).close()
