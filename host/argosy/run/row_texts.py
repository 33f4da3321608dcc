"""Rows of a table in values that JSON has: what receipts keep, and what errors show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any


def row_texts(table: Any) -> Iterator[str]:
    """Yield each row as JSON: times in ISO 8601, decimals as text with all of their digits."""
    for row in row_values(table):
        yield json.dumps(row, ensure_ascii=False)


def row_values(table: Any) -> Iterator[dict[str, Any]]:
    """Yield each row in values that JSON has."""
    import pyarrow as pa

    columns = []
    for field in table.schema:
        column = table.column(field.name)
        if pa.types.is_timestamp(field.type):
            columns.append(_times(column))
        else:
            columns.append(map(_plain, column.to_pylist()))
    for values in zip(*columns, strict=True):
        yield dict(zip(table.schema.names, values, strict=True))


def _times(column: Any) -> Iterator[Any]:
    import pyarrow as pa
    import pyarrow.compute

    compute: Any = pyarrow.compute
    texts = compute.strftime(column.cast(pa.timestamp("ns")), format="%Y-%m-%dT%H:%M:%S")
    return iter(texts.to_pylist())


def _plain(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value
