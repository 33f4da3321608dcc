"""Arrow tables of whatever is not market data: instruments, events, books, status updates.

One column for each field. Prices and quantities of one precision are ``DECIMAL(38, precision)``,
money of one currency too, with the currency in the field's metadata; where a batch mixes them the
column is text. Times (`ts_event`, `ts_init`) are nanoseconds without a zone. What has a structure
of its own is JSON, except the orders of a book, which are lists of structs.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import msgspec
import pyarrow as pa

from argosy.errors import ArgosyError, DataError
from argosy.model.codec import convert, to_builtins
from argosy.model.money import Money
from argosy.model.values import Price, Quantity
from argosy.serialization.registry import added_decoder, name_of, spell

CURRENCY = b"argosy.currency"  # of all amounts in a column
ENCODING = b"argosy.encoding"  # "json": the text of a column spells a structure

_TIME = pa.timestamp("ns")
_BOOK_ORDER = pa.struct(
    [
        ("side", pa.string()),
        ("price", pa.string()),
        ("size", pa.string()),
        ("order_id", pa.uint64()),
    ]
)
_DELTA = pa.struct(
    [
        ("instrument_id", pa.string()),
        ("action", pa.string()),
        ("order", _BOOK_ORDER),
        ("flags", pa.uint8()),
        ("sequence", pa.uint64()),
        ("ts_event", pa.int64()),
        ("ts_init", pa.int64()),
    ]
)
_NESTED = {
    ("OrderBookDeltas", "deltas"): pa.list_(_DELTA),
    ("OrderBookSnapshot", "bids"): pa.list_(_BOOK_ORDER),
    ("OrderBookSnapshot", "asks"): pa.list_(_BOOK_ORDER),
}


def write(objects: Sequence[Any]) -> tuple[list[pa.Field], list[pa.Array]]:
    """Return the fields and columns of objects of one type."""
    kind = type(objects[0])
    name = name_of(kind)
    for i, each in enumerate(objects):
        if type(each) is not kind and name_of(type(each)) != name:
            raise DataError(
                f"object {i} is a {type(each).__name__}, those before it are {name}",
                place="to_batch",
                cure="Give one batch for each",
            )
    spelled = [_spell(each) for each in objects]
    columns = [
        _column(name, field, [row.get(field) for row in spelled], objects) for field in spelled[0]
    ]
    return [field for field, _ in columns], [array for _, array in columns]


def read(batch: pa.RecordBatch, kind: type[Any]) -> list[Any]:
    """Return the objects whose fields a batch holds."""
    columns = {
        field.name: _spelled(column, field)
        for column, field in zip(batch.columns, batch.schema, strict=True)
    }
    names = list(columns)
    rows = (dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True))
    return [_restore(kind, row, i) for i, row in enumerate(rows)]


def _spell(value: Any) -> dict[str, Any]:
    spelled = dict(to_builtins(spell(value)))
    spelled.pop("type", None)
    return spelled


def _restore(kind: type[Any], row: dict[str, Any], i: int) -> Any:
    added = added_decoder(kind)
    if issubclass(kind, msgspec.Struct):
        row["type"] = name_of(kind)
    try:
        return convert(row, kind) if added is None else added(row)
    except ArgosyError as error:
        cure = "Correct the row"
        raise DataError(
            str(error), place=f"batch of {kind.__name__}, row {i}", cure=cure
        ) from error


def _column(
    name: str, field: str, values: list[Any], objects: Sequence[Any]
) -> tuple[pa.Field, pa.Array]:
    nested = _NESTED.get((name, field))
    if nested is not None:
        return pa.field(field, nested), pa.array(values, nested)
    if field in {"ts_event", "ts_init"}:
        return pa.field(field, _TIME), pa.array(values, pa.int64()).cast(_TIME)
    originals = [getattr(each, field, None) for each in objects]
    kinds = {type(each) for each in originals if each is not None}
    decimals = _DECIMALS.get(kinds.pop()) if len(kinds) == 1 else None
    if decimals is not None:
        return decimals(field, values, originals)
    return _plain(field, values)


def _plain(field: str, values: list[Any]) -> tuple[pa.Field, pa.Array]:
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {str}:
        return pa.field(field, pa.string()), pa.array(values, pa.string())
    for kind in (bool, float):
        if kinds == {kind}:
            array = pa.array(values, _SIMPLE[kind])
            return pa.field(field, array.type), array
    if kinds == {int}:
        for integer in (pa.int64(), pa.uint64()):
            try:
                return pa.field(field, integer), pa.array(values, integer)
            except (OverflowError, pa.ArrowInvalid):
                continue
    texts = [None if value is None else msgspec.json.encode(value).decode() for value in values]
    return pa.field(field, pa.string(), metadata={ENCODING: "json"}), pa.array(texts, pa.string())


def _fixed(field: str, values: list[Any], originals: list[Any]) -> tuple[pa.Field, pa.Array]:
    precisions = {each.precision for each in originals if each is not None}
    if len(precisions) > 1:
        return pa.field(field, pa.string()), pa.array(values, pa.string())
    return _decimals(field, values, precisions.pop())


def _money(field: str, values: list[Any], originals: list[Any]) -> tuple[pa.Field, pa.Array]:
    currencies = {each.currency for each in originals if each is not None}
    if len(currencies) > 1:
        return pa.field(field, pa.string()), pa.array(values, pa.string())
    currency = currencies.pop()
    amounts = [None if value is None else value.partition(" ")[0] for value in values]
    column, array = _decimals(field, amounts, currency.precision)
    return column.with_metadata({CURRENCY: str(currency)}), array


def _decimal(field: str, values: list[Any], originals: list[Any]) -> tuple[pa.Field, pa.Array]:
    exponents = {each.as_tuple().exponent for each in originals if each is not None}
    exponent = exponents.pop()
    digits = max(len(each.as_tuple().digits) for each in originals if each is not None)
    if exponents or not isinstance(exponent, int) or not -38 <= exponent <= 0 or digits > 38:
        return pa.field(field, pa.string()), pa.array(values, pa.string())
    return _decimals(field, values, -exponent)


def _decimals(field: str, values: list[Any], scale: int) -> tuple[pa.Field, pa.Array]:
    kind = pa.decimal128(38, scale)
    numbers = [None if value is None else Decimal(value) for value in values]
    return pa.field(field, kind), pa.array(numbers, kind)


def _spelled(column: pa.Array, field: pa.Field) -> list[Any]:
    """Return a column's values as JSON would spell them."""
    metadata = field.metadata or {}
    if pa.types.is_timestamp(field.type):
        values: list[Any] = column.cast(pa.timestamp("ns")).cast(pa.int64()).to_pylist()
        return values
    if pa.types.is_decimal(field.type):
        currency = f" {metadata[CURRENCY].decode()}" if CURRENCY in metadata else ""
        return [None if each is None else f"{each:f}{currency}" for each in column.to_pylist()]
    values = column.to_pylist()
    if metadata.get(ENCODING) == b"json":
        return [None if each is None else msgspec.json.decode(each) for each in values]
    return values


_SIMPLE = {bool: pa.bool_(), float: pa.float64()}
_DECIMALS: dict[type, Callable[[str, list[Any], list[Any]], tuple[pa.Field, pa.Array]]] = {
    Decimal: _decimal,
    Money: _money,
    Price: _fixed,
    Quantity: _fixed,
}
