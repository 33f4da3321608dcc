"""SQL for people: a statement that reads the catalog, and has no way to the rest of the machine."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from argosy.errors import CatalogError
from argosy_catalog import hindsight
from argosy_catalog.lake import Lake
from argosy_catalog.sql import literal

_EXPLAIN = re.compile(r"\s*explain(\s+analyze\b|\s*\([^)]*\))?", re.IGNORECASE)
_FORBIDDEN = re.compile(
    r"""\b("?)(
        sqlite_\w+ | postgres_\w+ | mysql_\w+ | query | query_table |
        (?:ducklake_)?(?:add_data_files | cleanup_old_files | delete_orphaned_files |
            expire_snapshots | flush_inlined_data | merge_adjacent_files |
            rewrite_data_files | set_option | set_commit_message | commit)
    )\1\s*\(""",
    re.IGNORECASE | re.VERBOSE,
)
"""Table functions that reach around the read-only attachment, as tried with DuckDB 1.5.5."""

_READS = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}


class SqlSession:
    """A read-only connection to a lake.

    Files outside of the catalog, the network, settings and other databases are closed to it.

    Parameters
    ----------
    lake : to read
    snapshot : to read it at, None for the newest
    """

    def __init__(self, lake: Lake, *, snapshot: int | None = None) -> None:
        self.lake = lake
        self.snapshot = snapshot
        self._connection: duckdb.DuckDBPyConnection | None = None

    def run(
        self, query: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None
    ) -> pa.Table:
        """Run one query.

        Parameters
        ----------
        query : a SELECT in DuckDB's SQL; also FROM, WITH, PIVOT, SHOW, DESCRIBE, SUMMARIZE, EXPLAIN
        parameters : for ``?`` by position, or for ``$name`` by name

        Raises
        ------
        CatalogError : the query is wrong, or does anything but read the catalog
        """
        try:
            connection = self._open()
            _refuse_writes(connection, query)
            return connection.execute(query, parameters).to_arrow_table()
        except duckdb.Error as error:
            raise _explain(error) from error

    def close(self) -> None:
        """Close the connection; the next query opens it again."""
        if self._connection is not None:
            self.lake.disconnect(self._connection)
            self._connection = None

    def _open(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            self._connection = guarded(self.lake, snapshot=self.snapshot)
            hindsight.cover_changes(self._connection)
        return self._connection


def guarded(
    lake: Lake, *, snapshot: int | None = None, threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """Open a connection that reads a lake and has no way to the rest of the machine.

    Parameters
    ----------
    snapshot : to read at, None for the newest
    threads : as many as there are cores where None
    """
    lake.create()
    connection = lake.connect(read_only=True, snapshot=snapshot)
    if threads is not None:
        connection.execute(f"SET threads = {threads:d}")
    connection.execute("SET TimeZone = 'UTC'")
    inside = literal(str(lake.data_path))
    connection.execute(f"SET allowed_directories = [{inside}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _refuse_writes(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    statements = connection.extract_statements(query)
    if not statements:
        raise CatalogError("it is empty", place="the query", cure="Ask with SELECT")
    if any(each.type is duckdb.StatementType.EXPLAIN for each in statements):
        # EXPLAIN ANALYZE runs what it explains.
        statements += connection.extract_statements(_EXPLAIN.sub("", query, count=1))
    # PIVOT brings statements of its own, which have no text.
    written = [each for each in statements if each.query and each.type not in _READS]
    if written:
        kind = written[0].type.name
        raise CatalogError(
            f"{kind} is refused: the catalog is read-only here",
            place="the query",
            cure="Ask with SELECT; write with ParquetDataCatalog or `argosy catalog ingest`",
        )
    if len([each for each in statements if each.query]) > 1 + len(_EXPLAIN.findall(query)):
        raise CatalogError(
            "there is more than one statement", place="the query", cure="Give them one by one"
        )
    found = _FORBIDDEN.search(query)
    if found:
        raise CatalogError(
            f"{found[2]} is refused: a query reads the catalog and nothing else",
            place="the query",
            cure="Ask the views; `SHOW TABLES` lists them",
        )


def _explain(error: duckdb.Error) -> CatalogError:
    """Say what DuckDB says: the message without its class, then the hint or the place."""
    message, _, rest = str(error).strip().partition("\n")
    cure = " ".join(rest.split("LINE")[0].split())
    if isinstance(error, duckdb.CatalogException):
        cure = f"{cure} `SHOW TABLES` lists the views".strip()
    return CatalogError(message.partition(" Error: ")[2] or message, place="the query", cure=cure)
