"""Where the files of a catalog lie: in a folder, or in a bucket of an object store.

A folder is a `pathlib.Path`, and nothing stands between it and the disk. An `ObjectPath` has those
few methods of a path that the catalog needs. An object is there whole and for good once it is
uploaded; a file is so once it and the folders that lead to it are synced.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from argosy_catalog.lake.objects import SCHEME, ObjectPath

Place = Path | ObjectPath

LEVELS = 4
"""Folders above a file, up to that of the catalog: of one key or table, of kinds, data, catalog."""


class Stored(NamedTuple):
    """A file as a listing shows it.

    Parameters
    ----------
    changed_ns : when it was last written
    """

    path: Place
    size_bytes: int
    changed_ns: int


def place(text: str | Path | ObjectPath) -> Place:
    """Return the place that a text names: ``s3://bucket/prefix``, or a path."""
    if isinstance(text, str):
        return ObjectPath.parse(text) if text.startswith(SCHEME) else Path(text)
    return text


def prepare(path: Place) -> None:
    """Make the folders above a file."""
    if isinstance(path, Path):
        make_folder(path.parent)


def writable(path: Place) -> Any:
    """Return what pyarrow writes a new file to; `finish` it in the end."""
    return path if isinstance(path, Path) else path.open_output()


def finish(path: Place, target: Any) -> None:
    """Wait until a file that was written is there for good."""
    if isinstance(path, Path):
        sync(path)
    else:
        target.close()


def abandon(path: Place, target: Any) -> None:
    """Remove a file that will not be finished."""
    if isinstance(path, Path):
        path.unlink(missing_ok=True)
        return
    with suppress(OSError):  # a store that cannot be reached keeps an object that nobody knows
        target.close()  # left open, it would be uploaded in the end
        path.unlink(missing_ok=True)


def open_parquet(path: Place) -> Any:
    """Open a Parquet file to read it row group by row group."""
    from pyarrow.parquet import ParquetFile

    if isinstance(path, Path):
        return ParquetFile(path)
    # What a row group needs comes in few requests, side by side.
    return ParquetFile(path.open_input(), pre_buffer=True)


def files(folder: Place) -> Iterator[Stored]:
    """Yield the files below a folder that may be seen; none where there is no such folder."""
    if isinstance(folder, ObjectPath):
        for path, size, changed_ns in folder.listing():
            yield Stored(path, size, changed_ns)
        return
    for each in folder.rglob("*"):
        with suppress(PermissionError, FileNotFoundError):  # one may go while others are listed
            if each.is_file():
                found = each.stat()
                yield Stored(each, found.st_size, found.st_mtime_ns)


def sync(path: Path) -> None:
    """Wait until a file of a catalog and the folders that lead to it are on disk."""
    for each in (path, *list(path.parents)[:LEVELS]):
        sync_one(each)


def sync_one(path: Path) -> None:
    """Wait until the bytes of one file, or the names in one folder, are on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, on disk when this returns."""
    if path.is_dir():
        return
    missing = [each for each in (path, *path.parents) if not each.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for each in reversed(missing):
        sync_one(each.parent)
