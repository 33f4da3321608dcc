"""SQL for people: a statement that reads the catalog, and has no way to the rest of the machine."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from argosy.errors import CatalogError
from argosy_catalog.hindsight.alteration import Outcome
from argosy_catalog.hindsight.cover import cover
from argosy_catalog.hindsight.present import present
from argosy_catalog.hindsight.shown import alteration_at
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.sql import literal
from argosy_catalog.read.guard import Guard
from argosy_catalog.read.interrupts import interruptible

BATCH_ROWS = 10_000

Parameters = Sequence[Any] | Mapping[str, Any] | None
"""Values for ``?`` by position, or for ``$name`` by name."""


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
        self._guard: Guard | None = None
        self._outcome: Outcome | None = None

    def run(self, query: str, parameters: Parameters = None) -> pa.Table:
        """Run one query and return all of its rows.

        Parameters
        ----------
        query : a SELECT in DuckDB's SQL; also FROM, WITH, PIVOT, SHOW, DESCRIBE, SUMMARIZE, EXPLAIN
        parameters : for ``?`` by position, or for ``$name`` by name

        Raises
        ------
        CatalogError : the query is wrong, or does anything but read the catalog
        """
        with _errors():
            connection = self._open()
            with interruptible(connection) as call:
                return call(lambda: self._execute(connection, query, parameters).to_arrow_table())

    def stream(
        self, query: str, parameters: Parameters = None, *, batch_rows: int = BATCH_ROWS
    ) -> pa.RecordBatchReader:
        """Run one query and return its rows as they are found: memory holds a few batches.

        The next query of this session ends the stream.

        Parameters
        ----------
        query, parameters : see `run`
        batch_rows : rows of a batch at most

        Raises
        ------
        CatalogError : as `run` does; also while rows are read
        """
        with _errors():
            connection = self._open()
            with interruptible(connection) as call:
                reader = call(
                    lambda: self._execute(connection, query, parameters).to_arrow_reader(batch_rows)
                )
        return pa.RecordBatchReader.from_batches(reader.schema, _batches(reader, connection))

    def close(self) -> None:
        """Close the connection; the next query opens it again."""
        if self._connection is not None:
            self.lake.disconnect(self._connection)
            self._connection = self._guard = None

    def check(self, query: str) -> None:
        """Refuse what `run` would refuse, without running it.

        Raises
        ------
        CatalogError : the query does anything but read the catalog
        """
        with _errors():
            self._check(self._open(), query)

    def _execute(
        self, connection: duckdb.DuckDBPyConnection, query: str, parameters: Parameters
    ) -> duckdb.DuckDBPyConnection:
        self._check(connection, query)
        return connection.execute(query, parameters)

    def _check(self, connection: duckdb.DuckDBPyConnection, query: str) -> None:
        if self._guard is None:
            self._guard = Guard(connection)
        self._guard.check(query)

    def _open(self) -> duckdb.DuckDBPyConnection:
        """Return the connection; asked in the thread of who asks, whose run it belongs to."""
        outcome = present()
        if outcome != self._outcome:
            self.close()  # its views show other data
        if self._connection is None:
            self._connection, self._outcome = self._connect(outcome), outcome
        return self._connection

    def _connect(self, outcome: Outcome | None) -> duckdb.DuckDBPyConnection:
        connection = guarded(self.lake, snapshot=self.snapshot)
        try:
            altered = alteration_at(outcome, self.lake, self.snapshot)
            if altered is not None:
                cover(connection, altered=altered, kinds=self.lake.kinds)
        except BaseException:
            self.lake.disconnect(connection)
            raise
        return connection


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
    connection.execute("SET python_enable_replacements = false")  # else names mean variables
    spill = Path(tempfile.gettempdir()) / f"argosy-sql-{os.getpid()}"  # made when it is needed
    connection.execute(f"SET temp_directory = {literal(str(spill))}")
    inside = literal(str(lake.data_path))
    connection.execute(f"SET allowed_directories = [{inside}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _batches(reader: pa.RecordBatchReader, connection: duckdb.DuckDBPyConnection) -> Iterator[Any]:
    with _errors(), interruptible(connection) as call:
        while (batch := call(lambda: next(reader, None))) is not None:
            yield batch


@contextmanager
def _errors() -> Iterator[None]:
    """Turn what DuckDB raises into errors that people can act on; pyarrow wraps some of it."""
    try:
        yield
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        raise _explain(error) from error


def _explain(error: Exception) -> CatalogError:
    """Say what DuckDB says: the message without its class, then the hint or the place."""
    message, _, rest = str(error).strip().partition("\n")
    cure = " ".join(rest.split("LINE")[0].split())
    if isinstance(error, duckdb.CatalogException):
        cure = f"{cure} `SHOW TABLES` lists the views".strip()
    if ".parquet" in message:  # a query names no file, so this is one of the catalog
        cure = "`argosy catalog verify` finds files that are damaged or missing"
    return CatalogError(message.partition(" Error: ")[2] or message, place="the query", cure=cure)
