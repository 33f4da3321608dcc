"""Metadata in a SQLite file: the usual case, for the processes of one machine.

A process that reads market data never loads DuckDB here: that would cost it 150 MB and half a
second.

SQLite loses its locks when two copies of the library use one file in one process. DuckDB brings its
own copy, hence the count of attached files: while DuckDB has a file open here, it is asked instead.
"""

import fcntl
import shutil
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from argosy.errors import CatalogError
from argosy_catalog.lake import metadata
from argosy_catalog.lake.metadata import DAMAGED, Ask
from argosy_catalog.lake.storage import make_folder, sync_one

if TYPE_CHECKING:
    import duckdb

BUSY_TIMEOUT_S = 30.0

FILE = "metadata.sqlite"
LOCK = "write.lock"
_BESIDE = "creating-"

NO_LAKE = "no such table: ducklake_schema"

_attached: Counter[Path] = Counter()
_gate = threading.RLock()


class MetadataFile:
    """Metadata in a SQLite file.

    Writers of all processes take turns through a lock file, so that what a writer has checked still
    holds when it commits; the system frees it when the process dies.

    Parameters
    ----------
    file : the database
    lock : the lock file
    """

    extensions = ("sqlite_scanner",)
    options = (
        "META_JOURNAL_MODE 'WAL'",
        f"META_BUSY_TIMEOUT {BUSY_TIMEOUT_S * 1000:.0f}",
    )

    def __init__(self, file: Path, lock: Path) -> None:
        self.file = file
        self._lock = lock

    def __str__(self) -> str:
        """Return its path."""
        return str(self.file)

    @property
    def source(self) -> str:
        """What DuckDB attaches."""
        return f"ducklake:sqlite:{self.file}"

    @property
    def exists(self) -> bool:
        """Whether the file is there: it appears with the whole layout in it."""
        return self.file.is_file()

    def prepare(self, connection: "duckdb.DuckDBPyConnection") -> None:
        """Do nothing: any connection reaches a file."""

    @contextmanager
    def attaching(self) -> Iterator[None]:
        """Count the file as open in DuckDB, unless the block that opens it raises."""
        with _gate:
            yield
            _attached[self.file] += 1

    def detached(self) -> None:
        """Count the file as closed by DuckDB."""
        with _gate:
            _attached[self.file] -= 1

    @contextmanager
    def reading(self) -> Iterator[Ask | None]:
        """Lend a query over the file, or None where DuckDB must be asked."""
        with _gate:
            if _attached[self.file] > 0:
                yield None
                return
            address = f"file:{quote(str(self.file))}?mode=ro"
            with (
                _told(self.file),
                closing(sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_S)) as connection,
            ):
                connection.isolation_level = None
                connection.execute("BEGIN")

                def select(query: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
                    return connection.execute(query.format(meta=""), parameters).fetchall()

                yield select

    @contextmanager
    def locked(self, connection: "duckdb.DuckDBPyConnection") -> Iterator[Callable[[], None]]:
        """Hold the lock file, which cannot be lost."""
        make_folder(self._lock.parent)
        with self._lock.open("a") as lock:
            deadline = time.monotonic() + metadata.LOCK_TIMEOUT_S
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise metadata.refuse_to_wait() from None
                    time.sleep(0.01)
            yield lambda: None

    def create(
        self,
        connection: "duckdb.DuckDBPyConnection",
        fill: Callable[["duckdb.DuckDBPyConnection", str], None],
    ) -> None:
        """Make the file beside its place, then move it there."""
        folder = self.file.parent
        with self.locked(connection):
            if self.exists:
                return  # another process was faster
            for left in folder.glob(f"{_BESIDE}*"):
                shutil.rmtree(left)  # by a process that died here
            self._create(connection, fill)

    def _create(
        self,
        connection: "duckdb.DuckDBPyConnection",
        fill: Callable[["duckdb.DuckDBPyConnection", str], None],
    ) -> None:
        folder = self.file.parent
        with tempfile.TemporaryDirectory(prefix=_BESIDE, dir=folder) as beside:
            new = Path(beside) / FILE
            fill(connection, f"ducklake:sqlite:{new}")
            new.rename(self.file)
            sync_one(folder)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Say which file it is that is damaged, or no metadata at all."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        text = str(error)
        if any(words in text for words in DAMAGED):
            message = f"the metadata of the catalog is damaged ({text})"
        elif NO_LAKE in text:
            message = "this file holds no metadata of a catalog"
        else:
            raise
        cure = f"Put {file.name} back from a backup; the Parquet files are untouched"
        raise CatalogError(message, place=str(file), cure=cure) from error
