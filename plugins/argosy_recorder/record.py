"""Reading a record: everything up to its last mark, whatever became of its writer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from argosy.errors import DataError, UnknownNameError
from argosy.kernel.stream import Stream
from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import Instrument
from argosy.model.kinds import QUOTE
from argosy.serialization import from_json, from_msgpack
from argosy.serialization.batches import between, times_of
from argosy.serialization.registry import type_named
from argosy_recorder.manifest import (
    OBJECT,
    TYPES,
    ChannelEntry,
    Manifest,
    Marks,
    read_manifest,
    read_marks,
)
from argosy_recorder.recorder import EVENTS, MESSAGES, PAST, type_name
from argosy_recorder.reel import Mark, loss, read_reel

KINDS_OF = {word: kind for kind, word in TYPES.entries.items()}
NS_MIN, NS_END = -(2**63), 2**63 - 1


@dataclass(frozen=True, slots=True)
class Loss:
    """What lies behind the last mark: it was written, and the writer died before the next flush.

    Parameters
    ----------
    rows : of whole batches
    size_bytes : of everything
    """

    rows: int
    size_bytes: int


class Record:
    """One record, opened for reading.

    Parameters
    ----------
    path : the folder that the recorder made for the run

    Raises
    ------
    DataError : there is no record, it is damaged, or a newer version wrote it
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.manifest: Manifest = read_manifest(self.path)
        self.marks: Marks = read_marks(self.path)

    @property
    def channels(self) -> list[ChannelEntry]:
        """Where rows came from, in declared order."""
        return self.manifest.channels

    @property
    def state(self) -> str:
        """Return "complete", "failed" where the run did, or "torn" where its writer died."""
        if not self.marks.is_ended:
            return "torn"
        return "complete" if self.marks.error is None else "failed"

    @cached_property
    def instruments(self) -> list[Instrument]:
        """The definitions that the run began with."""
        return [from_json(bytes(each)) for each in self.manifest.instruments]

    @cached_property
    def loss(self) -> Loss:
        """What was written after the last flush."""
        folders = [path for path in self.path.iterdir() if path.is_dir()]
        lost = [loss(folder, self.marks.reels.get(folder.name)) for folder in folders]
        return Loss(sum(rows for rows, _ in lost), sum(size for _, size in lost))

    def rows(self, channel: ChannelEntry) -> int:
        """Return how many rows of a channel were flushed, those from before the run included."""
        names = (channel.folder, channel.folder + PAST)
        return sum(mark.rows for name in names if (mark := self._mark(name)) is not None)

    def batches(self, channel: ChannelEntry) -> Iterator[Any]:
        """Yield the rows of a channel in their order, those from before the run first.

        Raises
        ------
        DataError : a file is missing, too short or damaged
        """
        past = list(self._reel(channel.folder + PAST))
        yield from sorted(past, key=lambda batch: int(times_of(batch)[0]))
        yield from self._reel(channel.folder)

    def streams(self) -> list[Stream]:
        """Return what a `BacktestEngine` replays, in declared order."""
        return [RecordStream(self, each) for each in self.channels if each.type != OBJECT]

    def objects(self, *types: type) -> Iterator[Any]:
        """Yield the objects that came in no stream, channel by channel.

        Parameters
        ----------
        types : classes of objects that nobody registered: msgspec Structs or dataclasses

        Raises
        ------
        DataError : an object is of a type that is neither registered nor given
        """
        for channel in self.channels:
            if channel.type == OBJECT:
                yield from self.objects_of(channel, *types)

    def objects_of(self, channel: ChannelEntry, *types: type) -> Iterator[Any]:
        """Yield the objects of one channel; see `objects`."""
        known = {type_name(each): each for each in types}
        for batch in self._reel(channel.folder):
            names = batch.column("type").to_pylist()
            for name, payload in zip(names, batch.column("payload").to_pylist(), strict=True):
                yield self._object(name, payload, known)

    def events(self) -> Iterator[Any]:
        """Yield the event log: seq, ts_init, type, payload."""
        return self._reel(EVENTS)

    def messages(self) -> Iterator[Any]:
        """Yield the messages of the bus: topic, ts_init, type, payload."""
        return self._reel(MESSAGES)

    def _object(self, name: str, payload: bytes, known: Mapping[str, type]) -> Any:
        if name in known:
            return from_msgpack(payload, known[name])
        try:
            return from_msgpack(payload, type_named(name))
        except UnknownNameError as error:
            raise DataError(
                f"objects of type {name} cannot be read: nobody registered the type",
                place=str(self.path),
                cure="Call argosy.serialization.register_type, or give the class to objects()",
            ) from error

    def _mark(self, name: str) -> Mark | None:
        return self.marks.reels.get(name)

    def _reel(self, name: str) -> Iterator[Any]:
        mark = self._mark(name)
        return iter(()) if mark is None else read_reel(self.path / name, mark)


class RecordStream(Stream):
    """The rows of one channel of a record.

    Parameters
    ----------
    record, channel : whose rows they are
    """

    def __init__(self, record: Record, channel: ChannelEntry) -> None:
        super().__init__(
            data_type_of(channel), key_of(channel), channel.price_precision, channel.size_precision
        )
        self.record = record
        self.channel = channel

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.record.rows(self.channel)

    def batches(self, start_ns: int | None, end_ns: int | None) -> Iterator[Any]:
        """Yield RecordBatches of rows with start <= ts_init <= end (ns), in that order."""
        first = NS_MIN if start_ns is None else start_ns
        end = NS_END if end_ns is None else end_ns + 1
        for batch in self.record.batches(self.channel):
            rows = between(batch, first, end)
            if rows.num_rows:
                yield rows


def data_type_of(channel: ChannelEntry) -> type:
    """Return the class of a channel's rows.

    Raises
    ------
    DataError : it is none of market data
    """
    found = KINDS_OF.get(channel.type)
    if found is None:
        raise DataError(f"channel {channel.number} has rows of an unknown type {channel.type!r}")
    return found.data_type


def key_of(channel: ChannelEntry) -> InstrumentId | BarType:
    """Return whose rows a channel has."""
    kind = KINDS_OF.get(channel.type, QUOTE)
    key: InstrumentId | BarType = kind.key.parse(channel.key)
    return key
