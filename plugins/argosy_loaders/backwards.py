"""Files whose newest row comes first: read to their end, then handed out from there.

What was read waits in a file without a name, which is gone when it is closed, whatever happens;
memory holds one batch.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from argosy.parts.loader import Rows
from argosy_loaders.batches import Ints, raw_of

_ROW = "row of the file"


def descends(times: Any) -> bool:
    """Tell whether times go down, and never up."""
    raw = raw_of(times)
    return len(raw) > 1 and raw[0] > raw[-1] and bool((raw[1:] <= raw[:-1]).all())


@dataclass(slots=True)
class Backwards:
    """Take the rows of a file, and hand them out from the last to the first.

    Parameters
    ----------
    place : says where a row of the file stands
    """

    place: Callable[[int], str]
    _file: Any = field(default_factory=tempfile.TemporaryFile)
    _starts: list[tuple[int, bool]] = field(default_factory=list)

    def add(self, rows: Rows, numbers: Ints) -> None:
        """Put a batch aside.

        Parameters
        ----------
        numbers : of the rows in the file
        """
        self._starts.append((self._file.tell(), rows.has_ids))
        whole = rows.batch.append_column(_ROW, pa.array(numbers))
        with pa.ipc.new_stream(self._file, whole.schema) as stream:
            stream.write_batch(whole)

    def rows(self) -> Iterator[Rows]:
        """Yield all batches, the last one first, each from its last row to its first."""
        with self._file:
            for start, has_ids in reversed(self._starts):
                self._file.seek(start)
                batch = pa.ipc.open_stream(self._file).read_next_batch()
                whole = batch.take(pa.array(np.arange(batch.num_rows - 1, -1, -1)))
                numbers = whole.column(_ROW).to_numpy()
                yield Rows(
                    whole.select(whole.schema.names[:-1]),
                    partial(self._place, numbers),
                    has_ids=has_ids,
                )

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _place(self, numbers: Ints, row: int) -> str:
        return self.place(int(numbers[row]))
