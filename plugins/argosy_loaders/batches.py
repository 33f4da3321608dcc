"""Arrow batches of market data from plain integer arrays."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId
from argosy.serialization import arrow

Ints = npt.NDArray[Any]

_DTYPES = {"int8": np.int8, "uint8": np.uint8, "uint64": np.uint64}


def market_batch(
    data_type: type,
    key: InstrumentId | BarType,
    digits: tuple[int, int],
    columns: Mapping[str, Any],
) -> Any:
    """Return a batch in the schema of its type, which names its key.

    Parameters
    ----------
    digits : decimals of prices and of sizes
    columns : raw integers and nanoseconds as arrays; text as lists; is_revision may be left out
    """
    layout = arrow.schema(data_type, *digits)
    layout = layout.with_metadata({**layout.metadata, arrow.KEY: str(key)})
    arrays = [_array(columns.get(field.name), field.type, columns) for field in layout]
    return pa.RecordBatch.from_arrays(arrays, schema=layout)


def raw_of(column: Any) -> Ints:
    """Return a column of decimal64 or timestamps as the integers in its buffer."""
    if not len(column):
        return np.empty(0, np.int64)
    return np.frombuffer(column.buffers()[1], np.int64)[column.offset :][: len(column)]


def _array(values: Any, kind: Any, columns: Mapping[str, Any]) -> Any:
    if pa.types.is_boolean(kind):
        return pa.array(np.zeros(len(columns["ts_init"]), bool) if values is None else values)
    if isinstance(values, list):
        return pa.array(values, kind)
    data = np.ascontiguousarray(values, _DTYPES.get(str(kind), np.int64))
    return pa.Array.from_buffers(kind, len(data), [None, pa.py_buffer(data)])
