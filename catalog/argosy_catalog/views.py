"""The views that people query, stored in the lake: any DuckDB that attaches it has them.

A timestamp is never wrapped in a cast: DuckDB would read every row group of a narrow range.
"""

from collections.abc import Iterable

from argosy_catalog.kinds import KINDS, SCHEMA, Kind, Table
from argosy_catalog.sql import identifier, literal, sql_type
from argosy_catalog.tables import INSTRUMENTS, REFERENCE_SCHEMA, RUN_SCHEMA, RUN_TABLES


def market_view(kind: Kind, tables: Iterable[Table]) -> str:
    """Return the statement that makes the view of `kind` over all its tables."""
    selects = [_select(table) for table in sorted(tables)] or [_nothing(kind)]
    body = " UNION ALL BY NAME ".join(selects)
    return f"CREATE OR REPLACE VIEW main.{identifier(kind.name)} AS {body}"


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
    columns.append(f"{table.price_precision}::TINYINT AS price_precision")
    columns.append(f"{table.size_precision}::TINYINT AS size_precision")
    return f"SELECT {', '.join(columns)} FROM {SCHEMA}.{identifier(table.name)}"


def _nothing(kind: Kind) -> str:
    """Select no row, in the columns that rows of `kind` will have."""
    codes = dict(kind.enums)
    columns = [
        f"NULL::{'VARCHAR' if field.name in codes else sql_type(field.type)} "
        f"AS {identifier(field.name)}"
        for field in Table.of(kind, 0, 0).file_schema()
    ]
    digits = [f"NULL::TINYINT AS {side}_precision" for side in ("price", "size")]
    return f"SELECT {', '.join(columns + digits)} WHERE false"


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
    """Return the statements that make every view of a catalog without market data."""
    market = [market_view(kind, ()) for kind in KINDS]
    return [*market, instruments_view(), *map(run_view, RUN_TABLES)]
