"""What a record holds for a catalog, and the loader that hands it over.

``argosy catalog ingest RECORD/record.json`` loads records like any other files.
"""

from collections.abc import Iterator
from typing import Any

from argosy.model.data import InstrumentStatusUpdate, VenueStatusUpdate
from argosy.parts.loader import Load, Rows, Sample
from argosy.serialization.batches import times_of
from argosy_recorder.manifest import FORMAT, MANIFEST, ChannelEntry, held
from argosy_recorder.record import Record

STATUSES = {each.__name__ for each in (VenueStatusUpdate, InstrumentStatusUpdate)}
"""Objects that catalogs hold."""


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
                yield from contents(record)
            load.advance(path.stat().st_size)


def contents(record: Record) -> Iterator[Any]:
    """Yield instruments, `Rows` by key and time, and status updates."""
    yield from record.instruments
    for channel in _by_time(record):
        first = 0
        for batch in record.batches(channel):
            yield Rows(batch, _place(record, channel, first))
            first += batch.num_rows
    for channel in record.channels:
        if is_stored(channel) and channel.type == "object":
            yield from record.objects_of(channel)


def is_stored(channel: ChannelEntry) -> bool:
    """Return whether catalogs hold what a channel has."""
    return channel.type != "object" or channel.key in STATUSES


def _by_time(record: Record) -> list[ChannelEntry]:
    """Return the channels that have rows; those of one key the earliest first."""
    firsts = {}
    for channel in record.channels:
        if channel.type != "object" and record.rows(channel):
            firsts[channel.number] = int(times_of(next(record.batches(channel)))[0])
    chosen = [each for each in record.channels if each.number in firsts]
    return sorted(chosen, key=lambda each: (each.type, each.key, firsts[each.number]))


def _place(record: Record, channel: ChannelEntry, first: int) -> Any:
    return lambda row: f"{record.path / channel.folder}, row {first + row}"
