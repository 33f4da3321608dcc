"""The manifest of a record, and its marks: what was flushed, and up to when it is whole."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from argosy.errors import DataError
from argosy.model.data_kind import Column
from argosy.model.kinds import (
    BAR,
    BOOK_DELTAS,
    BOOK_SNAPSHOT,
    DEFINITION,
    DELTA,
    INSTRUMENT_STATUS,
    QUOTE,
    TICKER,
    TRADE,
    VENUE_STATUS,
)
from argosy_recorder.reel import Mark, sync_folder

MANIFEST = "record.json"
MARKS = "marks.jsonl"
FORMAT = "argosy-record"
VERSION = 1
OBJECT = "object"
"""The type of channels whose rows are objects, each in MessagePack with the name of its class."""
TYPES: Column[str] = Column(
    "records of runs",
    {QUOTE: "quote", TRADE: "trade", BAR: "bar", DELTA: "delta"},
    without=dict.fromkeys(
        (BOOK_DELTAS, BOOK_SNAPSHOT, TICKER, DEFINITION, INSTRUMENT_STATUS, VENUE_STATUS),
        "recorded as objects",
    ),
)
"""The types of channels whose rows lie in columns."""
WORDS = (*TYPES.entries.values(), OBJECT)


class ChannelEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A channel of the run: its rows are in the folder of its name, if any were recorded.

    Parameters
    ----------
    number : its place in the declared order: the order of rows of one time
    type : quote, trade, bar, delta or object
    key : instrument id, bar type, or the name of the type of objects
    """

    number: int
    type: str
    key: str
    price_precision: int
    size_precision: int

    @property
    def folder(self) -> str:
        """Where its rows lie."""
        return f"{self.number:03}-{self.type}"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What was recorded.

    Parameters
    ----------
    format, version : of the files
    run_id, name, mode, trader_id, seed, settings, versions, snapshot : of the run
    begin_ns : time of the run before its first row
    instruments : the definitions that it began with, as JSON
    channels : where rows came from, in declared order
    """

    format: str = FORMAT
    version: int = VERSION
    run_id: str
    name: str
    mode: str
    trader_id: str
    seed: int
    snapshot: int | None
    begin_ns: int
    channels: list[ChannelEntry]
    instruments: list[msgspec.Raw]
    settings: dict[str, Any]
    versions: dict[str, str]


@dataclass(slots=True)
class Marks:
    """What the marks of a record come to.

    Parameters
    ----------
    reels : of each reel, what was flushed
    before_ns : every row before this time is in the record; None before the first flush
    is_ended : the run told its end
    error : what ended the run early
    """

    reels: dict[str, Mark] = field(default_factory=dict)
    before_ns: int | None = None
    is_ended: bool = False
    error: str | None = None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a manifest: it is there whole, or not at all."""
    new = folder / f"{MANIFEST}.new"
    with new.open("xb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        file.flush()
        os.fsync(file.fileno())
    new.rename(folder / MANIFEST)
    sync_folder(folder)
    sync_folder(folder.parent)


def read_manifest(folder: Path) -> Manifest:
    """Read a manifest.

    Raises
    ------
    DataError : there is none, it is damaged, or a newer version wrote it
    """
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        cure = "Name the folder of one run, such as data/records/RUN_ID"
        raise DataError("there is no record here", place=str(folder), cure=cure) from error
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", place=str(path)) from error
    damaged = DataError(
        "the manifest is damaged",
        place=str(path),
        cure="Copy it again from where it was written; the rows are of no use without it",
    )
    try:
        head = json.loads(data)
        if head["format"] != FORMAT:
            raise damaged
        version = int(head["version"])
    except (ValueError, KeyError, TypeError) as error:
        raise damaged from error
    if version > VERSION:
        raise DataError(
            f"this record has layout {version}; this version of Argosy knows {VERSION}",
            place=str(path),
            cure="Use the version of Argosy that wrote it, or a newer one",
        )
    try:
        return msgspec.json.decode(data, type=Manifest)
    except msgspec.DecodeError as error:
        damaged.message += f" ({error})"
        raise damaged from error


class MarkFile:
    """Append marks, one line each; while it is open, the record belongs to its writer."""

    def __init__(self, folder: Path, *, sync: bool) -> None:
        self._sync = sync
        self._file = (folder / MARKS).open("xb", buffering=0)
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def cut(self, before_ns: int | None, reels: Mapping[str, Mark]) -> None:
        """Say what was flushed."""
        marks = {name: [mark.file, mark.size_bytes, mark.rows] for name, mark in reels.items()}
        self._append({"before_ns": before_ns, "reels": marks})

    def end(self, error: str | None) -> None:
        """Say that the run is over."""
        self._append({"end": True, "error": error})

    def close(self) -> None:
        """Let the record go."""
        self._file.close()

    def _append(self, line: Mapping[str, Any]) -> None:
        data = json.dumps(line, separators=(",", ":")).encode() + b"\n"
        while data:
            data = data[self._file.write(data) or 0 :]
        if self._sync:
            os.fsync(self._file.fileno())


def read_marks(folder: Path) -> Marks:
    """Read what was flushed; a line that is cut off at the end counts for nothing.

    Raises
    ------
    DataError : another line is damaged
    """
    path = folder / MARKS
    found = Marks()
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return found
    for number, line in enumerate(lines[:-1], 1):
        try:
            _read_mark(json.loads(line), found)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(
                "the mark is damaged",
                place=f"{path}:{number}",
                cure="Copy it again from where it was written, or remove this line and all below",
            ) from error
    return found


def _read_mark(line: Any, found: Marks) -> None:
    if line.get("end"):
        found.is_ended, found.error = True, line["error"]
        return
    reels = {name: Mark(*map(int, values)) for name, values in line["reels"].items()}
    found.reels |= reels
    if line["before_ns"] is not None:
        found.before_ns = int(line["before_ns"])


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep the writer of a record out, and others that convert it.

    Raises
    ------
    DataError : it is still being written
    """
    path = folder / MARKS
    if not path.exists():
        yield
        return
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DataError(
                "another process is at work on this record",
                place=str(folder),
                cure="Wait until its run is over",
            ) from error
        yield
