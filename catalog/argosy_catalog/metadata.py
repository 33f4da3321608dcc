"""The tables in which DuckLake keeps its metadata, read without DuckDB where that is possible.

They are documented and plain SQL. Replay needs only them and the Parquet files, so a process that
reads market data never loads DuckDB, which would cost it 150 MB and half a second.

SQLite loses its locks when two copies of the library use one file in one process. DuckDB brings its
own copy, hence the count of attached files: while DuckDB has a file open here, it is asked instead.
"""

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

BUSY_TIMEOUT_S = 30.0

FULL = ("disk I/O error", "disk is full", "No space left", "File too large", "Disk quota")
"""What a database says when a disk takes no more; that of reading says it of its journal."""

_attached: Counter[Path] = Counter()
_gate = threading.RLock()


class Select(Protocol):
    """A query over the metadata of one moment; ``{meta}`` in it stands before each table's name."""

    def __call__(self, query: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return all rows."""
        ...


def cure_of(error: Exception) -> str | None:
    """Return what to do about an error of a database, None where its text has to do."""
    if any(words in str(error) for words in FULL):
        return "Free space on the disk, then try again; nothing was changed"
    return None


@contextmanager
def attaching(file: Path) -> Iterator[None]:
    """Count a metadata file as open in DuckDB, unless the block that opens it raises."""
    with _gate:
        yield
        _attached[file] += 1


def detached(file: Path) -> None:
    """Count a metadata file as closed by DuckDB."""
    with _gate:
        _attached[file] -= 1


@contextmanager
def sqlite(file: Path) -> Iterator[Select | None]:
    """Lend a query over a metadata file, or None where DuckDB must be asked.

    Parameters
    ----------
    file : of a lake whose metadata is in SQLite
    """
    with _gate:
        if _attached[file] > 0:
            yield None
            return
        address = f"file:{quote(str(file))}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_S)) as connection:
            connection.isolation_level = None
            connection.execute("BEGIN")

            def select(query: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
                return connection.execute(query.format(meta=""), parameters).fetchall()

            yield select
