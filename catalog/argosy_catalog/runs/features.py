"""Rows of a query as a run takes them in: typed, sorted, without gaps, the same each time."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute

from argosy.errors import CatalogError, suggest
from argosy_catalog.hindsight.cover import covered
from argosy_catalog.hindsight.present import present
from argosy_catalog.hindsight.shown import alteration_at
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.times import text_of
from argosy_catalog.read.interrupts import interruptible
from argosy_catalog.read.session import guarded
from argosy_catalog.runs.inspection import Inspector

pc: Any = pyarrow.compute  # its functions are made when it is imported

TS_INIT = "ts_init"
TIME = pa.timestamp("ns")

_TIMES = {"TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"}
_INTEGERS = {
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
}
_FLOATS = {"FLOAT", "DOUBLE"}
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")
_ENUM = re.compile(r"ENUM\(.*\)", re.DOTALL)
_CAST = "Cast it to BIGINT, DECIMAL, DOUBLE, VARCHAR, BOOLEAN or TIMESTAMP_NS"


class FeatureDesk:
    """Where queries of runs are answered, all over one connection.

    Parameters
    ----------
    lake : to read
    """

    def __init__(self, lake: Lake) -> None:
        self.lake = lake
        self._inspector: Inspector | None = None
        self._snapshot: int | None = None

    def rows(
        self,
        query: str,
        params: Mapping[str, Any] | None = None,
        *,
        snapshot: int | None = None,
        until_ns: int | None = None,
        decimals: Mapping[str, int] | None = None,
        is_reversed: bool = False,
    ) -> pa.Table:
        """Run a query on one thread; see `ParquetDataCatalog.feature_rows`."""
        values = dict(params or {})
        with _errors():
            at = self.lake.snapshot() if snapshot is None else snapshot
            inspector = self._at(at)
            inspector.check(query, values)
            connection = inspector.connection
            altered = alteration_at(present(), self.lake, at)
            with (
                covered(
                    connection,
                    until_ns,
                    altered,
                    is_reversed=is_reversed,
                    kinds=self.lake.kinds,
                ),
                interruptible(connection) as call,
            ):
                done = call(lambda: connection.execute(query, values))
                columns = [(str(name), str(kind)) for name, kind, *_ in done.description or ()]
                _check_names([name for name, _ in columns])
                table = call(done.to_arrow_table)
        return _sorted(_typed(table, dict(columns), decimals or {}))

    def close(self) -> None:
        """Close the connection; the next query opens it again."""
        if self._inspector is not None:
            self.lake.disconnect(self._inspector.connection)
            self._inspector = None

    def _at(self, snapshot: int) -> Inspector:
        if self._snapshot != snapshot:
            self.close()
        if self._inspector is None:
            self._inspector = Inspector(guarded(self.lake, snapshot=snapshot, threads=1))
            self._snapshot = snapshot
        return self._inspector


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        message, _, rest = str(error).strip().partition("\n")
        hint = " ".join(rest.split("LINE")[0].split())
        raise CatalogError(
            message.partition(" Error: ")[2] or message,
            place="query",
            cure=hint or "Correct the SQL; `argosy sql` tries it",
        ) from error


def _check_names(names: list[str]) -> None:
    """Ask for a column with the time, and for names that differ."""
    if TS_INIT not in names:
        raise CatalogError(
            f"it returns no column ts_init (it has {', '.join(names)})",
            place="query",
            cure="Return the time at which a row becomes known: SELECT ... AS ts_init",
        )
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise CatalogError(
            f"it returns two columns {twice!r}", place="query", cure="Rename one of them with AS"
        )


def _typed(table: pa.Table, kinds: Mapping[str, str], decimals: Mapping[str, int]) -> pa.Table:
    for name in decimals:
        if name not in kinds:
            hint = suggest(name, kinds)
            cure = hint[:1].upper() + hint[1:]
            raise CatalogError(f"the query returns no {name!r}", place="decimals", cure=cure)
    times = _column(TS_INIT, table.column(TS_INIT), kinds[TS_INIT], None)
    if not pa.types.is_timestamp(times.type):
        raise _no_time(kinds[TS_INIT])
    _check_nulls(TS_INIT, times, times)
    columns = {
        name: _column(name, table.column(name), kinds[name], decimals.get(name))
        for name in table.schema.names
    }
    for name, column in columns.items():
        _check_nulls(name, column, times)
        if pa.types.is_floating(column.type):
            _check_finite(name, column, times)
    return pa.table(columns)


def _no_time(kind: str) -> CatalogError:
    cures = {
        "TIMESTAMP WITH TIME ZONE": "Write ts_init AT TIME ZONE 'UTC'",
        "DATE": "Write ts_init::TIMESTAMP_NS, if a row is known at midnight",
        "BIGINT": "Write make_timestamp_ns(ts_init), if it is nanoseconds",
    }
    cure = cures.get(kind, "Return a TIMESTAMP_NS, such as the ts_init of market data")
    return CatalogError(f"ts_init is {kind}, not a time in UTC", place="query", cure=cure)


def _column(name: str, column: Any, kind: str, decimals: int | None) -> Any:
    """Return a column in one of the types that a run takes."""
    if decimals is not None:
        return _decimal(name, column, kind, decimals)
    target = _target(kind)
    if target is None:
        if name == TS_INIT:
            raise _no_time(kind)
        raise CatalogError(f"column {name!r} is {kind}", place="query", cure=_CAST)
    return _exactly(name, column, kind, target)


def _target(kind: str) -> Any:
    """Return the Arrow type for a DuckDB type, None where there is none."""
    if kind in _TIMES:
        return TIME
    if kind in _INTEGERS:
        return pa.int64()
    if kind in _FLOATS:
        return pa.float64()
    decimal = _DECIMAL.fullmatch(kind)
    if decimal is not None:
        width, scale = map(int, decimal.groups())
        return pa.decimal64(18, scale) if width <= 18 else pa.decimal128(38, scale)
    simple = {"VARCHAR": pa.string(), "BOOLEAN": pa.bool_()}
    return pa.string() if _ENUM.fullmatch(kind) else simple.get(kind)


def _decimal(name: str, column: Any, kind: str, decimals: int) -> Any:
    """Cast to declared decimals, which must hold every value as it is."""
    if kind in _FLOATS:
        raise CatalogError(
            f"column {name!r} is {kind}, where {decimals} decimals are declared: "
            "a float is not exact",
            place="query",
            cure=f"Write CAST({name} AS DECIMAL(18, {decimals})), which rounds where you want it",
        )
    if kind in _INTEGERS:
        column, kind = column.cast(pa.decimal128(38, 0)), "DECIMAL(38,0)"
    if not _DECIMAL.fullmatch(kind):
        cure = f"Write CAST({name} AS DECIMAL(18, {decimals})), or leave out its decimals"
        raise CatalogError(f"column {name!r} is {kind}, no decimal", place="query", cure=cure)
    return _exactly(name, column, kind, pa.decimal64(18, decimals))


def _exactly(name: str, column: Any, kind: str, target: Any) -> Any:
    try:
        return column.cast(target)
    except pa.ArrowException as error:
        if pa.types.is_decimal(target):
            message = f"column {name!r} is {kind} and does not fit {target.scale} decimals"
            cure = f"Write CAST(round({name}, {target.scale}) AS DECIMAL(18, {target.scale}))"
        else:
            message, cure = f"column {name!r} is {kind} and does not fit {target}", _CAST
        raise CatalogError(f"{message} ({error})", place="query", cure=cure) from error


def _check_nulls(name: str, column: Any, times: Any) -> None:
    if column.null_count:
        row = pc.index(column.is_null(), True).as_py()
        raise CatalogError(
            f"column {name!r} is NULL{_at(times, row) if name != TS_INIT else ''}",
            place="query",
            cure=f"Leave out such rows (WHERE {name} IS NOT NULL), or fill them (coalesce)",
        )


def _check_finite(name: str, column: Any, times: Any) -> None:
    row = pc.index(pc.is_finite(column), False).as_py()
    if row >= 0:
        raise CatalogError(
            f"column {name!r} is {column[row].as_py()}{_at(times, row)}",
            place="query",
            cure=f"Leave out such rows (WHERE isfinite({name})), or divide by nullif(x, 0)",
        )


def _at(times: Any, row: int) -> str:
    return f" at ts_init {text_of(times[row].cast(pa.int64()).as_py())}"


def _sorted(table: pa.Table) -> pa.Table:
    """Sort by ts_init, then by all columns; rows that still tie are equal in each of them."""
    floats = {
        name: pc.add(table.column(name), 0.0)  # -0.0 and 0.0 would tie, and differ
        for name in table.schema.names
        if pa.types.is_floating(table.schema.field(name).type)
    }
    for name, column in floats.items():
        table = table.set_column(table.schema.get_field_index(name), name, column)
    others = [name for name in table.schema.names if name != TS_INIT]
    ordered = table.sort_by([(name, "ascending") for name in (TS_INIT, *others)])
    return ordered.combine_chunks()
