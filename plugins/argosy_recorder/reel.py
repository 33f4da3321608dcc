"""Reels: Arrow files of one kind of rows, one after another, that may break off anywhere.

A file is in Arrow's IPC file format (Feather): a magic number, a stream of messages, a footer. What
was flushed can be read although the footer is missing, because the part before it is a stream.
"""

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from argosy.errors import DataError
from argosy.serialization.batches import times_of

MAGIC = b"ARROW1"
HEAD = 8
"""Bytes before the stream of a file: the magic number, padded."""
SUFFIX = ".feather"


@dataclass(frozen=True, slots=True)
class Rotation:
    """How much a file holds before another one follows; None for no limit."""

    rows: int | None = None
    size_bytes: int | None = None
    interval_ns: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """How much of a reel was flushed.

    Parameters
    ----------
    file : number of the newest file
    size_bytes : of it
    rows : of all files
    """

    file: int
    size_bytes: int
    rows: int


class Spool:
    """A new file to which Arrow writes; nothing is buffered here."""

    closed = False

    def __init__(self, path: Path) -> None:
        self.size = 0
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)

    def write(self, data: Any) -> int:
        """Write all bytes; a disk that is full says so here."""
        rest = memoryview(data).cast("B")
        written = len(rest)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        self.size += written
        return written

    def tell(self) -> int:
        """Return how many bytes were written."""
        return self.size

    def flush(self) -> None:
        """Do nothing: what was written is with the system."""

    def sync(self) -> None:
        """Wait until the disk has everything."""
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self.closed = True
            os.close(self._descriptor)


class Reel:
    """Write rows of one schema into numbered files of a folder.

    Parameters
    ----------
    folder : of the files; made with the first row
    schema : of the batches
    rotation : when the next file begins
    sync : whether `flush` waits for the disk
    """

    def __init__(self, folder: Path, schema: Any, rotation: Rotation, *, sync: bool) -> None:
        self.folder = folder
        self.rows = 0
        self._schema = schema
        self._rotation = rotation
        self._sync = sync
        self._file = -1
        self._file_rows = 0
        self._first_ns: int | None = None
        self._last_ns: int | None = None
        self._spool: Spool | None = None
        self._writer: Any = None
        self._is_new = False
        self._is_dirty = False
        self._is_torn = False

    def write(self, batch: Any) -> None:
        """Add a batch, in the schema of the reel."""
        if self._spool is None:
            self._open()
            self._first_ns = _edge(batch, 0)
        self._is_torn = True
        self._writer.write_batch(batch)
        self._is_torn = False
        self.rows += batch.num_rows
        self._file_rows += batch.num_rows
        self._is_dirty = True
        self._last_ns = _edge(batch, -1)

    def flush(self) -> Mark | None:
        """Make everything so far durable; None where nothing is new."""
        if self._is_torn:
            raise OSError(errno.EINTR, "a write was interrupted")
        if self._spool is None or not self._is_dirty:
            return None
        if self._sync:
            self._spool.sync()
            if self._is_new:
                sync_folder(self.folder)
                sync_folder(self.folder.parent)
        self._is_new = self._is_dirty = False
        mark = Mark(self._file, self._spool.size, self.rows)
        if self._is_full():
            self.close()
        return mark

    def close(self) -> None:
        """End the newest file with its footer."""
        if self._spool is None:
            return
        spool, self._spool = self._spool, None
        try:
            self._writer.close()
            if self._sync:
                spool.sync()
        finally:
            spool.close()

    def drop(self) -> None:
        """Leave the newest file as it is: its disk does not take any more."""
        if self._spool is not None:
            self._spool.close()
            self._spool = None

    def _open(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self._file += 1
        self._file_rows = 0
        self._spool = Spool(self.folder / file_name(self._file))
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        target = pa.PythonFile(self._spool, mode="w")
        self._writer = pa.ipc.new_file(target, self._schema, options=options)
        self._is_new = True

    def _is_full(self) -> bool:
        limits, size = self._rotation, 0 if self._spool is None else self._spool.size
        known = self._first_ns is not None and self._last_ns is not None
        span = self._last_ns - self._first_ns if known else 0  # type: ignore[operator]
        return (
            (limits.rows is not None and self._file_rows >= limits.rows)
            or (limits.size_bytes is not None and size >= limits.size_bytes)
            or (limits.interval_ns is not None and span >= limits.interval_ns)
        )


def read_reel(folder: Path, mark: Mark) -> Iterator[Any]:
    """Yield the batches that were flushed.

    Raises
    ------
    DataError : a file is missing, too short or damaged
    """
    rows = 0
    for number in range(mark.file + 1):
        path = folder / file_name(number)
        limit = mark.size_bytes if number == mark.file else None
        try:
            for batch in _stream(path, limit):
                rows += batch.num_rows
                yield batch
        except (pa.ArrowException, OSError) as error:
            raise _broken(path, f"cannot be read ({error})") from error
    if rows != mark.rows:
        raise _broken(folder, f"holds {rows:,} rows, and its marks say {mark.rows:,}")


def loss(folder: Path, mark: Mark | None) -> tuple[int, int]:
    """Return how many whole rows and bytes lie behind what was flushed last."""
    rows = size = 0
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        number = int(path.stem)
        if mark is not None and number < mark.file:
            continue
        begin = mark.size_bytes if mark is not None and number == mark.file else 0
        whole = _whole_rows(path) - (_whole_rows(path, begin) if begin else 0)
        if whole or not _has_footer(path):
            rows += whole
            size += path.stat().st_size - begin
    return rows, size


def file_name(number: int) -> str:
    """Return the name of a file of a reel."""
    return f"{number:06}{SUFFIX}"


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _stream(path: Path, limit: int | None) -> Iterator[Any]:
    with pa.memory_map(str(path)) as file:
        if limit is not None and file.size() < limit:
            raise pa.ArrowInvalid(f"{file.size():,} bytes, and its marks say {limit:,}")
        whole = file.read_buffer(limit)
        if whole.slice(0, len(MAGIC)).to_pybytes() != MAGIC:
            raise pa.ArrowInvalid("it is no Arrow file")
        yield from pa.ipc.open_stream(whole.slice(HEAD))


def _whole_rows(path: Path, limit: int | None = None) -> int:
    """Count the rows of the batches of a file that are whole."""
    rows = 0
    try:
        for batch in _stream(path, limit):
            rows += batch.num_rows
    except (pa.ArrowException, OSError):
        pass  # here it was torn
    return rows


def _has_footer(path: Path) -> bool:
    """Tell whether a file was ended: torn bytes may end in the same letters as a footer."""
    try:
        with pa.OSFile(str(path)) as file:
            pa.ipc.open_file(file)
    except (pa.ArrowException, OSError):
        return False
    return True


def _edge(batch: Any, row: int) -> int | None:
    times = times_of(batch)
    return None if times is None else int(times[row])


def _broken(path: Path, message: str) -> DataError:
    return DataError(
        message, place=str(path), cure="Copy the record again from where it was written"
    )
