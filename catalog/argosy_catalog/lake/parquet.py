"""Parquet files sorted by ``ts_init``: written by streaming, read by row groups in a range."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from argosy.errors import CatalogError
from argosy_catalog.lake import storage
from argosy_catalog.lake.buffers import integers
from argosy_catalog.lake.storage import Place

ROW_GROUP_ROWS = 131_072
TIME_COLUMN = "ts_init"
DELTA = "DELTA_BINARY_PACKED"
METADATA = {b"argosy.sorted_by": b"ts_init", b"argosy.time_zone": b"UTC"}

NS_MIN = -(2**63)
NS_MAX = 2**63 - 1


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A complete file, on disk, that the lake does not know yet.

    Parameters
    ----------
    sha256 : of all its bytes, as ``sha256sum`` prints it
    """

    path: Place
    rows: int
    sha256: str


class _Hashed:
    """What pyarrow writes a file to; a hash is taken of the bytes as they pass."""

    def __init__(self, target: Any) -> None:
        self._file = target.open("wb") if isinstance(target, Path) else target
        self._hash = hashlib.sha256()
        self._bytes = 0
        self.closed = False

    def write(self, data: Any) -> int:
        self._file.write(data)
        self._hash.update(data)
        self._bytes += len(data)
        return len(data)

    def tell(self) -> int:
        return self._bytes

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        self.closed = True
        self._file.close()

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


class ParquetSink:
    """Write one Parquet file in row groups of equal size.

    Parameters
    ----------
    path : of the new file; folders above it are made
    schema : of the batches, without nulls where a field says so
    worker : encodes row groups while the next ones are made; without it they are encoded in place
    """

    def __init__(self, path: Place, schema: Any, worker: Executor | None = None) -> None:
        self.path = path
        self.schema = schema
        self.rows = 0
        self.pending_rows = 0
        self._pending: list[Any] = []
        self._worker = worker
        self._busy: Future[None] | None = None
        noted = schema.with_metadata({**(schema.metadata or {}), **METADATA})
        options: dict[str, Any] = {
            "compression": "zstd",
            "use_dictionary": [f.name for f in schema if pa.types.is_dictionary(f.type)],
            "column_encoding": {f.name: DELTA for f in schema if _is_integer(f.type)},
            "store_decimal_as_integer": True,
        }
        with self._errors():
            storage.prepare(path)
            self._target = storage.writable(path)
            self._file = _Hashed(self._target)
            self._writer = pq.ParquetWriter(self._file, noted, **options)

    def append(self, batch: Any) -> None:
        """Add the rows of a RecordBatch of the schema."""
        self._pending.append(batch)
        self.pending_rows += batch.num_rows
        self.rows += batch.num_rows
        if self.pending_rows >= ROW_GROUP_ROWS:
            self._flush(self.pending_rows - self.pending_rows % ROW_GROUP_ROWS)

    def flush(self) -> None:
        """Write the rows that memory holds, as a row group that may be short."""
        self._flush(self.pending_rows)

    def close(self) -> WrittenFile:
        """Write what is left and wait until the disk has it all."""
        self.flush()
        with self._errors():
            self._wait()
            self._writer.close()
            self._file.close()
            storage.finish(self.path, self._target)
        return WrittenFile(self.path, self.rows, self._file.sha256)

    def abort(self) -> None:
        """Give up and remove the file."""
        try:
            self._wait()
            self._writer.close()
            self._file.close()
        except (OSError, pa.ArrowException):
            pass  # the disk that failed the write fails the footer too
        storage.abandon(self.path, self._target)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (OSError, pa.ArrowException) as error:
            raise CatalogError(
                f"the file cannot be written ({error})",
                place=str(self.path),
                cure="Free space on the disk or mend its permissions; nothing was changed",
            ) from error

    def _flush(self, rows: int) -> None:
        table = pa.Table.from_batches(self._pending, self.schema)
        self._pending = table.slice(rows).to_batches()
        self.pending_rows -= rows
        if not rows:
            return
        with self._errors():
            self._wait()
            if self._worker is None:
                self._write(table.slice(0, rows))
            else:
                self._busy = self._worker.submit(self._write, table.slice(0, rows))

    def _write(self, table: Any) -> None:
        self._writer.write_table(table, row_group_size=ROW_GROUP_ROWS)

    def _wait(self) -> None:
        """Wait for the worker, and raise what it raised."""
        busy, self._busy = self._busy, None
        if busy is not None:
            busy.result()


def _is_integer(arrow_type: Any) -> bool:
    """Tell whether Parquet stores the values of a type as INT32 or INT64."""
    if pa.types.is_decimal(arrow_type):
        return bool(arrow_type.precision <= 18)
    return bool(pa.types.is_integer(arrow_type) or pa.types.is_timestamp(arrow_type))


def read_batches(
    path: Place, schema: Any, start_ns: int, end_ns: int, batch_rows: int
) -> Iterator[Any]:
    """Yield the rows of a file with start <= ts_init <= end, decoded in this thread.

    Parameters
    ----------
    path : of a file sorted by ts_init
    schema : the columns to read, in order
    """
    try:
        with storage.open_parquet(path) as file:
            for group in _row_groups(file, start_ns, end_ns):
                # One at a time: a reader of several keeps the bytes of all of them until its end.
                batches = file.iter_batches(
                    batch_rows, row_groups=[group], columns=schema.names, use_threads=False
                )
                for batch in batches:
                    part = _cut(batch, start_ns, end_ns)
                    if part.num_rows:
                        yield pa.RecordBatch.from_arrays(part.columns, schema=schema)
    except FileNotFoundError as error:
        raise _broken(path, "a file of the catalog is missing") from error
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _broken(path, f"a file of the catalog cannot be read ({error})") from error


def _broken(path: Place, message: str) -> CatalogError:
    return CatalogError(
        message,
        place=str(path),
        cure="Restore the file from a backup, or load the data into a new catalog",
    )


def _row_groups(file: Any, start_ns: int, end_ns: int) -> list[int]:
    """Return the row groups that may hold rows of a range."""
    meta = file.metadata
    column = file.schema_arrow.names.index(TIME_COLUMN)
    groups = []
    for group in range(meta.num_row_groups):
        statistics = meta.row_group(group).column(column).statistics
        if statistics is None or (statistics.min_raw <= end_ns and start_ns <= statistics.max_raw):
            groups.append(group)
    return groups


def _cut(batch: Any, start_ns: int, end_ns: int) -> Any:
    """Return the rows of a sorted batch with start <= ts_init <= end."""
    times = integers(batch.column(TIME_COLUMN))
    if not len(times) or (times[0] >= start_ns and times[-1] <= end_ns):
        return batch
    first = int(times.searchsorted(start_ns, "left"))
    last = int(times.searchsorted(end_ns, "right"))
    return batch.slice(first, max(last - first, 0))
