"""A Parquet file as a stream of batches, as a stranger may have written it."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from argosy.errors import DataError
from argosy_loaders.headers import require_column

BATCH_ROWS = 65_536


class ParquetFile:
    """One file of flat columns.

    Parameters
    ----------
    path : of the file
    on_read : told how many bytes of the file the rows of each batch take, about
    """

    def __init__(self, path: Path, *, on_read: Callable[[int], None] | None = None) -> None:
        self.path = path
        self._on_read = on_read
        try:
            self._layout = pq.read_schema(path)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise self._unreadable(error) from error
        self.names: list[str] = list(self._layout.names)

    def require(self, column: str, field: str) -> None:
        """Refuse a column that the file does not have, or has more than once."""
        require_column(self.path, self.names, column, field)

    def batches(self, columns: Sequence[str]) -> Iterator[Any]:
        """Yield RecordBatches, a part of a row group at a time."""
        try:
            with pq.ParquetFile(self.path) as file:
                size = self.path.stat().st_size
                rows = max(file.metadata.num_rows, 1)
                for batch in file.iter_batches(BATCH_ROWS, columns=list(columns)):
                    yield batch.select(list(columns))
                    if self._on_read is not None:
                        self._on_read(size * batch.num_rows // rows)
        except (pa.ArrowException, OSError, ValueError, KeyError) as error:
            raise self._unreadable(error) from error

    def place(self, row: int) -> str:
        """Say where a row, from 0, stands."""
        return f"{self.path}, row {row}"

    def _unreadable(self, error: Exception) -> DataError:
        reason = getattr(error, "strerror", None) or " ".join(str(error).split())
        return DataError(
            f"the file cannot be read ({reason})",
            place=str(self.path),
            cure="See whether it is there, and is a complete Parquet file",
        )
