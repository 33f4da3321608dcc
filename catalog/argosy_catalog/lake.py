"""A DuckLake: DuckDB with the lake's metadata in SQLite and its Parquet files in a folder.

Only this module opens DuckDB. Readers see one snapshot for as long as their transaction lasts.
Writers of all processes take turns through a lock file, so that what a writer has checked still
holds when it commits.
"""

import fcntl
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import duckdb

from argosy.errors import CatalogError
from argosy_catalog import layout
from argosy_catalog.sql import literal

METADATA = "metadata.sqlite"
DATA = "data"
LOCK = "write.lock"
NAME = "lake"
"""The name under which a lake is attached; nothing stored in it mentions this name."""

EXTENSIONS = ("sqlite_scanner", "ducklake")
LOCK_TIMEOUT_S = 60.0
BUSY_TIMEOUT_MS = 30_000


def connect() -> duckdb.DuckDBPyConnection:
    """Open an empty DuckDB in memory that never downloads anything, with the extensions loaded."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(":memory:", config=config)
    for name in EXTENSIONS:
        _load(connection, name)
    return connection


def _load(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load an extension from its wheel, else the one that the user installed into DuckDB."""
    wheel = f"duckdb_extension_{name}"
    try:
        binary = files(wheel) / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        connection.load_extension(str(binary) if binary.is_file() else name)
    except (ModuleNotFoundError, duckdb.Error):
        try:
            connection.load_extension(name)
        except duckdb.Error as error:
            raise CatalogError(
                f"the DuckDB extension {name} for DuckDB {duckdb.__version__} is missing",
                cure=f"pip install {wheel.replace('_', '-')}=={duckdb.__version__}, or run "
                f"INSTALL {name} once in a DuckDB of that version",
            ) from error


class CommitError(CatalogError):
    """A commit failed; if its last step was the one to fail, it may be found done after all."""


class Lake:
    """One DuckLake on the local disk.

    Parameters
    ----------
    path : the folder of the catalog; made, with an empty lake in it, unless `read_only`
    read_only : refuse every write, and a folder that holds no catalog
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path.absolute()
        self.read_only = read_only
        if read_only and not (self.path / METADATA).is_file():
            raise CatalogError(
                "there is no catalog here",
                place=str(path),
                cure="Name the folder of one with --catalog or ARGOSY_CATALOG, "
                "or make one with `argosy catalog ingest`",
            )
        self._connection: duckdb.DuckDBPyConnection | None = None

    @property
    def data_path(self) -> Path:
        """The folder of the Parquet files."""
        return self.path / DATA

    def attach(
        self,
        connection: duckdb.DuckDBPyConnection,
        *,
        read_only: bool = False,
        metadata: Path | None = None,
    ) -> None:
        """Attach the lake to `connection` and make it the default database."""
        options = [
            f"DATA_PATH {literal(str(self.data_path))}",
            "OVERRIDE_DATA_PATH true",  # the folder may have been moved
            "META_JOURNAL_MODE 'WAL'",
            f"META_BUSY_TIMEOUT {BUSY_TIMEOUT_MS}",
        ]
        if read_only:
            options.append("READ_ONLY")
        source = literal(f"ducklake:sqlite:{metadata or self.path / METADATA}")
        connection.execute(f"ATTACH {source} AS {NAME} ({', '.join(options)})")
        connection.execute(f"USE {NAME}")

    @contextmanager
    def read(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a connection that sees one snapshot."""
        with self._errors():
            connection = self._open()
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a connection whose changes become one new snapshot, or none if the block raises."""
        if self.read_only:
            raise CatalogError("this catalog was opened read-only", place=str(self.path))
        with self._errors(), self._locked():
            connection = self._open()
            connection.execute("BEGIN")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            try:
                connection.execute("COMMIT")
            except duckdb.Error as error:
                raise CommitError(
                    f"the catalog could not be written ({str(error).strip()})",
                    place=str(self.path),
                    cure="Free space or mend access, then see with `argosy catalog ls` "
                    "whether the rows are there",
                ) from error

    def snapshot(self) -> int:
        """Return the id of the newest snapshot."""
        with self.read() as connection:
            return current_snapshot(connection)

    def close(self) -> None:
        """Close the connection; the next use opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            connection = connect()
            try:
                if not (self.path / METADATA).is_file():
                    self._create()
                self.attach(connection, read_only=self.read_only)
                layout.check(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _create(self) -> None:
        """Make the lake with its empty tables, unless another process has just made it."""
        with self._locked(), tempfile.TemporaryDirectory(dir=self.path) as folder:
            if (self.path / METADATA).is_file():
                return
            self.data_path.mkdir(exist_ok=True)
            with connect() as connection:
                new = Path(folder) / METADATA
                self.attach(connection, metadata=new)
                layout.create(connection)
                connection.execute(f"USE memory; DETACH {NAME}")
            new.rename(self.path / METADATA)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the write lock of the catalog; the system frees it when the process dies."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / LOCK).open("a") as lock:
            deadline = time.monotonic() + LOCK_TIMEOUT_S
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise CatalogError(
                            f"another process has been writing for {LOCK_TIMEOUT_S:.0f} s",
                            place=str(self.path),
                            cure="Wait for it to end, then try again",
                        ) from None
                    time.sleep(0.01)
            yield

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (duckdb.Error, OSError) as error:
            raise CatalogError(str(error).strip(), place=str(self.path)) from error


def current_snapshot(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the id of the snapshot that `connection` sees."""
    row = connection.execute("SELECT id FROM ducklake_current_snapshot(?)", [NAME]).fetchone()
    assert row is not None
    return int(row[0])


def add_file(connection: duckdb.DuckDBPyConnection, schema: str, table: str, path: Path) -> None:
    """Register a complete Parquet file as part of a table; columns that it lacks are NULL."""
    connection.execute(
        "CALL ducklake_add_data_files(?, ?, ?, schema => ?, allow_missing => true)",
        [NAME, table, str(path), schema],
    )
