"""What users hand over to be written, turned into batches of one table and key."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from operator import attrgetter
from typing import Any

import pyarrow as pa

from argosy.errors import CatalogError, DataError
from argosy.model.bar_type import BarType
from argosy.model.data import OrderBookDelta, OrderBookDeltas, OrderBookSnapshot
from argosy.model.enums import BookAction
from argosy.model.instruments import Instrument
from argosy.serialization.arrow import KEY, TYPE, to_batch
from argosy_catalog.lake import statuses
from argosy_catalog.lake.kinds import KINDS, Key, Table, kind_of
from argosy_catalog.lake.parquet import ROW_GROUP_ROWS

_KINDS = {kind.data_type: kind for kind in KINDS}
_NAMES = {kind.data_type.__name__.encode(): kind.data_type for kind in KINDS}


Taken = tuple[Table, Key, Any]
"""A batch in the row schema of its table, with the key that all of its rows have."""


def of_objects(data: Iterable[Any], instruments: list[Instrument]) -> Iterator[Taken]:
    """Yield the batches of market data, sorted by `ts_init` for each key.

    Parameters
    ----------
    instruments : gets the definitions that are among the data
    """
    for chunk in _chunks(data):
        for data_type, items in _by_type(chunk, instruments).items():
            kind = _KINDS[data_type]
            key = kind.key_columns[0]
            split = statuses.by_key if kind.columns is not None else _by_key
            for same, batch in split(items, key):
                yield Table.fitting(kind, batch.schema), getattr(same[0], key), batch


def of_arrow(
    data: Any, data_type: type | None = None, identifier: str | BarType | None = None
) -> Iterator[Taken]:
    """Yield the batches of rows of one key: of a Table, a RecordBatch or a RecordBatchReader.

    Parameters
    ----------
    data_type, identifier : what they are, where their schema does not say
    """
    notes = data.schema.metadata or {}
    named = data_type or _NAMES.get(notes.get(TYPE, b""))
    key = identifier or notes.get(KEY, b"").decode() or None
    if named is None or key is None:
        raise CatalogError(
            "these Arrow rows do not say what they are",
            place="write_data",
            cure="Give data_type and identifier",
        )
    kind = kind_of(named)
    table = Table.fitting(kind, data.schema)
    target, owner = table.row_schema, kind.key(str(key))
    for batch in _batches(data):
        yield table, owner, _fit(batch, target, f"{kind.name} of {key}")


def _chunks(data: Iterable[Any]) -> Iterator[list[Any]]:
    if isinstance(data, list):
        for first in range(0, len(data), ROW_GROUP_ROWS):
            yield data[first : first + ROW_GROUP_ROWS]
        return
    rest = iter(data)
    while chunk := list(islice(rest, ROW_GROUP_ROWS)):
        yield chunk


def _by_type(chunk: list[Any], instruments: list[Instrument]) -> dict[type, list[Any]]:
    """Group by type, take books and batches of deltas apart, and set instruments aside."""
    types = set(map(type, chunk))
    if len(types) == 1 and types <= _KINDS.keys():
        return {types.pop(): chunk}
    groups: dict[type, list[Any]] = {}
    for item in chunk:
        if isinstance(item, Instrument):
            instruments.append(item)
        elif isinstance(item, OrderBookDeltas | OrderBookSnapshot):
            whole = item.to_deltas() if isinstance(item, OrderBookSnapshot) else item
            groups.setdefault(OrderBookDelta, []).extend(whole.deltas)
        else:
            groups.setdefault(kind_of(type(item)).data_type, []).append(item)
    return groups


def _by_key(items: list[Any], key: str) -> Iterator[tuple[list[Any], Any]]:
    """Group objects of one type by key and precisions, and yield each group with its batch."""
    try:
        yield items, to_batch(items)  # finds quickly that they are one group, as they mostly are
        return
    except DataError:
        groups: dict[Any, list[Any]] = {}
    if type(items[0]) is OrderBookDelta:
        trait = _delta_trait(items)
    else:
        trait = attrgetter(key, "price_precision", "size_precision")
    for item in items:
        groups.setdefault(trait(item), []).append(item)
    for same in groups.values():
        yield same, to_batch(same)


def _delta_trait(deltas: list[Any]) -> Callable[[Any], Any]:
    """Return what says where a delta belongs; CLEAR has no price and goes with its instrument."""
    clear = BookAction.CLEAR.code
    known: dict[Any, Any] = {}
    for delta in deltas:
        if delta.action_code != clear:
            known.setdefault(
                delta.instrument_id,
                (delta.instrument_id, delta.price_precision, delta.size_precision),
            )

    def trait(delta: Any) -> Any:
        if delta.action_code == clear:
            return known.get(delta.instrument_id, (delta.instrument_id, 0, 0))
        return delta.instrument_id, delta.price_precision, delta.size_precision

    return trait


def _batches(data: Any) -> Iterator[Any]:
    if isinstance(data, pa.RecordBatch):
        return iter((data,))
    return iter(data.to_batches() if isinstance(data, pa.Table) else data)


def _fit(batch: Any, target: Any, place: str) -> Any:
    """Put columns in order and cast them where nothing is lost, such as decimal128 to decimal64."""
    missing = [name for name in target.names if name not in batch.schema.names]
    if missing:
        raise DataError(
            f"column {missing[0]!r} is missing",
            place=place,
            cure=f"Give {', '.join(target.names)}",
        )
    try:
        columns = [batch.column(field.name).cast(field.type) for field in target]
    except pa.ArrowException as error:
        raise DataError(
            f"the columns do not fit ({error})",
            place=place,
            cure=f"Give {', '.join(f'{field.name}: {field.type}' for field in target)}",
        ) from error
    return pa.RecordBatch.from_arrays(columns, schema=target)
