"""What a record holds for a catalog, and the loader that hands it over.

``argosy catalog ingest RECORD/record.json`` loads records like any other files.
"""

from collections.abc import Iterator
from typing import Any

from argosy.model.data_kind import Column, DataKind
from argosy.model.kinds import (
    BAR,
    BOOK_DELTAS,
    BOOK_SNAPSHOT,
    DEFINITION,
    DELTA,
    INSTRUMENT_STATUS,
    KINDS,
    QUOTE,
    TICKER,
    TRADE,
    VENUE_STATUS,
    Kinds,
)
from argosy.parts.loader import Load, Rows, Sample
from argosy.serialization.batches import times_of
from argosy_recorder.manifest import FORMAT, MANIFEST, OBJECT, ChannelEntry, held
from argosy_recorder.record import Record

STORED: Column[str] = Column(
    "objects of records that catalogs hold",
    {INSTRUMENT_STATUS: INSTRUMENT_STATUS.plural, VENUE_STATUS: VENUE_STATUS.plural},
    without={
        **dict.fromkeys((QUOTE, TRADE, BAR, DELTA), "recorded in columns"),
        **dict.fromkeys((BOOK_DELTAS, BOOK_SNAPSHOT, TICKER), "catalogs hold none"),
        DEFINITION: "those that a run began with are in the manifest",
    },
)
"""The kinds of objects that go into a catalog, beside those of plugins; their views."""


class RecordLoader:
    """Read records by their manifests, torn ones up to their last flush."""

    def guess(self, sample: Sample) -> str | None:
        """Say why a file seems to be the manifest of a record."""
        is_one = sample.path.name == MANIFEST and f'"{FORMAT}"'.encode() in sample.head
        return "it is the manifest of a record" if is_one else None

    def load(self, load: Load) -> Iterator[Any]:
        """Yield the definitions, rows and status updates of each record.

        Raises
        ------
        DataError : a record is damaged, or still being written
        """
        for path in load.files:
            record = Record(path.parent)
            with held(record.path):
                yield from contents(record, load.kinds)
            load.advance(path.stat().st_size)


def contents(record: Record, kinds: Kinds = KINDS) -> Iterator[Any]:
    """Yield instruments, `Rows` by key and time, and objects that catalogs hold.

    Parameters
    ----------
    kinds : those that the catalog knows
    """
    yield from record.instruments
    for channel in _by_time(record):
        first = 0
        for batch in record.batches(channel):
            yield Rows(batch, _place(record, channel, first))
            first += batch.num_rows
    for channel in record.channels:
        kind = object_kind(channel, kinds)
        if kind is not None:
            yield from record.objects_of(channel, kind.data_type)


def is_stored(channel: ChannelEntry, kinds: Kinds = KINDS) -> bool:
    """Return whether catalogs hold what a channel has."""
    return channel.type != OBJECT or object_kind(channel, kinds) is not None


def object_kind(channel: ChannelEntry, kinds: Kinds) -> DataKind | None:
    """Return the kind of a channel's objects, where catalogs hold it."""
    if channel.type != OBJECT:
        return None
    kind = kinds.named(channel.key.partition(" ")[0])
    return None if kind in STORED.without else kind


def _by_time(record: Record) -> list[ChannelEntry]:
    """Return the channels that have rows; those of one key the earliest first."""
    firsts = {}
    for channel in record.channels:
        if channel.type != OBJECT and record.rows(channel):
            firsts[channel.number] = int(times_of(next(record.batches(channel)))[0])
    chosen = [each for each in record.channels if each.number in firsts]
    return sorted(chosen, key=lambda each: (each.type, each.key, firsts[each.number]))


def _place(record: Record, channel: ChannelEntry, first: int) -> Any:
    return lambda row: f"{record.path / channel.folder}, row {first + row}"
