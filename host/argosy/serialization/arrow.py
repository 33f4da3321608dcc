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
from argosy.model.data_kind import Column, DataKind, Holds
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
    Kinds,
)
from argosy.serialization import plain_rows, rows, tables
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
_TYPES = {
    Holds.CODE: pa.int8(),
    Holds.TEXT: pa.string(),
    Holds.FLAG: pa.bool_(),
    Holds.INT64: pa.int64(),
    Holds.UINT8: pa.uint8(),
    Holds.UINT64: pa.uint64(),
}


@dataclass(frozen=True, slots=True)
class Loops:
    """The compiled loops between the objects of a kind and its columns."""

    write: Callable[[list[Any]], rows.Written]
    read: Callable[..., list[Any]]


_AS_FIELDS = "a table of its fields (`argosy.serialization.tables`)"
LOOPS: Column[Loops] = Column(
    "Arrow columns",
    {
        QUOTE: Loops(rows.write_quotes, rows.read_quotes),
        TRADE: Loops(rows.write_trades, rows.read_trades),
        BAR: Loops(rows.write_bars, rows.read_bars),
        DELTA: Loops(rows.write_deltas, rows.read_deltas),
    },
    without=dict.fromkeys(
        (BOOK_DELTAS, BOOK_SNAPSHOT, TICKER, DEFINITION, INSTRUMENT_STATUS, VENUE_STATUS),
        _AS_FIELDS,
    ),
)
"""What reads and writes the columns of a kind; that of a plugin has plain Python (`plain_rows`)."""


def schema(data_type: type | DataKind, price_precision: int, size_precision: int) -> pa.Schema:
    """Return the schema of quotes, trades, bars, deltas or of a plugin's kind.

    Raises
    ------
    DataError : the type is none of these, or a precision is not from 0 to 18
    """
    kind = data_type if isinstance(data_type, DataKind) else KINDS.of(data_type)
    if kind is None or kind in LOOPS.without:
        names = ", ".join(each.data_type.__name__ for each in LOOPS)
        class_ = data_type.data_type if isinstance(data_type, DataKind) else data_type
        raise DataError(f"{class_.__name__} has no fixed schema", cure=f"Give one of {names}")
    return row_schema(kind, price_precision, size_precision)


def row_schema(kind: DataKind, price_precision: int, size_precision: int) -> pa.Schema:
    """Return the schema of rows of any kind that has fields.

    Raises
    ------
    DataError : a precision is not from 0 to 18
    """
    for precision in (price_precision, size_precision):
        if not 0 <= precision <= 18:
            raise DataError(
                f"precision {precision}",
                place=kind.data_type.__name__,
                cure="Give 0 to 18 decimals",
            )
    types = {
        **_TYPES,
        Holds.PRICE: pa.decimal64(18, price_precision),
        Holds.SIZE: pa.decimal64(18, size_precision),
    }
    times = [pa.field("ts_event", _TIME), pa.field("ts_init", _TIME)]
    fields = [pa.field(each.name, types[each.holds]) for each in kind.fields]
    if not (kind.prices or kind.sizes):
        return pa.schema([*times, *fields])
    metadata = {
        TYPE: kind.data_type.__name__,
        PRICE_PRECISION: str(price_precision),
        SIZE_PRECISION: str(size_precision),
    }
    return pa.schema([*times, *fields], metadata)


def to_batch(objects: Sequence[Any], kinds: Kinds = KINDS) -> pa.RecordBatch:
    """Return objects of one type as a batch; market data has one key and one pair of precisions.

    Parameters
    ----------
    kinds : those that are known

    Raises
    ------
    DataError : there are none, or they do not belong together
    """
    if not objects:
        raise DataError("there are no objects", place="to_batch", cure="Give at least one")
    data_type = type(objects[0])
    kind = kinds.of(data_type)
    if kind is None or kind in LOOPS.without:
        fields, arrays = tables.write(objects)
        return pa.record_batch(arrays, pa.schema(fields, {TYPE: name_of(data_type)}))
    batch, key = to_rows(kind, objects)
    metadata = {TYPE: data_type.__name__, **(batch.schema.metadata or {}), KEY: str(key)}
    return batch.replace_schema_metadata(metadata)


def to_rows(kind: DataKind, objects: Sequence[Any]) -> tuple[pa.RecordBatch, Any]:
    """Return objects of a kind that has fields as rows in its columns, and whose they are.

    Raises
    ------
    DataError : they do not belong together
    """
    given = list(objects)
    written = LOOPS[kind].write(given) if kind in LOOPS else plain_rows.write(kind, given)
    layout = row_schema(kind, written.price_precision, written.size_precision)
    arrays = [
        _array(values, field.type) for values, field in zip(written.columns, layout, strict=True)
    ]
    return pa.record_batch(arrays, layout), written.key


def from_batch(batch: pa.RecordBatch, key: Any = None, kinds: Kinds = KINDS) -> list[Any]:
    """Return the objects of a batch.

    Parameters
    ----------
    batch : its metadata names the type
    key : whose market data it is, where the metadata does not say
    kinds : those that are known

    Raises
    ------
    DataError : the batch is not what its metadata says
    """
    metadata = batch.schema.metadata or {}
    if TYPE not in metadata:
        raise DataError(
            "the schema does not name a type", place="batch", cure=f"Set its metadata {TYPE!r}"
        )
    name = metadata[TYPE].decode()
    kind = kinds.named(name)
    if kind is None or kind in LOOPS.without:
        return tables.read(batch, type_named(name))
    if key is None:
        if KEY not in metadata:
            raise DataError(
                "the schema does not say whose data it is",
                place=f"batch of {name}",
                cure="Pass the key: an instrument id or bar type",
            )
        key = kind.key.parse(metadata[KEY].decode())
    return from_rows(kind, batch, key)


def from_rows(kind: DataKind, batch: pa.RecordBatch, key: Any) -> list[Any]:
    """Return the objects of rows in the columns of a kind.

    Raises
    ------
    DataError : a column or a row is not what the kind says
    """
    place = f"batch of {kind.data_type.__name__} {key}"
    wanted = ("ts_event", "ts_init", *(each.name for each in kind.fields))
    missing = [name for name in wanted if name not in batch.schema.names]
    if missing:
        raise DataError(f"no column {', '.join(missing)}", place=place, cure="Add it")
    precisions = [_precision(names, batch, place) for names in (kind.prices, kind.sizes)]
    optional = {each.name for each in kind.fields if each.is_optional}
    columns = [
        _values(batch.column(field.name), field, place, is_optional=field.name in optional)
        for field in row_schema(kind, *precisions)
    ]
    if kind in LOOPS:
        return LOOPS[kind].read(key, *precisions, *columns)
    return plain_rows.read(kind, key, *precisions, *columns)


def subject(layout: pa.Schema, kinds: Kinds = KINDS) -> tuple[DataKind, Any]:
    """Return what market data a schema describes: its kind and its key.

    Parameters
    ----------
    kinds : those that are known

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
    name = metadata[TYPE].decode()
    kind = kinds.named(name)
    if kind is None or kind in LOOPS.without:
        known = type_named(name) if kind is None else kind.data_type
        raise DataError(f"{known.__name__} is no market data in columns", place="Arrow rows")
    return kind, kind.key.parse(metadata[KEY].decode())


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


def _precision(names: Sequence[str], batch: pa.RecordBatch, place: str) -> int:
    """Return the one precision of columns: all prices, or all sizes; 0 where there are none."""
    found = {name: batch.schema.field(name).type for name in names}
    for name, kind in found.items():
        if not pa.types.is_decimal(kind):
            cure = "Cast it to decimal64(18, decimals)"
            raise DataError(f"column {name} is {kind}, no decimal", place=place, cure=cure)
    scales = {kind.scale for kind in found.values()} or {0}
    if len(scales) > 1 or not 0 <= min(scales) <= 18:
        said = ", ".join(f"{name} {kind.scale}" for name, kind in found.items())
        cure = "Write them at one precision, 0 to 18"
        raise DataError(f"the columns have decimals {said}", place=place, cure=cure)
    return int(scales.pop())


def _values(column: pa.Array, field: pa.Field, place: str, *, is_optional: bool) -> Any:
    """Return a column as a memoryview of integers; text and truth as a list."""
    if column.null_count and not is_optional:
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
