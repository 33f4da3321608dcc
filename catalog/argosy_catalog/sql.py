"""SQL text: quoting, and the DuckDB type of an Arrow type.

Values go into statements as parameters. Quoting is for the few places that take none: ``ATTACH``
and names of tables and columns.
"""

from typing import Any

import pyarrow as pa

_SQL_TYPES = {
    pa.bool_(): "BOOLEAN",
    pa.int8(): "TINYINT",
    pa.int16(): "SMALLINT",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.uint8(): "UTINYINT",
    pa.uint64(): "UBIGINT",
    pa.float64(): "DOUBLE",
    pa.string(): "VARCHAR",
    pa.binary(): "BLOB",
    pa.timestamp("ns"): "TIMESTAMP_NS",
}


def sql_type(arrow_type: Any) -> str | None:
    """Return the DuckDB type that holds every value of an Arrow type, or None."""
    if pa.types.is_dictionary(arrow_type):
        return sql_type(arrow_type.value_type)
    if pa.types.is_decimal(arrow_type):
        return f"DECIMAL({arrow_type.precision},{arrow_type.scale})"
    return _SQL_TYPES.get(arrow_type)


def literal(text: str) -> str:
    """Quote `text` as a SQL string."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Quote `name` as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
