"""What a new lake holds: schemas, empty tables, views, and the version of all this."""

from typing import TYPE_CHECKING, Any

from argosy.errors import CatalogError
from argosy_catalog.lake import kinds, views
from argosy_catalog.lake.checksums import CHECKSUMS, CHECKSUMS_TABLE
from argosy_catalog.lake.coverage import SPANS, SPANS_TABLE, coverage_view
from argosy_catalog.lake.index import market_tables, newest_snapshot
from argosy_catalog.lake.metadata import Ask
from argosy_catalog.lake.sql import identifier, literal, sql_type
from argosy_catalog.lake.tables import (
    INSTRUMENTS,
    INSTRUMENTS_TABLE,
    REFERENCE_SCHEMA,
    RUN_SCHEMA,
    RUN_TABLES,
)

if TYPE_CHECKING:
    import duckdb

    from argosy_catalog.lake.duck import Transaction

VERSION = 2

READABLE = {"1", str(VERSION)}
"""Layout 1 knew no coverage and no checksums: it is read as it is, and upgraded by a write."""

LAKE_VERSION = 1
"""The first number of DuckLake's own version that this one reads."""

INLINE_ROWS = 1000
"""Rows of `runs` are few at a time: up to so many lie in the metadata, not in a file."""

INLINE_NOTES = 1_000_000
"""Coverage and checksums always lie in the metadata, where reading them needs no file."""

_VERSION_PREFIX = "argosy_layout_"
_SCHEMAS = "SELECT schema_name FROM {meta}ducklake_schema WHERE end_snapshot IS NULL"
_LAKE_VERSION = "SELECT value FROM {meta}ducklake_metadata WHERE key = 'version'"
_NOTES = {SPANS: SPANS_TABLE, CHECKSUMS: CHECKSUMS_TABLE}


def create(connection: "duckdb.DuckDBPyConnection") -> None:
    """Fill the attached, empty lake."""
    connection.execute("CALL lake.set_option('data_inlining_row_limit', 0)")
    connection.execute("BEGIN")
    for schema in (kinds.SCHEMA, REFERENCE_SCHEMA, RUN_SCHEMA):
        connection.execute(f"CREATE SCHEMA {schema}")
    connection.execute(f"CREATE SCHEMA {_VERSION_PREFIX}{VERSION}")
    create_table(connection, REFERENCE_SCHEMA, INSTRUMENTS, INSTRUMENTS_TABLE)
    for name, schema in RUN_TABLES.items():
        create_table(connection, RUN_SCHEMA, name, schema)
    for name, schema in _NOTES.items():
        create_table(connection, REFERENCE_SCHEMA, name, schema)
    for statement in (*views.all_views(), coverage_view(())):
        connection.execute(statement)
    connection.execute("COMMIT")
    _keep_notes_inline(connection)
    connection.execute(
        f"CALL lake.set_option('data_inlining_row_limit', {INLINE_ROWS}, "
        f"schema => {literal(RUN_SCHEMA)}, table_name => 'runs')"
    )


def upgrade(transaction: "Transaction") -> None:
    """Bring a catalog of layout 1 to this one, within the transaction that writes to it."""
    if str(VERSION) in _versions(transaction.select):
        return
    connection, select = transaction.connection, transaction.select
    _keep_notes_inline(connection)
    for name, schema in _NOTES.items():
        create_table(connection, REFERENCE_SCHEMA, name, schema)
    for name in RUN_TABLES:
        add_run_table(connection, name)
    tables = market_tables(select, newest_snapshot(select))
    market = [
        views.market_view(kind, [t for t in tables if t.kind is kind]) for kind in select.kinds
    ]
    for statement in (*views.all_views(), *market, coverage_view(tables)):
        connection.execute(statement)
    connection.execute(f"CREATE SCHEMA {_VERSION_PREFIX}{VERSION}")
    connection.execute(f"DROP SCHEMA {_VERSION_PREFIX}1")


def _keep_notes_inline(connection: "duckdb.DuckDBPyConnection") -> None:
    """Set the option for the schema: DuckLake takes none for a table that is not committed."""
    connection.execute(
        f"CALL lake.set_option('data_inlining_row_limit', {INLINE_NOTES}, "
        f"schema => {literal(REFERENCE_SCHEMA)})"
    )


def create_table(
    connection: "duckdb.DuckDBPyConnection", schema: str, name: str, columns: Any
) -> None:
    """Make an empty table with the columns of an Arrow schema."""
    types = [f"{identifier(field.name)} {sql_type(field.type)}" for field in columns]
    connection.execute(f"CREATE TABLE {schema}.{identifier(name)} ({', '.join(types)})")


def add_run_table(connection: "duckdb.DuckDBPyConnection", name: str) -> None:
    """Make a table of the runs, with its view, where a catalog of an older version lacks it."""
    known = connection.execute(
        "SELECT table_name FROM duckdb_tables() "
        f"WHERE database_name = current_database() AND schema_name = {literal(RUN_SCHEMA)}"
    ).fetchall()
    if (name,) not in known:
        create_table(connection, RUN_SCHEMA, name, RUN_TABLES[name])
        connection.execute(views.run_view(name))


def check(select: Ask) -> None:
    """Refuse a catalog that a newer version has made, and a lake that is none."""
    found = _versions(select)
    if not found:
        raise CatalogError(
            "this DuckLake is no Argosy catalog", cure="Give the folder of one, or a new folder"
        )
    newer = "Use the version of Argosy that wrote it, or a newer one"
    if READABLE.isdisjoint(found):
        raise CatalogError(
            f"this catalog has layout {', '.join(found)}; this version of Argosy knows {VERSION}",
            cure=newer,
        )
    for (version,) in select(_LAKE_VERSION, {}):
        if int(str(version).partition(".")[0]) > LAKE_VERSION:
            raise CatalogError(
                f"this catalog has version {version} of DuckLake; this version of Argosy knows "
                f"{LAKE_VERSION}",
                cure=newer,
            )


def _versions(select: Ask) -> list[str]:
    names = [row[0] for row in select(_SCHEMAS, {})]
    return [
        name.removeprefix(_VERSION_PREFIX) for name in names if name.startswith(_VERSION_PREFIX)
    ]
