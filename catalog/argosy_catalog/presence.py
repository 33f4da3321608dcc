"""Which writers are at work, so that nobody clears away what they have not committed yet.

The names of files carry the token of their writer. While it works it holds a lock on a file of that
name, which the system frees when its process dies.
"""

import fcntl
import os
import uuid
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from argosy.errors import CatalogError
from argosy_catalog.storage import Place, make_folder

FOLDER = "writing"
TOKEN_DIGITS = 16


class Presence:
    """The sign of one writer, from `enter` until `leave`.

    Parameters
    ----------
    folder : of the catalog; in an object store there are no signs
    """

    def __init__(self, folder: Place) -> None:
        self.token = uuid.uuid4().hex[:TOKEN_DIGITS]
        self._path = folder / FOLDER / self.token if isinstance(folder, Path) else None
        self._file: TextIOWrapper | None = None

    def enter(self) -> None:
        """Show the sign, unless it is shown already."""
        if self._path is None or self._file is not None:
            return
        try:
            make_folder(self._path.parent)
            while self._file is None:
                self._file = _locked(self._path)
        except OSError as error:
            raise CatalogError(
                f"the file cannot be written ({error})",
                place=str(self._path),
                cure="Free space on the disk or mend its permissions; nothing was changed",
            ) from error

    def leave(self) -> None:
        """Take the sign away."""
        if self._file is not None and self._path is not None:
            with suppress(OSError):  # a sign without a lock says nothing
                self._path.unlink(missing_ok=True)
            self._file.close()
            self._file = None


def tokens_at_work(folder: Place) -> set[str]:
    """Return the tokens of the writers at work, and remove the signs of dead ones."""
    signs = (folder / FOLDER).glob("*") if isinstance(folder, Path) else ()
    return {path.name for path in signs if _is_held(path)}


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


def _is_held(path: Path) -> bool:
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with suppress(OSError):  # who may only read leaves it there
                path.unlink()
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
