"""What a catalog would show if the future were withheld, or had come out differently.

Both serve the search for lookahead: what was known at a time must be the same, whatever came later.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from argosy.model.values import RAW_MAX
from argosy_catalog.kinds import DELTAS, KINDS, SCHEMA, Kind, Table, is_size
from argosy_catalog.macros import MACROS
from argosy_catalog.sql import identifier
from argosy_catalog.tables import INSTRUMENTS, REFERENCE_SCHEMA

if TYPE_CHECKING:
    import duckdb

_SHOWN = "shown"
"""The database whose views lie over the tables of the lake."""
_OF_FILES = "coverage"
"""A view of what is on disk, whatever is shown."""
_NOISE = 997
_PACE = 7_919

_TABLES = "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = $1"
_VIEWS = "SELECT view_name, sql FROM duckdb_views() WHERE database_name = $1 ORDER BY view_name"


class _Present:
    """What catalogs of this process show now."""

    after_ns: int | None = None


def changes_after() -> int | None:
    """Return the time (ns) after which catalogs of this process show changed rows, if they do."""
    return _Present.after_ns


@contextmanager
def changed_after(time_ns: int) -> Iterator[None]:
    """Let every catalog of this process show other prices and sizes after a time.

    Streams, objects and SQL show the same ones; what is on disk stays as it is. Rows keep their
    times; a bar encloses its open and close, and an ask stays above its bid.

    Parameters
    ----------
    time_ns : rows up to this `ts_init` stay as they are
    """
    before, _Present.after_ns = _Present.after_ns, time_ns
    try:
        yield
    finally:
        _Present.after_ns = before


def changed(kind: Kind, batch: Any, after_ns: int) -> Any:
    """Return a batch whose numbers are others after a time.

    Parameters
    ----------
    batch : RecordBatch in the schema of a table of the kind
    """
    import numpy as np

    from argosy_catalog.buffers import integers

    times = integers(batch.column("ts_init"))
    is_later = times > after_ns
    if not is_later.any():
        return batch
    noise = 1 + np.abs(times // 1000) % _NOISE * _PACE % _NOISE
    columns = list(batch.columns)
    for at, field in enumerate(batch.schema):
        reference = _reference(kind, field)
        if reference is None:
            continue
        values, base = integers(batch.columns[at]), np.abs(integers(batch.column(reference)))
        moved = values + base // 50 + noise
        keeps = (moved > RAW_MAX) | ~is_later | _means_nothing(kind, values)
        made = np.ascontiguousarray(np.where(keeps, values, moved), np.int64)
        columns[at] = pa.Array.from_buffers(field.type, len(made), [None, pa.py_buffer(made)])
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _reference(kind: Kind, field: Any) -> str | None:
    """Return the column that says how far a column moves: prices of a row move together."""
    if not pa.types.is_decimal(field.type):
        return None
    if is_size(field.name):
        return str(field.name)
    return {"quotes": "bid_price", "trades": "price", "bars": "open"}.get(kind.name)


def _means_nothing(kind: Kind, sizes: Any) -> Any:
    """Tell which sizes say something else than a size: 0 in a delta removes a level."""
    return (sizes == 0) & (kind is DELTAS)


def cover_changes(connection: "duckdb.DuckDBPyConnection") -> None:
    """Show changed rows to whoever uses a connection, if catalogs show such now."""
    if _Present.after_ns is not None:
        cover(connection, after_ns=_Present.after_ns)


@contextmanager
def covered(
    connection: "duckdb.DuckDBPyConnection",
    until_ns: int | None,
    after_ns: int | None,
    *,
    is_reversed: bool = False,
) -> Iterator[None]:
    """Show rows in the block as `cover` does, where that makes a difference."""
    if until_ns is None and after_ns is None and not is_reversed:
        yield
        return
    row = connection.execute("SELECT current_database()").fetchone()
    try:
        cover(connection, until_ns=until_ns, after_ns=after_ns, is_reversed=is_reversed)
        yield
    finally:
        connection.execute(f"USE {identifier(str(row[0]) if row else '')}")
        connection.execute(f"DETACH DATABASE IF EXISTS {_SHOWN}")


def cover(
    connection: "duckdb.DuckDBPyConnection",
    *,
    until_ns: int | None = None,
    after_ns: int | None = None,
    is_reversed: bool = False,
) -> None:
    """Show the views of a lake over rows that are withheld or changed.

    Parameters
    ----------
    connection : with the lake as the default database; another is it afterwards
    until_ns : rows with a later `ts_init` are withheld
    after_ns : rows with a later `ts_init` are changed as `changed` does
    is_reversed : rows are read from the last to the first
    """
    row = connection.execute("SELECT current_database()").fetchone()
    lake = str(row[0]) if row else ""
    tables = connection.execute(_TABLES, [lake]).fetchall()
    views = connection.execute(_VIEWS, [lake]).fetchall()
    connection.execute(f"ATTACH ':memory:' AS {_SHOWN}")
    for schema, name in tables:
        source = f"{identifier(lake)}.{identifier(schema)}.{identifier(name)}"
        select = _select(schema, name, source, until_ns, after_ns)
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {_SHOWN}.{identifier(schema)}")
        shown = f"{_SHOWN}.{identifier(schema)}.{identifier(name)}"
        connection.execute(f"CREATE VIEW {shown} AS {select}")
    connection.execute(f"USE {_SHOWN}")
    stored = [macro.statement for macro in MACROS]
    rows = [(name, sql) for name, sql in views if name != _OF_FILES]
    if is_reversed:
        rows = [(name, _reversed(name, sql)) for name, sql in rows]
    _restore(connection, [*stored, *(_spelled(name, sql, lake, until_ns) for name, sql in rows)])


def _select(schema: str, name: str, source: str, until_ns: int | None, after_ns: int | None) -> str:
    table = Table.named(name) if schema == SCHEMA else None
    columns = "*" if after_ns is None or table is None else _changes(table, after_ns)
    if table is not None:
        columns += ", rowid"  # by which views order rows of one time
    where = f" WHERE {_known(until_ns)}" if table is not None and until_ns is not None else ""
    return f"SELECT {columns} FROM {source}{where}"


def _known(until_ns: int) -> str:
    return f"ts_init <= make_timestamp_ns({until_ns:d})"


def _changes(table: Table, after_ns: int) -> str:
    """Return the columns of a table, those that `changed` changes as expressions."""
    noise = f"(1 + abs(epoch_ns(ts_init) // 1000) % {_NOISE} * {_PACE} % {_NOISE})"
    replaced = []
    for field in table.row_schema:
        reference = _reference(table.kind, field)
        if reference is None:
            continue
        digits, name = field.type.scale, identifier(field.name)
        raw, base = _raw(name, digits), f"abs({_raw(identifier(reference), digits)})"
        moved = f"{raw} + {base} // 50 + {noise}"
        unit = f"CAST('{10**-digits:.{digits}f}' AS DECIMAL(19, {digits}))"
        value = f"CAST(CAST({moved} AS DECIMAL(19, 0)) * {unit} AS DECIMAL(18, {digits}))"
        nothing = f" AND {name} <> 0" if table.kind is DELTAS else ""
        is_later = f"NOT ({_known(after_ns)}) AND {moved} <= {RAW_MAX}{nothing}"
        replaced.append(f"CASE WHEN {is_later} THEN {value} ELSE {name} END AS {name}")
    return f"* REPLACE ({', '.join(replaced)})" if replaced else "*"


def _raw(column: str, digits: int) -> str:
    """Return the integer behind a decimal."""
    return f"CAST({column} * CAST({10**digits} AS DECIMAL(19, 0)) AS HUGEINT)"


def _reversed(name: str, sql: str) -> str:
    if name not in {kind.name for kind in KINDS}:
        return sql
    head, _, select = sql.rstrip("; \n").partition(" AS ")
    return f"{head} AS SELECT * FROM ({select}) ORDER BY ALL DESC"


def _spelled(name: str, sql: str, lake: str, until_ns: int | None) -> str:
    """Return the statement of a view; that of the newest definitions needs the lake's row ids."""
    if name != INSTRUMENTS:
        return sql
    where = "" if until_ns is None else f" WHERE {_known(until_ns)}"
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
