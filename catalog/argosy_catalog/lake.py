"""A DuckLake: metadata in SQLite, Parquet files in a folder.

Readers see one snapshot. Writers of all processes take turns through a lock file, so that what a
writer has checked still holds when it commits.
"""

import fcntl
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from argosy.errors import CatalogError
from argosy_catalog import layout, metadata
from argosy_catalog.index import newest_snapshot
from argosy_catalog.metadata import Select
from argosy_catalog.sql import literal

if TYPE_CHECKING:
    import duckdb

    from argosy_catalog.duck import Transaction

METADATA = "metadata.sqlite"
DATA = "data"
LOCK = "write.lock"

LOCK_TIMEOUT_S = 60.0
BUSY_TIMEOUT_MS = 30_000


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
        self.path = path.resolve()
        self.read_only = read_only
        self._connection: duckdb.DuckDBPyConnection | None = None
        if read_only:
            self._require()

    @property
    def exists(self) -> bool:
        """Whether something was written yet."""
        return self._metadata.is_file()

    @property
    def data_path(self) -> Path:
        """The folder of the Parquet files."""
        return self.path / DATA

    @property
    def _metadata(self) -> Path:
        return self.path / METADATA

    def create(self) -> None:
        """Make the lake with its empty tables, unless it is there."""
        if self.exists:
            return
        if self.read_only:
            self._require()
        from argosy_catalog import duck

        with self._locked(), tempfile.TemporaryDirectory(dir=self.path) as folder:
            if self.exists:
                return  # another process was faster
            self.data_path.mkdir(exist_ok=True)
            new = Path(folder) / METADATA
            with duck.errors(self.path), duck.connect() as connection:
                self.attach(connection, new=new)
                layout.create(connection)
                connection.execute(f"USE memory; DETACH {duck.NAME}")
            new.rename(self._metadata)

    @contextmanager
    def metadata(self) -> Iterator[Select]:
        """Lend a query over DuckLake's metadata of one moment; loads DuckDB only if it must."""
        self.create()
        if self._connection is None:
            with self._errors(), metadata.sqlite(self._metadata) as select:
                if select is not None:
                    layout.check(select)
                    yield select
                    return
        from argosy_catalog import duck

        with duck.errors(self.path):
            transaction = duck.Transaction(self._open())
            transaction.execute("BEGIN")
            try:
                yield transaction.select
            finally:
                transaction.execute("ROLLBACK")

    @contextmanager
    def write(self) -> "Iterator[Transaction]":
        """Lend a transaction that becomes one new snapshot, or none if the block raises."""
        if self.read_only:
            raise CatalogError("this catalog was opened read-only", place=str(self.path))
        self.create()
        from argosy_catalog import duck

        with duck.errors(self.path):
            transaction = duck.Transaction(self._open())
            with self._locked():
                transaction.execute("BEGIN")
                try:
                    yield transaction
                except BaseException:
                    transaction.execute("ROLLBACK")
                    raise
                try:
                    transaction.execute("COMMIT")
                except duck.Error as error:
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
        with self.metadata() as select:
            return newest_snapshot(select)

    def attach(
        self,
        connection: "duckdb.DuckDBPyConnection",
        *,
        read_only: bool = False,
        new: Path | None = None,
        snapshot: int | None = None,
    ) -> None:
        """Attach the lake to a connection and make it the default database.

        Parameters
        ----------
        snapshot : to read at, None for the newest
        new : where its metadata shall begin, for a lake that is not there yet
        """
        from argosy_catalog.duck import NAME

        options = [
            f"DATA_PATH {literal(str(self.data_path))}",
            "OVERRIDE_DATA_PATH true",  # the folder may have been moved
            "META_JOURNAL_MODE 'WAL'",
            f"META_BUSY_TIMEOUT {BUSY_TIMEOUT_MS}",
        ]
        if read_only:
            options.append("READ_ONLY")
        if snapshot is not None:
            options.append(f"SNAPSHOT_VERSION {snapshot:d}")
        source = literal(f"ducklake:sqlite:{new or self._metadata}")
        connection.execute(f"ATTACH {source} AS {NAME} ({', '.join(options)})")
        connection.execute(f"USE {NAME}")

    def connect(
        self, *, read_only: bool, snapshot: int | None = None
    ) -> "duckdb.DuckDBPyConnection":
        """Open a connection of its own to the lake; `disconnect` must close it."""
        from argosy_catalog import duck

        connection = duck.connect()
        try:
            with duck.errors(self.path), metadata.attaching(self._metadata):
                self.attach(connection, read_only=read_only, snapshot=snapshot)
                layout.check(duck.Transaction(connection).select)
        except BaseException:
            connection.close()
            raise
        return connection

    def disconnect(self, connection: "duckdb.DuckDBPyConnection") -> None:
        """Close a connection that `connect` opened."""
        connection.close()
        metadata.detached(self._metadata)

    def close(self) -> None:
        """Close the connection; the next use opens it again."""
        if self._connection is not None:
            self.disconnect(self._connection)
            self._connection = None

    def _open(self) -> "duckdb.DuckDBPyConnection":
        if self._connection is None:
            self._connection = self.connect(read_only=self.read_only)
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
        with self._errors():
            self.path.mkdir(parents=True, exist_ok=True)
            lock = (self.path / LOCK).open("a")
        with lock:
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
        except (sqlite3.Error, OSError) as error:
            text, cure = str(error).strip(), metadata.cure_of(error)
            raise CatalogError(text, place=str(self.path), cure=cure) from error
