"""Rows of a query as market data: bars, quotes or trades that a run takes in like stored ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from argosy.config.data_kinds import NAMES
from argosy.config.models import capitalise
from argosy.errors import DataError, suggest
from argosy.kernel.columns import BarColumns, QuoteColumns, TradeColumns
from argosy.kernel.stream import MemoryStream
from argosy.kernel.timeline import NEVER
from argosy.model.bar_type import BarType
from argosy.model.data_kind import Column, DataKind
from argosy.model.enums import Named
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import Instrument
from argosy.model.kinds import (
    BAR,
    BOOK_DELTAS,
    BOOK_SNAPSHOT,
    DEFINITION,
    DELTA,
    INSTRUMENT_STATUS,
    KINDS,
    QUOTE,
    TICKER,
    TRADE,
    VENUE_STATUS,
)

if TYPE_CHECKING:
    from argosy.config.system import DataSettings

READERS: Column[Any] = Column(
    "rows of a query as market data",
    {QUOTE: QuoteColumns, TRADE: TradeColumns, BAR: BarColumns},
    without={
        DELTA: "a query has no order within a moment",
        BOOK_DELTAS: "a query has no order within a moment",
        **dict.fromkeys(
            (BOOK_SNAPSHOT, TICKER, DEFINITION, INSTRUMENT_STATUS, VENUE_STATUS),
            "the kernel does not read it in columns; `module:Class` names its class",
        ),
    },
)
"""What reads the rows of a kind in columns, and so looks at each."""
_IGNORED = {"instrument_id", "bar_type", "price_precision", "size_precision"}
"""Columns of the views that the declaration of the source says already."""

Definitions = Mapping[InstrumentId, Instrument]


def is_market(data: DataSettings) -> bool:
    """Tell whether the rows of a query are market data that the kernel reads in columns."""
    return data.type is not None and KINDS.get(data.type) in READERS


def needed_decimals(data: DataSettings, definitions: Definitions, *, place: str) -> dict[str, int]:
    """Return the decimals of each column of prices and sizes, as the instruments declare them.

    Raises
    ------
    DataError : the instruments of one query differ
    """
    kind = KINDS[str(data.type)]
    found = {_precisions(key, definitions) for key in _keys(data)}
    if len(found) > 1:
        said = ", ".join(f"{key} {_precisions(key, definitions)}" for key in _keys(data))
        raise DataError(
            f"its instruments have different decimals of prices and sizes: {said}",
            place=place,
            cure="Write a query for each",
        )
    price, size = found.pop()
    return {
        **dict.fromkeys(kind.prices, price),
        **dict.fromkeys(kind.sizes, size),
    }


def market_streams(
    data: DataSettings, table: Any, definitions: Definitions, batch_rows: int, place: str
) -> Iterator[MemoryStream]:
    """Yield a stream for each instrument or bar type of a table of data, in declared order.

    Raises
    ------
    DataError : a column is missing or unknown, or a row is no such datum
    """
    kind = KINDS[str(data.type)]
    _check_columns(kind, table, place)
    for key, rows in _parts(table, kind.key.attribute, _keys(data), place):
        price, size = _precisions(key, definitions)
        batch = _batch(kind, rows, price, size, place)
        READERS[kind](batch, f"{place} {key}", -NEVER)
        if kind is BAR:
            _check_times(rows, key, place)
        yield MemoryStream(kind.data_type, key, price, size, [batch], batch_rows)


def _keys(data: DataSettings) -> tuple[Any, ...]:
    keys: tuple[Any, ...] = getattr(data, NAMES[KINDS[str(data.type)].key])
    return keys


def _precisions(key: Any, definitions: Definitions) -> tuple[int, int]:
    instrument = definitions[key.instrument_id if isinstance(key, BarType) else key]
    return instrument.price_precision, instrument.size_precision


def _check_columns(kind: DataKind, table: Any, place: str) -> None:
    known = {"ts_init", "ts_event", *(each.name for each in kind.fields), *_IGNORED}
    for name in table.schema.names:
        if name not in known:
            raise DataError(
                f"a {kind.name} has no {name!r}", place=place, cure=capitalise(suggest(name, known))
            )


def _parts(table: Any, column: str, keys: tuple[Any, ...], place: str) -> Iterator[tuple[Any, Any]]:
    """Yield the rows of each key."""
    import pyarrow.compute

    if column not in table.schema.names:
        only, *others = keys
        if others:
            raise DataError(
                f"the query returns no {column!r}, and there are {len(keys)} of them",
                place=place,
                cure=f"Return {column}, or write a query for each",
            )
        yield only, table
        return
    compute: Any = pyarrow.compute
    names = {str(key) for key in keys}
    for text in table.column(column).unique().to_pylist():
        if text not in names:
            raise DataError(
                f"the query returns {text!r}, which the table does not declare",
                place=place,
                cure=f"Declare it, or leave it out: WHERE {column} = ...",
            )
    for key in keys:
        yield key, table.filter(compute.equal(table.column(column), str(key)))


def _batch(kind: DataKind, rows: Any, price: int, size: int, place: str) -> Any:
    """Return rows in the schema of their kind."""
    import pyarrow as pa

    from argosy.serialization import arrow

    layout = arrow.schema(kind, price, size)
    columns = []
    for field in layout:
        if field.name in rows.schema.names:
            values = rows.column(field.name)
            if field.name in kind.codes:
                values = _codes(field.name, kind.codes[field.name], values, place)
        else:
            values = _missing(field.name, rows)
        try:
            columns.append(values.cast(field.type))
        except pa.ArrowException as error:
            cure = f"Cast it to what {kind.data_type.__name__} has: {field.type}"
            raise DataError(f"column {field.name!r}: {error}", place=place, cure=cure) from error
    made = pa.table(columns, schema=layout).combine_chunks().to_batches()
    return made[0] if made else pa.RecordBatch.from_pylist([], schema=layout)


def _missing(name: str, rows: Any) -> Any:
    """Return the usual values of a column that a query may leave out."""
    import pyarrow as pa

    match name:
        case "ts_event":
            return rows.column("ts_init")
        case "trade_id":
            return pa.array([str(row + 1) for row in range(rows.num_rows)], pa.string())
        case _:
            return pa.array([False] * rows.num_rows, pa.bool_())


def _codes(name: str, members: type[Named], values: Any, place: str) -> Any:
    """Return the codes of what a column of text names."""
    import pyarrow as pa

    codes = {each.value: each.code for each in members}
    found = values.to_pylist()
    wrong = next((each for each in found if each not in codes), None)
    if wrong is not None:
        cure = f"Return one of {', '.join(codes)}"
        raise DataError(f"{name} is {wrong!r}", place=place, cure=cure)
    return pa.array([codes[each] for each in found], pa.int8())


def _check_times(rows: Any, key: Any, place: str) -> None:
    """Refuse two bars of one moment: which of them came last would be a matter of chance."""
    import pyarrow as pa

    times = rows.column("ts_init").cast(pa.int64()).to_pylist()
    for before, after in pairwise(times):
        if before == after:
            raise DataError(
                f"two bars {key} have one ts_init ({after})",
                place=place,
                cure="Group the rows by ts_init, or choose one of them",
            )
