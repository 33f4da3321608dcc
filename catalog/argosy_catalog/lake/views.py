"""The views and macros that people query with, stored in the lake for any DuckDB that attaches it.

A timestamp is never wrapped in a cast: DuckDB would read every row group of a narrow range.

The views of market data come twice. ``ordered_quotes`` and its like have a column `place` more,
which tells the order of rows, also of those with one `ts_init`; macros read them. A compaction may
give rows another `place` in the same order, so it is no part of the data.
"""

from collections.abc import Iterable

from argosy_catalog import macros
from argosy_catalog.lake.kinds import SCHEMA, STORED, Kind, Table
from argosy_catalog.lake.sql import identifier, literal, sql_type
from argosy_catalog.lake.tables import INSTRUMENTS, REFERENCE_SCHEMA, RUN_SCHEMA, RUN_TABLES

PLACE = "place"

_PLACE = f"epoch_ns(ts_init)::HUGEINT * {macros.NANOSECONDS} + rowid AS {PLACE}"


def ordered(kind: Kind) -> str:
    """Return the name of the view of a kind that knows the order of rows."""
    return f"ordered_{kind.name}"


def market_view(kind: Kind, tables: Iterable[Table]) -> str:
    """Return the statements that make both views of `kind` over all its tables."""
    selects = [_select(table) for table in sorted(tables)] or [_nothing(kind)]
    body = " UNION ALL BY NAME ".join(selects)
    source = identifier(ordered(kind))
    return (
        f"CREATE OR REPLACE VIEW main.{source} AS {body}; "
        f"CREATE OR REPLACE VIEW main.{identifier(kind.name)} AS "
        f"SELECT * EXCLUDE ({PLACE}) FROM main.{source}"
    )


def _select(table: Table) -> str:
    codes = dict(table.kind.enums)
    columns = []
    for field in table.file_schema():
        name = identifier(field.name)
        if field.name in codes:
            names = ", ".join(literal(member.value) for member in codes[field.name])
            columns.append(f"list_extract([{names}], {name} + 1) AS {name}")
        else:
            columns.append(name)
    if table.kind.columns is None:
        columns.append(f"{table.price_precision}::TINYINT AS price_precision")
        columns.append(f"{table.size_precision}::TINYINT AS size_precision")
    columns.append(_PLACE)
    return f"SELECT {', '.join(columns)} FROM {SCHEMA}.{identifier(table.name)}"


def _nothing(kind: Kind) -> str:
    """Select no row, in the columns that rows of `kind` will have."""
    codes = dict(kind.enums)
    columns = [
        f"NULL::{'VARCHAR' if field.name in codes else sql_type(field.type)} "
        f"AS {identifier(field.name)}"
        for field in Table.of(kind, 0, 0).file_schema()
    ]
    sides = ("price", "size") if kind.columns is None else ()
    digits = [f"NULL::TINYINT AS {side}_precision" for side in sides]
    place = f"NULL::HUGEINT AS {PLACE}"
    return f"SELECT {', '.join([*columns, *digits, place])} WHERE false"


def run_view(name: str) -> str:
    """Return the statement that makes the view of one table of the runs."""
    source = f"{RUN_SCHEMA}.{identifier(name)}"
    return f"CREATE OR REPLACE VIEW main.{identifier(name)} AS SELECT * FROM {source}"


def instruments_view() -> str:
    """Return the statement that makes the view of the newest definition of each instrument."""
    source = f"{REFERENCE_SCHEMA}.{INSTRUMENTS}"
    return (
        f"CREATE OR REPLACE VIEW main.{INSTRUMENTS} AS SELECT * FROM {source} "
        "QUALIFY row_number() OVER "
        "(PARTITION BY instrument_id ORDER BY ts_init DESC, rowid DESC) = 1"
    )


def all_views() -> list[str]:
    """Return the statements that make every view, and every macro, of a catalog without data."""
    market = [market_view(kind, ()) for kind in STORED]
    stored = [macro.statement for macro in macros.MACROS]
    return [*market, instruments_view(), *map(run_view, RUN_TABLES), *stored]
