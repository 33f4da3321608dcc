"""The database in which DuckLake keeps what is in a lake, and at which snapshot.

Its tables are documented and plain SQL. Replay needs only them and the Parquet files, so a process
that reads market data never loads DuckDB where the metadata is a SQLite file: that would cost it
150 MB and half a second.

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
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from argosy.config.secret import PREFIX, Secret
from argosy.errors import CatalogError
from argosy_catalog.lake.storage import Place, make_folder, sync_one

if TYPE_CHECKING:
    import duckdb

BUSY_TIMEOUT_S = 30.0
LOCK_TIMEOUT_S = 60.0

FILE = "metadata.sqlite"
LOCK = "write.lock"
_BESIDE = "creating-"

FULL = ("disk I/O error", "disk is full", "No space left", "File too large", "Disk quota")
"""What a database says when a disk takes no more; that of reading says it of its journal."""

LOST = (
    "Unable to connect to Postgres",
    "server closed the connection",
    "terminating connection",
    "no connection to the server",
    "connection not open",
    'Failed to execute query "ROLLBACK"',
)
"""What DuckDB says when a server has gone, or was never there."""

DAMAGED = ("malformed", "not a database")
"""What SQLite says of a file that lacks bytes, or has others."""

NO_LAKE = "no such table: ducklake_schema"

_attached: Counter[Path] = Counter()
_gate = threading.RLock()


class Select(Protocol):
    """A query over the metadata of one moment; ``{meta}`` in it stands before each table's name."""

    def __call__(self, query: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return all rows."""
        ...


class Metadata(Protocol):
    """Where the metadata of one lake is kept."""

    @property
    def extensions(self) -> tuple[str, ...]:
        """The extensions that DuckDB needs for it."""
        ...

    @property
    def source(self) -> str:
        """What DuckDB attaches."""
        ...

    @property
    def options(self) -> tuple[str, ...]:
        """The options with which DuckDB attaches it."""
        ...

    @property
    def exists(self) -> bool:
        """Whether there is a catalog in it."""
        ...

    def prepare(self, connection: "duckdb.DuckDBPyConnection") -> None:
        """Let a connection reach it."""
        ...

    def attaching(self) -> AbstractContextManager[None]:
        """Count it as open in DuckDB, unless the block that opens it raises."""
        ...

    def detached(self) -> None:
        """Count it as closed by DuckDB."""
        ...

    def reading(self) -> AbstractContextManager[Select | None]:
        """Lend a query over it, or None where DuckDB must be asked."""
        ...

    def locked(
        self, connection: "duckdb.DuckDBPyConnection"
    ) -> AbstractContextManager[Callable[[], None]]:
        """Hold the turn to write; what it lends raises if the turn was lost meanwhile."""
        ...

    def create(
        self,
        connection: "duckdb.DuckDBPyConnection",
        fill: Callable[["duckdb.DuckDBPyConnection", str], None],
    ) -> None:
        """Make it: `fill` makes the lake at the source that it is given. It appears at once."""
        ...


def metadata_of(given: str | Path | Secret | None, path: Place) -> Metadata:
    """Return where the metadata of a catalog is kept.

    Parameters
    ----------
    given : ``postgres:...``, ``postgresql://...``, the path of a SQLite file, or ``env:`` and the
        name of a variable that says one of these; None for the file in the folder
    path : of the catalog
    """
    from argosy_catalog.lake.postgres import PREFIXES, PostgresMetadata

    secret = Secret(given) if isinstance(given, str) and given.startswith(PREFIX) else given
    if isinstance(secret, Secret):
        given = secret.reveal()
    if isinstance(given, str) and given.startswith(PREFIXES):
        return PostgresMetadata(given, may_say_password=isinstance(secret, Secret))
    if given is not None:
        file = Path(str(given).removeprefix("sqlite:")).resolve()
        return MetadataFile(file, file.with_name(f"{file.name}.lock"))
    if not isinstance(path, Path):
        raise CatalogError(
            "a catalog in an object store keeps its metadata elsewhere",
            place=str(path),
            cure="Give metadata, --metadata or ARGOSY_CATALOG_METADATA: "
            '"postgres:host=... dbname=..." or the path of a SQLite file',
        )
    return MetadataFile(path / FILE, path / LOCK)


def cure_of(error: Exception) -> str | None:
    """Return what to do about an error of a database, None where its text has to do."""
    text = str(error)
    if any(words in text for words in FULL):
        return "Free space on the disk, then try again; nothing was changed"
    if any(words in text for words in DAMAGED):
        return "Put the metadata back from a backup; the Parquet files are untouched"
    if "DuckLake catalog version mismatch" in text:
        return "Use the version of Argosy that wrote it, or a newer one"
    if "readonly database" in text:
        return "Allow writing to the folder of the metadata: even readers keep their locks there"
    if any(words in text for words in LOST):
        return "See that the PostgreSQL server of the metadata can be reached, then try again"
    return None


def refuse_to_wait() -> CatalogError:
    """Return the error of a writer whose turn does not come."""
    return CatalogError(
        f"another process has been writing for {LOCK_TIMEOUT_S:.0f} s",
        cure="Wait for it to end, then try again",
    )


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
    def reading(self) -> Iterator[Select | None]:
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
            deadline = time.monotonic() + LOCK_TIMEOUT_S
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise refuse_to_wait() from None
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
