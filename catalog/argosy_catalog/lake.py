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
from importlib.util import find_spec
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


_verified: set[Path] = set()
"""Extension files whose signature DuckDB has checked in this process: that reads all of them."""


def connect() -> duckdb.DuckDBPyConnection:
    """Open an empty DuckDB in memory that never downloads anything, with the extensions loaded.

    Raises
    ------
    CatalogError : an extension is missing; says how to get it
    """
    binaries = {name: _binary(name) for name in EXTENSIONS}
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_unsigned_extensions": _verified.issuperset(binaries.values()),
        },
    )
    for name, binary in binaries.items():
        try:
            # Without a wheel it may be one that the user installed into DuckDB.
            connection.load_extension(str(binary) if binary.is_file() else name)
        except duckdb.Error as error:
            connection.close()
            raise _missing(name) from error
        _verified.add(binary)
    return connection


def _binary(name: str) -> Path:
    """Return where the wheel of an extension has its binary for this DuckDB."""
    found = find_spec(f"duckdb_extension_{name}")
    folder = Path(found.origin).parent if found and found.origin else Path(name)
    return folder / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"


def _missing(name: str) -> CatalogError:
    version = duckdb.__version__
    return CatalogError(
        f"DuckDB {version} cannot load its extension {name}",
        cure=f"pip install duckdb-extension-{name.replace('_', '-')}=={version}, "
        f"or run INSTALL {name} once in a DuckDB {version}",
    )


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
        if read_only:
            self._require()
        self._connection: duckdb.DuckDBPyConnection | None = None

    @property
    def exists(self) -> bool:
        """Whether something was written yet."""
        return (self.path / METADATA).is_file()

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

    def create(self) -> None:
        """Make the lake with its empty tables, unless it is there."""
        if self.exists:
            return
        if self.read_only:
            self._require()
        with self._locked(), tempfile.TemporaryDirectory(dir=self.path) as folder:
            if self.exists:
                return  # another process was faster
            self.data_path.mkdir(exist_ok=True)
            with connect() as connection:
                new = Path(folder) / METADATA
                self.attach(connection, metadata=new)
                layout.create(connection)
                connection.execute(f"USE memory; DETACH {NAME}")
            new.rename(self.path / METADATA)

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
        with self._errors():
            connection = self._open()
        with self._errors(), self._locked():
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
        """Return the id of the newest snapshot; 0 before anything was written."""
        if not self.exists:
            return 0
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
                self.create()
                self.attach(connection, read_only=self.read_only)
                layout.check(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _require(self) -> None:
        if not self.exists:
            raise CatalogError(
                "there is no catalog here",
                place=str(self.path),
                cure="Name the folder of one with --catalog or ARGOSY_CATALOG, "
                "or make one with `argosy catalog ingest`",
            )

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
