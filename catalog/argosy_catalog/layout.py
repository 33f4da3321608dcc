"""What a new lake holds: schemas, empty tables, views, and the version of all this."""

from typing import TYPE_CHECKING, Any

from argosy.errors import CatalogError
from argosy_catalog import kinds, views
from argosy_catalog.metadata import Select
from argosy_catalog.sql import identifier, literal, sql_type
from argosy_catalog.tables import (
    INSTRUMENTS,
    INSTRUMENTS_TABLE,
    REFERENCE_SCHEMA,
    RUN_SCHEMA,
    RUN_TABLES,
)

if TYPE_CHECKING:
    import duckdb

VERSION = 1

INLINE_ROWS = 1000
"""Rows of `runs` are few at a time: up to so many lie in the metadata, not in a file."""

_VERSION_PREFIX = "argosy_layout_"
_SCHEMAS = "SELECT schema_name FROM {meta}ducklake_schema WHERE end_snapshot IS NULL"


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
    for statement in views.all_views():
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute(
        f"CALL lake.set_option('data_inlining_row_limit', {INLINE_ROWS}, "
        f"schema => {literal(RUN_SCHEMA)}, table_name => 'runs')"
    )


def create_table(
    connection: "duckdb.DuckDBPyConnection", schema: str, name: str, columns: Any
) -> None:
    """Make an empty table with the columns of an Arrow schema."""
    types = [f"{identifier(field.name)} {sql_type(field.type)}" for field in columns]
    connection.execute(f"CREATE TABLE {schema}.{identifier(name)} ({', '.join(types)})")


def check(select: Select) -> None:
    """Refuse a catalog that a newer version has made, and a lake that is none."""
    names = [row[0] for row in select(_SCHEMAS, {})]
    found = [
        name.removeprefix(_VERSION_PREFIX) for name in names if name.startswith(_VERSION_PREFIX)
    ]
    if not found:
        raise CatalogError(
            "this DuckLake is no Argosy catalog", cure="Give the folder of one, or a new folder"
        )
    if str(VERSION) not in found:
        raise CatalogError(
            f"this catalog has layout {', '.join(found)}; this version of Argosy knows {VERSION}",
            cure="Use the version of Argosy that wrote it, or a newer one",
        )
