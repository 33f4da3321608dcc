"""Status updates as rows of the catalog, and back."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from argosy.model.enums import MarketStatusAction
from argosy.serialization.arrow import from_batch
from argosy_catalog.lake.kinds import Key, kind_of


def by_key(items: list[Any], key: str) -> Iterator[tuple[list[Any], Any]]:
    """Group updates of one type by instrument or venue, and yield each group with its batch."""
    groups: dict[Any, list[Any]] = {}
    for item in items:
        groups.setdefault(getattr(item, key), []).append(item)
    for same in groups.values():
        yield same, _batch(same)


def objects_of(data_type: type, batch: Any, key: Any) -> list[Any]:
    """Return the objects of a batch of any kind that the catalog holds."""
    kind = kind_of(data_type)
    return from_batch(batch, key) if kind.columns is None else _updates(data_type, batch, key)


def _batch(items: list[Any]) -> Any:
    kind = kind_of(type(items[0]))
    codes = dict(kind.enums)
    arrays = []
    for field in kind.columns:
        values = [getattr(item, field.name) for item in items]
        if field.name in codes:
            values = [value.code for value in values]
        arrays.append(pa.array(values, field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=kind.columns)


def _updates(data_type: type, batch: Any, key: Key) -> list[Any]:
    kind = kind_of(data_type)
    codes = dict(kind.enums)
    columns = {}
    for field in kind.columns:
        column = batch.column(field.name)
        if pa.types.is_timestamp(field.type):
            column = column.view(pa.int64())
        columns[field.name] = column.to_pylist()
        if field.name in codes:
            members = list(map(MarketStatusAction.from_code, columns[field.name]))
            columns[field.name] = members
    rows = zip(*columns.values(), strict=True)
    owner = {kind.key_columns[0]: key}
    return [data_type(**owner, **dict(zip(columns, row, strict=True))) for row in rows]
