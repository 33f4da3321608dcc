"""What a new lake holds: schemas, empty tables, views, and the version of all this."""

from typing import Any

import duckdb

from argosy.errors import CatalogError
from argosy_catalog import kinds, views
from argosy_catalog.sql import identifier, sql_type
from argosy_catalog.tables import (
    INSTRUMENTS,
    INSTRUMENTS_TABLE,
    JSON_COLUMNS,
    REFERENCE_SCHEMA,
    RUN_SCHEMA,
    RUN_TABLES,
)

VERSION = 1

INLINE_ROWS = 1000
"""Instruments and runs are few: up to so many rows at once lie in the metadata, not in a file."""


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the attached, empty lake."""
    connection.execute("CALL lake.set_option('data_inlining_row_limit', 0)")
    connection.execute("BEGIN")
    for schema in (kinds.SCHEMA, REFERENCE_SCHEMA, RUN_SCHEMA):
        connection.execute(f"CREATE SCHEMA {schema}")
    connection.execute(f"CREATE TABLE {REFERENCE_SCHEMA}.layout (version INTEGER)")
    create_table(connection, REFERENCE_SCHEMA, INSTRUMENTS, INSTRUMENTS_TABLE)
    for name, schema in RUN_TABLES.items():
        create_table(connection, RUN_SCHEMA, name, schema)
    for statement in views.all_views():
        connection.execute(statement)
    connection.execute("COMMIT")
    for schema, name in (
        (REFERENCE_SCHEMA, "layout"),
        (REFERENCE_SCHEMA, INSTRUMENTS),
        (RUN_SCHEMA, "runs"),
    ):
        connection.execute(
            "CALL lake.set_option('data_inlining_row_limit', ?, schema => ?, table_name => ?)",
            [INLINE_ROWS, schema, name],
        )
    connection.execute(f"INSERT INTO {REFERENCE_SCHEMA}.layout VALUES (?)", [VERSION])


def create_table(
    connection: duckdb.DuckDBPyConnection, schema: str, name: str, columns: Any
) -> None:
    """Make an empty table with the columns of an Arrow schema."""
    json = JSON_COLUMNS.get(name, ())
    types = [
        f"{identifier(field.name)} {'JSON' if field.name in json else sql_type(field.type)}"
        for field in columns
    ]
    connection.execute(f"CREATE TABLE {schema}.{identifier(name)} ({', '.join(types)})")


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """Refuse a catalog that a newer version has made, and a lake that is none."""
    try:
        rows = connection.execute(f"SELECT max(version) FROM {REFERENCE_SCHEMA}.layout").fetchall()
    except duckdb.CatalogException as error:
        raise CatalogError(
            "this DuckLake is no Argosy catalog", cure="Give the folder of one, or a new folder"
        ) from error
    version = rows[0][0]
    if version != VERSION:
        raise CatalogError(
            f"this catalog has layout {version}; this version of Argosy knows {VERSION}",
            cure="Use the version of Argosy that wrote it, or a newer one",
        )
