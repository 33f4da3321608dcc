"""Arrow arrays from buffers and back.

pyarrow's own conversions (``pa.array``, ``pa.scalar``, ``to_numpy``) import pandas where that is
installed, which would cost every process that reads or writes market data half a second and 60 MB.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_DTYPES = {1: np.int8, 4: np.int32, 8: np.int64}


def integers(column: Any) -> npt.NDArray[Any]:
    """Return a column of times, decimals or codes as the signed integers in its buffer.

    Parameters
    ----------
    column : of a type of 8, 32 or 64 bits, without nulls
    """
    dtype = _DTYPES[column.type.bit_width // 8]
    if not len(column):
        return np.empty(0, dtype)
    return np.frombuffer(column.buffers()[1], dtype)[column.offset :][: len(column)]


def constant(text: str, rows: int) -> Any:
    """Return a dictionary array that says `text` in each row."""
    data = text.encode()
    ends = np.array([0, len(data)], np.int32)
    words = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(ends), pa.py_buffer(data)])
    zeros = pa.Array.from_buffers(pa.int8(), rows, [None, pa.py_buffer(np.zeros(rows, np.int8))])
    return pa.DictionaryArray.from_arrays(zeros, words)
