"""Files into the catalog through loaders: streaming, exact, all files or none."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from argosy.errors import ArgosyError, DataError, PluginError, ValueRangeError
from argosy.model.data import OrderBookDelta, OrderBookDeltas, OrderBookSnapshot
from argosy.model.instruments import Instrument
from argosy.parts.loader import Covered, Load, Loader, Rows
from argosy.serialization import arrow
from argosy_catalog.lake.kinds import Table
from argosy_catalog.lake.parquet import ROW_GROUP_ROWS
from argosy_catalog.write.checks import UNSORTED, Fault, between_files
from argosy_catalog.write.writer import MarketWriter

_Place = Callable[[], str]
"""Says where a row stands; a text file is read once more for it, so nobody asks without need."""


@dataclass(slots=True)
class Loaded:
    """What was read of one key.

    Parameters
    ----------
    kind : quotes, trades, bars, deltas, instrument_statuses, venue_statuses or instruments
    first_ns, last_ns : `ts_init` of the first and the last row
    written : rows that the catalog took, as the policies for overlaps and duplicates say;
        definitions are not counted
    removed : rows that the catalog held, and that made way for these
    """

    kind: str
    key: str
    rows: int
    first_ns: int
    last_ns: int
    written: int = 0
    removed: int = 0


@dataclass(slots=True)
class Ingest:
    """Let loaders read files into one writer; the writer commits.

    Parameters
    ----------
    writer : what takes the rows
    instruments : definitions by id: of the catalog, and those that loaders yield
    """

    writer: MarketWriter
    instruments: dict[str, Instrument] = field(default_factory=dict)
    loaded: dict[tuple[str, str], Loaded] = field(default_factory=dict)
    _objects: list[Any] = field(default_factory=list)
    _covered: list[Covered] = field(default_factory=list)
    _files: list[Path] = field(default_factory=list)
    _last: dict[tuple[Table, str], _Place] = field(default_factory=dict)

    def read(
        self,
        files: Iterable[Path],
        loader: Loader,
        on_read: Callable[[int], None] | None = None,
        on_note: Callable[[str], None] | None = None,
    ) -> None:
        """Read files, the earliest first.

        Raises
        ------
        DataError : with file and line or record
        """
        load = Load(files, self.instruments, on_read, self.writer.lake.kinds.known, on_note)
        self._files += load.files
        for item in _guarded(loader, load):
            if isinstance(item, Rows):
                self._take_rows(item)
            elif isinstance(item, Covered):
                self._covered.append(item)
            else:
                self._take_object(item)
        self._flush()

    def finish(self) -> None:
        """Tell the writer what is covered, before it commits."""
        for each in self._covered:
            self.writer.cover(each.data_type, str(each.key), each.start_ns, each.end_ns)
            seen = self.loaded.get((self.writer.lake.kinds.of(each.data_type).name, str(each.key)))
            if seen is not None:  # files that cover nothing may have brought rows of the same key
                self.writer.cover(each.data_type, str(each.key), seen.first_ns, seen.last_ns)

    def report(self) -> list[Loaded]:
        """Return what was read, and after the commit what was written of it."""
        for name, each in self.loaded.items():
            each.written = self.writer.written.get(name, 0)
            each.removed = self.writer.removed.get(name, 0)
        return list(self.loaded.values())

    def _take_rows(self, rows: Rows) -> None:
        self._flush()
        kinds = self.writer.lake.kinds
        found, key = arrow.subject(rows.batch.schema, kinds.known)
        kind = kinds.of(found.data_type)
        table = Table.fitting(kind, rows.batch.schema)
        batch = rows.batch.replace_schema_metadata(table.row_schema.metadata)
        if not batch.num_rows:
            return
        last = self._last.get((table, str(key)))

        def blame(fault: Fault) -> DataError:
            place = rows.place(fault.row)
            return self._between(fault, place, last).error(place)

        self.writer.append(table, key, batch, blame=blame)
        self._last[table, str(key)] = partial(rows.place, batch.num_rows - 1)
        times = batch.column("ts_init")
        self._count(kind.name, str(key), batch.num_rows, times[0].value, times[-1].value)

    def _between(self, fault: Fault, place: str, last: _Place | None) -> Fault:
        """Name both files where the first row of one comes before the last row of another."""
        if fault.row or last is None or not fault.message.startswith(UNSORTED):
            return fault
        later, earlier = self._file(place), self._file(last())
        if later is None or earlier is None or later == earlier:
            return fault
        return between_files(fault, earlier)

    def _file(self, place: str) -> str | None:
        """Return the file in which a place is."""
        names = map(str, self._files)
        return next((name for name in names if place.startswith((f"{name}:", f"{name},"))), None)

    def _take_object(self, item: Any) -> None:
        if isinstance(item, Instrument):
            self.instruments[str(item.id)] = item
            self._count("instruments", str(item.id), 1, item.ts_init, item.ts_init)
        else:
            is_book = isinstance(item, OrderBookDeltas | OrderBookSnapshot)
            kind = self.writer.lake.kinds.of(OrderBookDelta if is_book else type(item))
            key = str(getattr(item, kind.key_columns[0]))
            self._count(kind.name, key, 1, item.ts_init, item.ts_init)
        self._objects.append(item)
        if len(self._objects) >= ROW_GROUP_ROWS:
            self._flush()

    def _flush(self) -> None:
        objects, self._objects = self._objects, []
        if objects:
            self.writer.append_objects(objects)

    def _count(self, kind: str, key: str, rows: int, first: int, last: int) -> None:
        seen = self.loaded.setdefault((kind, key), Loaded(kind, key, 0, first, last))
        seen.rows += rows
        seen.last_ns = last


def _guarded(loader: Loader, load: Load) -> Iterator[Any]:
    """Yield what a loader yields; whatever it raises names the files and is the user's to read."""
    files = ", ".join(map(str, load.files))
    try:
        yield from loader.load(load)
    except ValueRangeError as error:
        raise DataError(str(error), place=files, cure="Correct or leave out the row") from error
    except ArgosyError:
        raise
    except Exception as error:
        name = type(loader).__name__
        raise PluginError(f"{name} failed: {type(error).__name__}: {error}", place=files) from error
