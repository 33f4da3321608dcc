"""Who is at work: writers whose files are not committed yet, and readers of older snapshots.

The names of files carry the token of their writer. While it works it shows a sign of that name,
which it takes away when it ends well; the sign of a reader says which snapshot it reads. In a
folder it holds a lock on its sign, which the system frees when its process dies: a sign without a
lock is that of the dead. In an object store, and from machine to machine where locks do not reach,
age has to tell: that of a writer's files, that of a reader's sign.
"""

import fcntl
import os
import uuid
from collections import Counter
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from argosy.errors import CatalogError
from argosy_catalog.lake.objects import ObjectPath
from argosy_catalog.lake.storage import Place, Stored, files, make_folder, sync_one

FOLDER = "writing"
READERS = "reading"
TOKEN_DIGITS = 16


class Signs(NamedTuple):
    """The tokens of the writers that show a sign.

    Parameters
    ----------
    dead : whose sign has no lock; in an object store no sign has one
    """

    at_work: set[str]
    dead: set[str]


class Presence:
    """The sign of one writer or reader, from `enter` until `leave`.

    Parameters
    ----------
    folder : of the catalog
    snapshot : that a reader reads; None for a writer
    """

    def __init__(self, folder: Place, *, snapshot: int | None = None) -> None:
        self.token = uuid.uuid4().hex[:TOKEN_DIGITS]
        self._is_writer = snapshot is None
        if snapshot is None:
            self._path = folder / FOLDER / self.token
        else:
            self._path = folder / READERS / f"{snapshot}-{self.token}"
        self._file: TextIOWrapper | None = None
        self._is_shown = False

    def enter(self) -> None:
        """Show the sign, unless it is shown already."""
        if self._is_shown:
            return
        try:
            self._show()
        except OSError as error:
            raise CatalogError(
                f"the file cannot be written ({error})",
                place=str(self._path),
                cure="Free space on the disk or mend its permissions; nothing was changed",
            ) from error
        self._is_shown = True

    def leave(self) -> None:
        """Take the sign away: what was written is committed or removed."""
        if self._is_shown:
            with suppress(OSError):  # a sign without a lock and without files says nothing
                self._path.unlink(missing_ok=True)
            self.abandon()

    def abandon(self) -> None:
        """Let go of the sign and leave it there, as the dead do: nobody knows what became of it."""
        if self._file is not None:
            self._file.close()
        self._file, self._is_shown = None, False

    def _show(self) -> None:
        if isinstance(self._path, ObjectPath):
            self._path.open_output().close()
            return
        make_folder(self._path.parent)
        while self._file is None:
            self._file = _locked(self._path)
        if self._is_writer:  # what a reader reads is not its to clear away after a power cut
            sync_one(self._path.parent)


def signs(folder: Place) -> Signs:
    """Return whose signs are shown, and whose lack their lock."""
    found = Signs(set(), set())
    for stored in files(folder / FOLDER):
        held = _has_lock(stored)
        if held is not None:
            (found.at_work if held else found.dead).add(stored.path.name)
    return found


def snapshots_read(folder: Place, *, younger_than_ns: int | None) -> Counter[int]:
    """Return which snapshots are being read, each with the number of its readers.

    Parameters
    ----------
    younger_than_ns : signs without a lock that were shown after this time count too; None where
        locks reach everybody
    """
    found: Counter[int] = Counter()
    for stored in files(folder / READERS):
        number = stored.path.name.partition("-")[0]
        if number.isdecimal() and _is_read(stored, younger_than_ns):
            found[int(number)] += 1
    return found


def forget_dead(folder: Place, *, staying: set[str], older_than_ns: int) -> None:
    """Remove the signs of dead writers that left nothing.

    Parameters
    ----------
    staying : tokens of writers whose files are still there
    older_than_ns : signs shown before this time
    """
    for stored in files(folder / FOLDER):
        if stored.path.name not in staying and stored.changed_ns < older_than_ns:
            _clear(stored.path)


def forget_dead_readers(folder: Place, *, younger_than_ns: int | None) -> None:
    """Remove the signs of readers that are not at work.

    Parameters
    ----------
    younger_than_ns : see `snapshots_read`
    """
    for stored in files(folder / READERS):
        if not _is_read(stored, younger_than_ns):
            _clear(stored.path)


def _is_read(stored: Stored, younger_than_ns: int | None) -> bool:
    is_young = younger_than_ns is not None and stored.changed_ns >= younger_than_ns
    return is_young or _has_lock(stored) is True


def _has_lock(stored: Stored) -> bool | None:
    """Tell whether a sign has its lock, which none in an object store has; None if it is gone."""
    return _is_held(stored.path) if isinstance(stored.path, Path) else False


def _clear(path: Place) -> None:
    with suppress(OSError):  # it is held, another has removed it, or only reading is allowed
        _take_away(path)


def _take_away(path: Place) -> None:
    if isinstance(path, ObjectPath):
        path.unlink(missing_ok=True)
        return
    with path.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()


def _locked(path: Path) -> TextIOWrapper | None:
    """Return the open file of a sign, or None if it was taken for a dead one meanwhile."""
    file = path.open("w")
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        if os.path.samestat(os.fstat(file.fileno()), path.stat()):
            return file
    except FileNotFoundError:
        pass
    file.close()
    return None


def _is_held(path: Path) -> bool | None:
    """Tell whether a sign has its lock; None if it is gone."""
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        return True
    return False
