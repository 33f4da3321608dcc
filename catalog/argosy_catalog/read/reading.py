"""Reading market data and definitions: as objects, as Arrow rows, as the streams of a run."""

from collections.abc import Iterator
from contextlib import contextmanager
from heapq import merge
from operator import attrgetter
from typing import Any

import pyarrow as pa

from argosy.errors import CatalogError, suggest
from argosy.kernel.stream import BATCH_ROWS
from argosy.model.bar_type import BarType
from argosy.model.instruments import Instrument
from argosy_catalog.hindsight.present import present
from argosy_catalog.hindsight.shown import alteration_of
from argosy_catalog.lake.index import DataFile
from argosy_catalog.lake.instruments import read_instruments
from argosy_catalog.lake.kinds import Kind, Table
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.parquet import NS_MAX, NS_MIN, ROW_GROUP_ROWS
from argosy_catalog.lake.statuses import objects_of
from argosy_catalog.lake.times import Moment, ns_of
from argosy_catalog.read.holds import Holds
from argosy_catalog.read.inventory import Inventory
from argosy_catalog.read.names import Names, answers, names_of
from argosy_catalog.read.stream import CatalogStream

PREFETCH = 4
"""Batches that a second thread decodes while their objects are made."""


class Reading:
    """What reads rows out of a lake.

    Parameters
    ----------
    lake : which is read; to ask makes no folder
    snapshot : at which; None for the newest
    """

    def __init__(self, lake: Lake, snapshot: int | None = None) -> None:
        self.lake = lake
        self.snapshot = snapshot
        self.inventory = Inventory(lake, snapshot)
        self._holds = Holds(lake)

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
        data_type : QuoteTick, TradeTick, Bar, OrderBookDelta, a status update, or Instrument
        """
        if issubclass(data_type, Instrument):
            found = self.instruments(identifiers)
            return [each for each in found if isinstance(each, data_type)]
        first, last = ns_of(start, NS_MIN), ns_of(end, NS_MAX)
        kind = self.lake.kinds.of(data_type)
        streams = self._streams(kind, identifiers, first, last, prefetch=PREFETCH)
        each = [_objects(stream, first, last) for stream in streams]
        return each[0] if len(each) == 1 else list(merge(*each, key=attrgetter("ts_init")))

    def instruments(self, instrument_ids: Names = None) -> list[Instrument]:
        """Return the newest definition of each instrument, sorted by id."""
        names = names_of(instrument_ids)
        return read_instruments(self.lake, names, self.snapshot) if self.lake.exists else []

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
            self.lake.kinds.of(data_type),
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
        snapshot : a number that `newest` returned; else the newest
        batch_rows : rows in a batch at most
        prefetch : batches that a second thread decodes ahead

        Raises
        ------
        CatalogError : the catalog holds nothing under one of the names, or the snapshot has expired
        """
        kind = self.lake.kinds.of(data_type)
        first, last = ns_of(start, NS_MIN), ns_of(end, NS_MAX)
        found = self._streams(
            kind, identifiers, first, last, snapshot, batch_rows=batch_rows, prefetch=prefetch
        )
        for name in names_of(identifiers) or ():
            if not any(_is_named(stream.files[0], name) for stream in found):
                raise self._nothing(kind, name, start, end)
        return found

    def newest(self) -> int:
        """Return the number of the newest snapshot, or of that at which the lake is read."""
        return self.lake.snapshot() if self.snapshot is None else self.snapshot

    @contextmanager
    def hold(self) -> Iterator[int]:
        """Lend the number that `newest` returns, of a snapshot that stays until the block ends.

        What a run reads in between can be named in its receipt: `expire` leaves it.
        """
        if not self.lake.exists:
            yield self.newest()
            return
        hold = self._holds.hold(self.snapshot, always=True)
        with hold.in_use():
            yield hold.snapshot

    def _streams(
        self,
        kind: Kind,
        identifiers: Names,
        start_ns: int,
        end_ns: int,
        snapshot: int | None = None,
        **options: Any,
    ) -> list[CatalogStream]:
        if not self.lake.exists:
            return []
        hold = self._holds.hold(self.snapshot if snapshot is None else snapshot)
        files = self.inventory.files(kind, hold.snapshot)
        names = names_of(identifiers)
        chosen: dict[tuple[Table, str], dict[DataFile, None]] = {}
        for name in names if names is not None else (None,):
            for file in files:
                if (name is None or _is_named(file, name)) and file.overlaps(start_ns, end_ns):
                    chosen.setdefault((file.table, file.key), {})[file] = None
        options |= {"hold": hold, "altered": alteration_of(present(), files)}
        return [CatalogStream(list(same), **options) for same in chosen.values()]

    def _nothing(self, kind: Kind, name: str, start: Moment, end: Moment) -> CatalogError:
        held = {holding.key for holding in self.inventory.holdings(kind.data_type)}
        span = f" from {start} to {end}" if name in held else ""
        hint = "`argosy catalog ls` shows what there is" if name in held else suggest(name, held)
        return CatalogError(
            f"there are no {kind.name} of {name}{span}",
            place=str(self.lake.given),
            cure=hint[:1].upper() + hint[1:] or "Load data with `argosy catalog ingest`",
        )


def _objects(stream: CatalogStream, start_ns: int, end_ns: int) -> list[Any]:
    found: list[Any] = []
    for batch in stream.batches(start_ns, end_ns):
        found += objects_of(stream.kind, batch, stream.key)
    return found


def _is_named(file: DataFile, name: str) -> bool:
    return answers(file.table.kind, file.key, name)
