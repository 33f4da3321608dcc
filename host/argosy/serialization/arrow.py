"""Arrow: the schemas of market data, spelled here only, and batches of any domain object.

Market data has one schema for each kind and pair of precisions: times as nanoseconds without a
zone, numbers as decimal64, so that a buffer is the int64 column that the kernel reads. Everything
else becomes a table of its fields (`argosy.serialization.tables`).

Nothing imports this module at start-up, since pyarrow is heavy.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from argosy.errors import DataError
from argosy.model.bar_type import BarType
from argosy.model.data import Bar, OrderBookDelta, QuoteTick, TradeTick
from argosy.model.identifiers import InstrumentId
from argosy.serialization import rows, tables
from argosy.serialization.registry import name_of, type_named

TYPE = b"argosy.type"
KEY = b"argosy.key"
PRICE_PRECISION = b"argosy.price_precision"
SIZE_PRECISION = b"argosy.size_precision"

_TIME = pa.timestamp("ns")
_TYPECODES: dict[str, Any] = {
    "int8": "b",
    "uint8": "B",
    "uint64": "Q",
}  # of memoryviews; everything else is int64


@dataclass(frozen=True)
class _Market:
    """One kind of market data.

    Parameters
    ----------
    columns : name and Arrow type; "price" and "size" stand for decimals of these precisions
    """

    key: Callable[[str], InstrumentId | BarType]
    columns: tuple[tuple[str, Any], ...]
    write: Callable[[list[Any]], rows.Written]
    read: Callable[..., list[Any]]


_TIMES = (("ts_event", _TIME), ("ts_init", _TIME))
_MARKET: dict[type, _Market] = {
    QuoteTick: _Market(
        InstrumentId,
        (
            *_TIMES,
            ("bid_price", "price"),
            ("ask_price", "price"),
            ("bid_size", "size"),
            ("ask_size", "size"),
        ),
        rows.write_quotes,
        rows.read_quotes,
    ),
    TradeTick: _Market(
        InstrumentId,
        (
            *_TIMES,
            ("price", "price"),
            ("size", "size"),
            ("aggressor_side", pa.int8()),
            ("trade_id", pa.string()),
        ),
        rows.write_trades,
        rows.read_trades,
    ),
    Bar: _Market(
        BarType.from_str,
        (
            *_TIMES,
            ("open", "price"),
            ("high", "price"),
            ("low", "price"),
            ("close", "price"),
            ("volume", "size"),
            ("is_revision", pa.bool_()),
        ),
        rows.write_bars,
        rows.read_bars,
    ),
    OrderBookDelta: _Market(
        InstrumentId,
        (
            *_TIMES,
            ("action", pa.int8()),
            ("side", pa.int8()),
            ("price", "price"),
            ("size", "size"),
            ("order_id", pa.uint64()),
            ("flags", pa.uint8()),
            ("sequence", pa.uint64()),
        ),
        rows.write_deltas,
        rows.read_deltas,
    ),
}


def schema(data_type: type, price_precision: int, size_precision: int) -> pa.Schema:
    """Return the schema of quotes, trades, bars or deltas of these precisions.

    Raises
    ------
    DataError : the type is none of these, or a precision is not from 0 to 18
    """
    market = _MARKET.get(data_type)
    if market is None:
        names = ", ".join(kind.__name__ for kind in _MARKET)
        raise DataError(f"{data_type.__name__} has no fixed schema", cure=f"Give one of {names}")
    for precision in (price_precision, size_precision):
        if not 0 <= precision <= 18:
            raise DataError(
                f"precision {precision}", place=data_type.__name__, cure="Give 0 to 18 decimals"
            )
    decimals = {
        "price": pa.decimal64(18, price_precision),
        "size": pa.decimal64(18, size_precision),
    }
    fields = [
        pa.field(name, decimals[kind] if isinstance(kind, str) else kind)
        for name, kind in market.columns
    ]
    metadata = {
        TYPE: data_type.__name__,
        PRICE_PRECISION: str(price_precision),
        SIZE_PRECISION: str(size_precision),
    }
    return pa.schema(fields, metadata)


def to_batch(objects: Sequence[Any]) -> pa.RecordBatch:
    """Return objects of one type as a batch; market data has one key and one pair of precisions.

    Raises
    ------
    DataError : there are none, or they do not belong together
    """
    if not objects:
        raise DataError("there are no objects", place="to_batch", cure="Give at least one")
    kind = type(objects[0])
    market = _MARKET.get(kind)
    if market is None:
        fields, arrays = tables.write(objects)
        return pa.record_batch(arrays, pa.schema(fields, {TYPE: name_of(kind)}))
    written = market.write(list(objects))
    layout = schema(kind, written.price_precision, written.size_precision)
    metadata = {**layout.metadata, KEY: str(written.key)}
    arrays = [
        _array(values, field.type) for values, field in zip(written.columns, layout, strict=True)
    ]
    return pa.record_batch(arrays, layout.with_metadata(metadata))


def from_batch(batch: pa.RecordBatch, key: InstrumentId | BarType | None = None) -> list[Any]:
    """Return the objects of a batch.

    Parameters
    ----------
    batch : its metadata names the type
    key : whose market data it is, where the metadata does not say

    Raises
    ------
    DataError : the batch is not what its metadata says
    """
    metadata = batch.schema.metadata or {}
    if TYPE not in metadata:
        raise DataError(
            "the schema does not name a type", place="batch", cure=f"Set its metadata {TYPE!r}"
        )
    kind = type_named(metadata[TYPE].decode())
    market = _MARKET.get(kind)
    if market is None:
        return tables.read(batch, kind)
    if key is None:
        if KEY not in metadata:
            raise DataError(
                "the schema does not say whose data it is",
                place=f"batch of {kind.__name__}",
                cure="Pass the key: an instrument id or bar type",
            )
        key = market.key(metadata[KEY].decode())
    return _read(market, kind, batch, key)


def subject(layout: pa.Schema) -> tuple[type, InstrumentId | BarType]:
    """Return what market data a schema describes: its type and its key.

    Raises
    ------
    DataError : the schema does not say it, or is not one of market data
    """
    metadata = layout.metadata or {}
    for wanted in (TYPE, KEY):
        if wanted not in metadata:
            raise DataError(
                f"the schema has no metadata {wanted.decode()!r}",
                place="Arrow rows",
                cure="Make rows with arrow.to_batch, or set what arrow.schema sets",
            )
    kind = type_named(metadata[TYPE].decode())
    market = _MARKET.get(kind)
    if market is None:
        raise DataError(f"{kind.__name__} is no market data in columns", place="Arrow rows")
    return kind, market.key(metadata[KEY].decode())


def to_bytes(objects: Sequence[Any]) -> bytes:
    """Return objects of one type as an Arrow stream, to travel over a network."""
    batch = to_batch(objects)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def from_bytes(data: bytes) -> list[Any]:
    """Return the objects of `to_bytes`.

    Raises
    ------
    DataError : the bytes are no Arrow stream, or are cut off
    """
    try:
        with pa.ipc.open_stream(data) as reader:
            batches = list(reader)
    except (pa.ArrowException, OSError) as error:
        raise DataError(str(error), place="Arrow", cure="Send the whole stream") from error
    if not batches:
        raise DataError("the stream has no batch", place="Arrow", cure="Send the whole stream")
    return [each for batch in batches for each in from_batch(batch)]


def _array(values: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(values, list):
        return pa.array(values, kind)
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


def _read(
    market: _Market, kind: type, batch: pa.RecordBatch, key: InstrumentId | BarType
) -> list[Any]:
    place = f"batch of {kind.__name__} {key}"
    missing = [name for name, _ in market.columns if name not in batch.schema.names]
    if missing:
        raise DataError(f"no column {', '.join(missing)}", place=place, cure="Add it")
    precisions = [_precision(market, batch, role, place) for role in ("price", "size")]
    columns = [
        _values(batch.column(field.name), field, place) for field in schema(kind, *precisions)
    ]
    return market.read(key, *precisions, *columns)


def _precision(market: _Market, batch: pa.RecordBatch, role: str, place: str) -> int:
    """Return the one precision of all columns of prices, or of sizes."""
    found = {name: batch.schema.field(name).type for name, kind in market.columns if kind == role}
    for name, kind in found.items():
        if not pa.types.is_decimal(kind):
            cure = "Cast it to decimal64(18, decimals)"
            raise DataError(f"column {name} is {kind}, no decimal", place=place, cure=cure)
    scales = {kind.scale for kind in found.values()}
    if len(scales) > 1 or not 0 <= min(scales) <= 18:
        said = ", ".join(f"{name} {kind.scale}" for name, kind in found.items())
        cure = "Write them at one precision, 0 to 18"
        raise DataError(f"the columns have decimals {said}", place=place, cure=cure)
    return int(scales.pop())


def _values(column: pa.Array, field: pa.Field, place: str) -> Any:
    """Return a column as a memoryview of integers; text and truth as a list."""
    if column.null_count:
        raise DataError(f"column {field.name} has nulls", place=place, cure="Fill or drop them")
    if column.type != field.type:
        try:
            column = column.cast(field.type)
        except pa.ArrowException as error:
            message = f"column {field.name} is {column.type}: {error}"
            raise DataError(message, place=place, cure=f"Cast it to {field.type}") from error
    if pa.types.is_boolean(field.type):
        return column.to_pylist() if column.true_count else None
    if pa.types.is_string(field.type):
        return column.to_pylist()
    code = _TYPECODES.get(str(field.type), "q")
    if not len(column):
        return memoryview(b"").cast(code)
    return memoryview(column.buffers()[1]).cast(code)[column.offset : column.offset + len(column)]
