"""SQL text: quoting, binding, and the DuckDB type of an Arrow type.

What a user asks is bound by DuckDB. The catalog's own statements are bound here: at its first bound
value DuckDB imports pandas where that is installed, which takes half a second and 60 MB.
"""

import re
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

_PARAMETER = re.compile(r"\$([a-z_]+)")

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


def bound(query: str, parameters: Mapping[str, str | int | None]) -> str:
    """Put values in the place of ``$name``, quoted."""

    def spell(match: re.Match[str]) -> str:
        value = parameters[match[1]]
        if value is None:
            return "NULL"
        return literal(value) if isinstance(value, str) else str(value)

    return _PARAMETER.sub(spell, query)


def identifier(name: str) -> str:
    """Quote `name` as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
