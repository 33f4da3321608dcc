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
from argosy.serialization.arrow import KEY, TYPE, to_rows
from argosy_catalog.lake import statuses
from argosy_catalog.lake.kinds import DELTAS, STORED, Key, Kind, Stored, Table
from argosy_catalog.lake.parquet import ROW_GROUP_ROWS

Taken = tuple[Table, Key, Any]
"""A batch in the row schema of its table, with the key that all of its rows have."""


def of_objects(
    data: Iterable[Any], instruments: list[Instrument], *, kinds: Stored = STORED
) -> Iterator[Taken]:
    """Yield the batches of market data, sorted by `ts_init` for each key.

    Parameters
    ----------
    instruments : gets the definitions that are among the data
    kinds : those that the catalog keeps
    """
    for chunk in _chunks(data):
        for data_type, items in _by_type(chunk, instruments, kinds).items():
            kind = kinds.of(data_type)
            split = statuses.by_key if kind.columns is not None else _by_key
            for same, batch in split(kind, items):
                yield Table.fitting(kind, batch.schema), kind.of.key_of(same[0]), batch


def of_arrow(
    data: Any,
    data_type: type | None = None,
    identifier: str | BarType | None = None,
    *,
    kinds: Stored = STORED,
) -> Iterator[Taken]:
    """Yield the batches of rows of one key: of a Table, a RecordBatch or a RecordBatchReader.

    Parameters
    ----------
    data_type, identifier : what they are, where their schema does not say
    kinds : those that the catalog keeps
    """
    notes = data.schema.metadata or {}
    told = kinds.known.named(notes.get(TYPE, b"").decode())
    named = data_type or (None if told is None else told.data_type)
    key = identifier or notes.get(KEY, b"").decode() or None
    if named is None or key is None:
        raise CatalogError(
            "these Arrow rows do not say what they are",
            place="write_data",
            cure="Give data_type and identifier",
        )
    kind = kinds.of(named)
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


def _by_type(
    chunk: list[Any], instruments: list[Instrument], kinds: Stored
) -> dict[type, list[Any]]:
    """Group by type, take books and batches of deltas apart, and set instruments aside."""
    types = set(map(type, chunk))
    if len(types) == 1 and types <= {kind.data_type for kind in kinds}:
        return {types.pop(): chunk}
    groups: dict[type, list[Any]] = {}
    for item in chunk:
        if isinstance(item, Instrument):
            instruments.append(item)
        elif isinstance(item, OrderBookDeltas | OrderBookSnapshot):
            whole = item.to_deltas() if isinstance(item, OrderBookSnapshot) else item
            groups.setdefault(OrderBookDelta, []).extend(whole.deltas)
        else:
            groups.setdefault(kinds.of(type(item)).data_type, []).append(item)
    return groups


def _by_key(kind: Kind, items: list[Any]) -> Iterator[tuple[list[Any], Any]]:
    """Group objects of one kind by key and precisions, and yield each group with its batch."""
    try:
        yield (
            items,
            _batch(kind, items),
        )  # finds quickly that they are one group, as they mostly are
        return
    except DataError:
        groups: dict[Any, list[Any]] = {}
    if kind is DELTAS:
        trait = _delta_trait(items)
    else:
        numbers = (f"{name}.precision" for name in (*kind.of.prices, *kind.of.sizes))
        trait = attrgetter(kind.of.key.attribute, *numbers)
    for item in items:
        groups.setdefault(trait(item), []).append(item)
    for same in groups.values():
        yield same, _batch(kind, same)


def _batch(kind: Kind, items: list[Any]) -> Any:
    batch, _ = to_rows(kind.of, items)
    return batch


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
