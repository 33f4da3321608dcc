"""Views of a connection over rows that are withheld, changed or turned round."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from argosy_catalog.hindsight import alteration_sql
from argosy_catalog.hindsight.alteration import Alteration
from argosy_catalog.hindsight.alteration_sql import known
from argosy_catalog.lake.coverage import SPANS
from argosy_catalog.lake.kinds import SCHEMA, STORED, Stored, Table
from argosy_catalog.lake.sql import identifier
from argosy_catalog.lake.tables import INSTRUMENTS, REFERENCE_SCHEMA
from argosy_catalog.macros import MACROS

if TYPE_CHECKING:
    import duckdb

_SHOWN = "shown"
"""The database whose views lie over the tables of the lake."""

_TABLES = "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = $1"
_VIEWS = "SELECT view_name, sql FROM duckdb_views() WHERE database_name = $1 ORDER BY view_name"


@contextmanager
def covered(
    connection: "duckdb.DuckDBPyConnection",
    until_ns: int | None,
    altered: Alteration | None,
    *,
    is_reversed: bool = False,
    kinds: Stored = STORED,
) -> Iterator[None]:
    """Show rows in the block as `cover` does, where that makes a difference."""
    if until_ns is None and altered is None and not is_reversed:
        yield
        return
    row = connection.execute("SELECT current_database()").fetchone()
    try:
        cover(connection, until_ns=until_ns, altered=altered, is_reversed=is_reversed, kinds=kinds)
        yield
    finally:
        connection.execute(f"USE {identifier(str(row[0]) if row else '')}")
        connection.execute(f"DETACH DATABASE IF EXISTS {_SHOWN}")


def cover(
    connection: "duckdb.DuckDBPyConnection",
    *,
    until_ns: int | None = None,
    altered: Alteration | None = None,
    is_reversed: bool = False,
    kinds: Stored = STORED,
) -> None:
    """Show the views of a lake over rows that are withheld or changed.

    Parameters
    ----------
    connection : with the lake as the default database; another is it afterwards
    until_ns : rows with a later `ts_init` are withheld
    altered : what becomes of later rows
    is_reversed : rows are read from the last to the first
    kinds : those that the lake keeps
    """
    row = connection.execute("SELECT current_database()").fetchone()
    lake = str(row[0]) if row else ""
    tables = connection.execute(_TABLES, [lake]).fetchall()
    views = connection.execute(_VIEWS, [lake]).fetchall()
    connection.execute(f"ATTACH ':memory:' AS {_SHOWN}")
    for schema, name in tables:
        source = f"{identifier(lake)}.{identifier(schema)}.{identifier(name)}"
        table = kinds.table(name) if schema == SCHEMA else None
        select = _select((schema, name), table, source, until_ns, altered)
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {_SHOWN}.{identifier(schema)}")
        target = f"{_SHOWN}.{identifier(schema)}.{identifier(name)}"
        connection.execute(f"CREATE VIEW {target} AS {select}")
    connection.execute(f"USE {_SHOWN}")
    stored = [macro.statement for macro in MACROS]
    rows = views
    if is_reversed:
        rows = [(name, _reversed(sql) if kinds.view(name) else sql) for name, sql in rows]
    _restore(connection, [*stored, *(_spelled(name, sql, lake, until_ns) for name, sql in rows)])


def _select(
    name: tuple[str, str],
    table: Table | None,
    source: str,
    until_ns: int | None,
    altered: Alteration | None,
) -> str:
    if name == (REFERENCE_SCHEMA, SPANS):
        later = None if altered is None else altered.outcome.after_ns
        return alteration_sql.spans(source, later if until_ns is None else until_ns)
    if table is None:
        return f"SELECT * FROM {source}"
    select = alteration_sql.selection(table, source, altered)
    return select if until_ns is None else f"SELECT * FROM ({select}) WHERE {known(until_ns)}"


def _reversed(sql: str) -> str:
    head, _, select = sql.rstrip("; \n").partition(" AS ")
    return f"{head} AS SELECT * FROM ({select}) ORDER BY ALL DESC"


def _spelled(name: str, sql: str, lake: str, until_ns: int | None) -> str:
    """Return the statement of a view; that of the newest definitions needs the lake's row ids."""
    if name != INSTRUMENTS:
        return sql
    where = "" if until_ns is None else f" WHERE {known(until_ns)}"
    return (
        f"CREATE VIEW {INSTRUMENTS} AS "
        f"SELECT * FROM {identifier(lake)}.{REFERENCE_SCHEMA}.{INSTRUMENTS}{where} "
        "QUALIFY row_number() OVER "
        "(PARTITION BY instrument_id ORDER BY ts_init DESC, rowid DESC) = 1"
    )


def _restore(connection: "duckdb.DuckDBPyConnection", statements: list[str]) -> None:
    """Make macros and views in an order in which each finds those that it reads."""
    from duckdb import Error

    while statements:
        later = []
        for statement in statements:
            try:
                connection.execute(statement)
            except Error:
                later.append(statement)
        if len(later) == len(statements):
            return  # views of one's own that read files: a query that needs one says so
        statements = later
