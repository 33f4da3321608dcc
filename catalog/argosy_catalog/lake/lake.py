"""A DuckLake: metadata in a database, Parquet files in a folder or in an object store.

Readers see one snapshot. Writers take turns, so that what a writer has checked still holds when it
commits.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from argosy.config.secret import Secret
from argosy.errors import CatalogError
from argosy_catalog.lake import layout, storage
from argosy_catalog.lake.databases import metadata_of
from argosy_catalog.lake.index import newest_snapshot
from argosy_catalog.lake.kinds import STORED, Stored
from argosy_catalog.lake.metadata import Ask, Select, cure_of
from argosy_catalog.lake.objects import access
from argosy_catalog.lake.sql import literal
from argosy_catalog.lake.sqlite import FILE as METADATA
from argosy_catalog.lake.sqlite import MetadataFile
from argosy_catalog.lake.storage import Place
from argosy_catalog.lake.strangers import Origin, found_below

if TYPE_CHECKING:
    import duckdb

    from argosy_catalog.lake.duck import Transaction

__all__ = ["METADATA", "CommitError", "Lake"]

DATA = "data"


class CommitError(CatalogError):
    """A commit failed; if its last step was the one to fail, it may be found done after all."""


class Lake:
    """One DuckLake.

    Parameters
    ----------
    path : the folder of the catalog, or its place in an object store; made, with an empty lake in
        it, unless `read_only`
    metadata : where its metadata is kept; see `argosy_catalog.lake.databases.metadata_of`
    read_only : refuse every write, and a folder that holds no catalog
    kinds : of data that it keeps

    Attributes
    ----------
    given : the path as whoever opened it spells it
    """

    def __init__(
        self,
        path: str | Place,
        *,
        metadata: str | Path | Secret | None = None,
        read_only: bool = False,
        kinds: Stored = STORED,
    ) -> None:
        self.given = storage.place(path)
        self.path = self.given.resolve() if isinstance(self.given, Path) else self.given
        self.database = metadata_of(metadata, self.path)
        self.read_only = read_only
        self.kinds = kinds
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._is_upgraded = False
        if read_only:
            self._require()

    @property
    def exists(self) -> bool:
        """Whether something was written yet."""
        return self.database.exists

    @property
    def data_path(self) -> Place:
        """The folder of the Parquet files."""
        return self.path / DATA

    @property
    def is_local(self) -> bool:
        """Whether all who use it are processes of one machine: they see each other's locks."""
        return isinstance(self.path, Path) and isinstance(self.database, MetadataFile)

    @property
    def extensions(self) -> tuple[str, ...]:
        """The extensions that DuckDB needs for the metadata and the files."""
        remote = () if isinstance(self.path, Path) else ("httpfs",)
        return (*self.database.extensions, *remote)

    def create(self) -> None:
        """Make the lake with its empty tables, unless it is there."""
        if self.exists:
            return
        if self.read_only:
            self._require()
        from argosy_catalog.lake import duck

        with self._errors(), duck.errors(self.path), duck.connect(self.extensions) as connection:
            if isinstance(self.data_path, Path):
                storage.make_folder(self.data_path)
            self._prepare(connection)
            self.database.create(connection, self._fill)

    @contextmanager
    def metadata(self) -> Iterator[Select]:
        """Lend a query over DuckLake's metadata of one moment; loads DuckDB only if it must."""
        self.create()
        if self._connection is None:
            with self._errors(), self.database.reading() as ask:
                if ask is not None:
                    self._check(ask)
                    yield Select(ask, self.kinds)
                    return
        with self._connected() as transaction:
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
        from argosy_catalog.lake import duck

        with (
            self._errors(),
            self._connected() as transaction,
            self.database.locked(transaction.connection) as confirm,
        ):
            transaction.execute("BEGIN")
            try:
                if not self._is_upgraded:
                    layout.upgrade(transaction)
                yield transaction
                confirm()
            except BaseException:
                with suppress(duck.Error):  # a lost connection has ended it already
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
            self._is_upgraded = True

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
        source: str | None = None,
        snapshot: int | None = None,
    ) -> None:
        """Attach the lake to a connection and make it the default database.

        Parameters
        ----------
        source : where its metadata is, None for its own place
        snapshot : to read at, None for the newest
        """
        from argosy_catalog.lake.duck import NAME

        options = [
            f"DATA_PATH {literal(str(self.data_path))}",
            "OVERRIDE_DATA_PATH true",  # the folder may have been moved
            *self.database.options,
        ]
        if read_only:
            options.append("READ_ONLY")
        if snapshot is not None:
            options.append(f"SNAPSHOT_VERSION {snapshot:d}")
        address = literal(source or self.database.source)
        connection.execute(f"ATTACH {address} AS {NAME} ({', '.join(options)})")
        connection.execute(f"USE {NAME}")

    def connect(
        self, *, read_only: bool, snapshot: int | None = None
    ) -> "duckdb.DuckDBPyConnection":
        """Open a connection of its own to the lake; `disconnect` must close it."""
        from argosy_catalog.lake import duck

        connection = duck.connect(self.extensions)
        try:
            with duck.errors(self.path), self._errors(), self.database.attaching():
                self._probe()
                self._prepare(connection)
                self.attach(connection, read_only=read_only, snapshot=snapshot)
                self._check(duck.Transaction(connection).select)
        except BaseException:
            connection.close()
            raise
        return connection

    def disconnect(self, connection: "duckdb.DuckDBPyConnection") -> None:
        """Close a connection that `connect` opened."""
        connection.close()
        self.database.detached()

    def close(self) -> None:
        """Close the connection; the next use opens it again."""
        if self._connection is not None:
            self.disconnect(self._connection)
            self._connection = None
            self._is_upgraded = False

    def _open(self) -> "duckdb.DuckDBPyConnection":
        if self._connection is None:
            self._connection = self.connect(read_only=self.read_only)
        return self._connection

    @contextmanager
    def _connected(self) -> "Iterator[Transaction]":
        """Lend the connection; one that failed is not used again."""
        from argosy_catalog.lake import duck

        try:
            with duck.errors(self.path):
                yield duck.Transaction(self._open(), self.kinds)
        except CatalogError as error:
            if isinstance(error.__cause__, duck.Error):
                self.close()
            raise

    def _prepare(self, connection: "duckdb.DuckDBPyConnection") -> None:
        """Let a connection reach the metadata and the files."""
        self.database.prepare(connection)
        if not isinstance(self.path, Path):
            for statement in access().statements("argosy_store"):
                connection.execute(statement)

    def _fill(self, connection: "duckdb.DuckDBPyConnection", source: str) -> None:
        """Make the empty tables of a new lake."""
        from argosy_catalog.lake.duck import NAME

        self._refuse_other_metadata()
        self.attach(connection, source=source)
        layout.create(connection)
        connection.execute(f"USE memory; DETACH {NAME}")

    def _refuse_other_metadata(self) -> None:
        """Refuse to start anew over files that were committed: what lists them is elsewhere."""
        found = found_below(self.path, self.data_path)
        names = sorted(each.stored.path.name for each in found if each.origin is Origin.DONE)
        if names:
            raise CatalogError(
                f"{len(names):,} files, such as {names[0]}, were committed here, and there is no "
                f"metadata at {self.database}; new metadata would not know them",
                place=str(self.data_path),
                cure="Name the metadata that lists them with --metadata, put it back from a "
                "backup, or load into a new folder; the files are untouched",
            )

    def _probe(self) -> None:
        """Refuse bad metadata before DuckDB, which says less of it, meets it."""
        with self.database.reading() as ask:
            if ask is not None:
                self._check(ask)

    def _check(self, ask: Ask) -> None:
        """Refuse what `layout.check` does, with the place of the metadata."""
        try:
            layout.check(ask)
        except CatalogError as error:
            raise CatalogError(error.message, place=str(self.database), cure=error.cure) from None

    def _require(self) -> None:
        if not self.exists:
            raise CatalogError(
                "there is no catalog here",
                place=str(self.path),
                cure="Name the folder of one with --catalog or ARGOSY_CATALOG, "
                "or make one with `argosy catalog ingest`",
            )

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            text, cure = str(error).strip(), cure_of(error)
            raise CatalogError(text, place=str(self.path), cure=cure) from error
