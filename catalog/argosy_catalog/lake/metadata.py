"""The database in which DuckLake keeps what is in a lake, and at which snapshot.

Its tables are documented and plain SQL. Replay needs only them and the Parquet files. What each
kind of database does is written here once; `sqlite` and `postgres` are the two that there are.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from argosy.errors import CatalogError
from argosy_catalog.lake.kinds import STORED, Stored

if TYPE_CHECKING:
    import duckdb

LOCK_TIMEOUT_S = 60.0
"""So long a writer waits for its turn."""

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


class Ask(Protocol):
    """A query over the metadata of one moment; ``{meta}`` in it stands before each table's name."""

    def __call__(self, query: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return all rows."""
        ...


@dataclass(frozen=True, slots=True)
class Select:
    """Asks the metadata of one moment, and knows the kinds whose tables it names."""

    ask: Ask
    kinds: Stored = STORED

    def __call__(self, query: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return all rows."""
        return self.ask(query, parameters)


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

    def reading(self) -> AbstractContextManager[Ask | None]:
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
