"""The recorder: a sink that writes what a run takes in to files that survive the process."""

import json
import logging
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

import msgspec
import pyarrow as pa

from argosy.errors import DataError, InputError, RunError, UnknownNameError
from argosy.model.kinds import KINDS
from argosy.parts.sink import Channel, Sink, SinkRun
from argosy.serialization import arrow, to_json, to_msgpack
from argosy.serialization.registry import name_of
from argosy.strategy.component import iso_time
from argosy_recorder.manifest import (
    OBJECT,
    TYPES,
    ChannelEntry,
    Manifest,
    MarkFile,
    write_manifest,
)
from argosy_recorder.reel import Reel, Rotation
from argosy_recorder.settings import RecorderSettings

EVENTS = "events"
MESSAGES = "messages"
PAST = "-past"
_TIME = ("ts_init", pa.timestamp("ns"))
OBJECT_SCHEMA = pa.schema([_TIME, ("type", pa.string()), ("payload", pa.binary())])
MESSAGE_SCHEMA = pa.schema([("topic", pa.string()), *OBJECT_SCHEMA])
EVENT_SCHEMA = pa.schema([("seq", pa.int64()), *OBJECT_SCHEMA])

_Given = ParamSpec("_Given")
_log = logging.getLogger("argosy.recorder")


def _safe(
    method: Callable[Concatenate["Recorder", _Given], None],
) -> Callable[Concatenate["Recorder", _Given], None]:
    """Do what the settings say where the disk does not take what a method writes."""

    def wrapped(self: "Recorder", /, *given: _Given.args, **named: _Given.kwargs) -> None:
        if self.has_failed:
            return
        try:
            method(self, *given, **named)
        except (OSError, pa.ArrowException) as error:
            self.fail(error)

    wrapped.__name__ = method.__name__
    return wrapped


class Recorder(Sink):
    """Write rows, messages and events of one run into a folder of its own.

    What a cut has made durable is read back whatever happens afterwards.

    Parameters
    ----------
    settings : of the table in a system file
    """

    def __init__(self, settings: RecorderSettings) -> None:
        self.settings = settings
        self.topics = self.settings.topics
        self.flush_rows = self.settings.flush_rows
        self.flush_interval_ns = self.settings.flush_interval_ns
        self.folder = self.settings.path
        self.has_failed = False
        self._reels: dict[str, Reel] = {}
        self._marks: MarkFile | None = None
        self._run: SinkRun | None = None
        self._before_ns: int | None = None
        self._safe_ns: int | None = None
        self._is_whole = True
        self._events = 0
        self._messages: list[tuple[str, int | None, str, bytes]] = []

    def wants(self, channel: Channel) -> bool:
        """Return whether the settings name the type of a channel's rows."""
        return _type(channel) in self.settings.data

    def begin(self, run: SinkRun) -> None:
        """Make the folder and write the manifest.

        Raises
        ------
        InputError : the folder cannot be made
        """
        self._run = run
        self.folder = self.settings.path / run.run_id
        try:
            self.settings.path.mkdir(parents=True, exist_ok=True)
            self.folder.mkdir()
            self._marks = MarkFile(self.folder, sync=self.settings.sync)
            write_manifest(self.folder, _manifest(run))
        except FileExistsError as error:
            self._close_marks()
            cure = "Give each recorder a path of its own, and name a folder, not a file"
            message = "the record cannot be begun: there is something of this name already"
            raise InputError(
                message, place=error.filename or str(self.folder), cure=cure
            ) from error
        except OSError as error:
            self._close_marks()
            message = f"the record cannot be begun: {error.strerror or error}"
            cure = "Give [[sinks]] a path that may be written"
            raise InputError(
                message, place=error.filename or str(self.folder), cure=cure
            ) from error

    @_safe
    def take(self, channel: Channel, rows: Any) -> None:
        """Write rows of a channel."""
        self._is_whole = False
        name = _entry(channel).folder
        if channel.data_type is None:
            packed = [(item.ts_init, *_packed(item)) for item in rows]
            self._reel(name, OBJECT_SCHEMA).write(_batch(packed, OBJECT_SCHEMA))
        else:
            self._write_market(name, channel, rows)

    @_safe
    def take_past(self, channel: Channel, rows: Any) -> None:
        """Write rows from before the run beside those of the channel."""
        self._write_market(_entry(channel).folder + PAST, channel, rows)

    @_safe
    def tell(self, topic: str, message: Any) -> None:
        """Keep a message; some at a time are written."""
        self._messages.append((topic, getattr(message, "ts_init", None), *_packed(message)))
        if len(self._messages) >= self.flush_rows:
            self._flush()

    @_safe
    def cut(self, before_ns: int) -> None:
        """Make everything durable."""
        self._before_ns = before_ns
        self._flush()
        self._is_whole = True

    @_safe
    def end(self, error: BaseException | None) -> None:
        """Close all files and say that the record is whole, unless a cut was broken off."""
        if not self._is_whole:
            self._drop()
            return
        self._flush()
        for reel in self._reels.values():
            reel.close()
        if self._marks is not None:
            self._marks.end(None if error is None else str(error) or type(error).__name__)
        self._close_marks()

    def fail(self, error: Exception) -> None:
        """Give up writing, and the run too, unless the settings say that it goes on.

        Raises
        ------
        RunError : says what is safe
        """
        self.has_failed = True
        self._drop()
        reason = getattr(error, "strerror", None) or str(error)
        safe = "nothing" if self._safe_ns is None else f"all before {iso_time(self._safe_ns)}"
        text = f"record {self.folder} cannot be written: {reason}; {safe} is in it"
        if self.settings.on_error == "go_on":
            _log.warning("%s. The run goes on without a record", text)
            return
        cure = 'Free space, or let the run go on without a record: on_error = "go_on"'
        raise RunError(f"{text}. {cure}") from error

    def _drop(self) -> None:
        """Leave everything as it is: up to the last mark it is whole."""
        for reel in self._reels.values():
            reel.drop()
        self._close_marks()

    def _close_marks(self) -> None:
        if self._marks is not None:
            self._marks.close()

    def _write_market(self, name: str, channel: Channel, rows: Any) -> None:
        digits = channel.price_precision, channel.size_precision
        schema = arrow.schema(channel.data_type, *digits)  # type: ignore[arg-type]
        schema = schema.with_metadata({**schema.metadata, arrow.KEY: str(channel.key)})
        columns = [rows.column(each) for each in schema.names]
        self._reel(name, schema).write(pa.RecordBatch.from_arrays(columns, schema=schema))

    def _reel(self, name: str, schema: Any) -> Reel:
        reel = self._reels.get(name)
        if reel is None:
            chosen = self.settings
            rotation = Rotation(chosen.rotate_rows, chosen.rotate_bytes, chosen.rotate_interval_ns)
            reel = Reel(self.folder / name, schema, rotation, sync=chosen.sync)
            self._reels[name] = reel
        return reel

    def _flush(self) -> None:
        """Flush rows first, and only then say that they are there."""
        self._write_messages()
        self._write_events()
        flushed = {name: reel.flush() for name, reel in self._reels.items()}
        marks = {name: mark for name, mark in flushed.items() if mark is not None}
        if self._marks is not None:
            self._marks.cut(self._before_ns, marks)
            self._safe_ns = self._before_ns

    def _write_messages(self) -> None:
        if self._messages:
            self._reel(MESSAGES, MESSAGE_SCHEMA).write(_batch(self._messages, MESSAGE_SCHEMA))
            self._messages.clear()

    def _write_events(self) -> None:
        if self._run is None or not self.settings.events:
            return
        rows = list(self._run.log.rows(self._events))
        if rows:
            self._reel(EVENTS, EVENT_SCHEMA).write(_batch(rows, EVENT_SCHEMA))
            self._events += len(rows)


def _manifest(run: SinkRun) -> Manifest:
    return Manifest(
        run_id=run.run_id,
        name=run.name,
        mode=run.mode,
        trader_id=run.trader_id,
        seed=run.seed,
        snapshot=run.snapshot,
        begin_ns=run.begin_ns,
        channels=[_entry(channel) for channel in run.channels],
        instruments=[msgspec.Raw(to_json(each)) for each in run.instruments],
        settings=json.loads(json.dumps(dict(run.settings))),
        versions=dict(run.versions),
    )


def _entry(channel: Channel) -> ChannelEntry:
    return ChannelEntry(
        number=channel.number,
        type=_type(channel),
        key=str(channel.key),
        price_precision=channel.price_precision,
        size_precision=channel.size_precision,
    )


def _type(channel: Channel) -> str:
    """Return what a record calls the rows of a channel."""
    kind = None if channel.data_type is None else KINDS.of(channel.data_type)
    found: str = TYPES.get(kind, OBJECT)
    return found


def _batch(rows: list[Any], schema: Any) -> Any:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(list(each), kind.type) for each, kind in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def type_name(kind: type) -> str:
    """Return what a record calls a type: its registered name, else ``module:Class``."""
    try:
        return name_of(kind)
    except UnknownNameError:
        return f"{kind.__module__}:{kind.__qualname__}"


def _packed(item: Any) -> tuple[str, bytes]:
    """Return the name of an object's type, and the object as MessagePack."""
    try:
        return type_name(type(item)), to_msgpack(item)
    except (TypeError, ValueError, InputError) as error:
        raise DataError(
            f"objects of type {type(item).__name__} cannot be recorded: {error}",
            cure="Call argosy.serialization.register_type, or leave the type out of the record",
        ) from error
