"""What a catalog on the local disk holds, counted without any of its code: SQLite and Parquet."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

_FILES = """
SELECT s.schema_name, t.table_name, t.table_id, f.record_count,
       CASE WHEN f.path_is_relative THEN s.path || t.path || f.path ELSE f.path END
FROM ducklake_data_file f
JOIN ducklake_table t ON t.table_id = f.table_id AND t.end_snapshot IS NULL
JOIN ducklake_schema s ON s.schema_id = t.schema_id AND s.end_snapshot IS NULL
WHERE f.end_snapshot IS NULL
"""


def files(folder: Path) -> list[tuple[str, Path, int]]:
    """Return table, path and declared rows of each file that is part of a catalog now."""
    if not (folder / "metadata.sqlite").exists():
        return []
    with closing(sqlite3.connect(f"file:{folder}/metadata.sqlite?mode=ro", uri=True)) as metadata:
        assert (
            []
            == metadata.execute(
                "SELECT * FROM ducklake_delete_file WHERE end_snapshot IS NULL"
            ).fetchall()
        )
        found = metadata.execute(_FILES).fetchall()
    return [
        (f"{schema}.{table}", folder / "data" / path, rows)
        for schema, table, _, rows, path in found
    ]


def runs(folder: Path) -> list[str]:
    """Return the ids in the table of runs, whose rows lie in the metadata."""
    if not (folder / "metadata.sqlite").exists():
        return []
    with closing(sqlite3.connect(f"file:{folder}/metadata.sqlite?mode=ro", uri=True)) as metadata:
        names = metadata.execute("""
            SELECT i.table_name FROM ducklake_inlined_data_tables i
            JOIN ducklake_table t ON t.table_id = i.table_id WHERE t.table_name = 'runs'""")
        return [
            row[0]
            for (name,) in names.fetchall()
            for row in metadata.execute(
                f'SELECT run_id FROM "{name}" WHERE end_snapshot IS NULL'
            ).fetchall()
        ]


def _rows(folder: Path) -> Iterator[tuple[str, Any]]:
    for table, path, count in files(folder):
        rows = pq.ParquetFile(path).read()
        assert count == rows.num_rows, path
        yield table, rows


def quotes(folder: Path) -> Counter[tuple[str, int, int]]:
    """Count each quote by instrument, time and bid price."""
    tables = (rows for table, rows in _rows(folder) if table.startswith("market.quotes"))
    return _count(tables)


def quotes_in(paths: Iterable[Path]) -> Counter[tuple[str, int, int]]:
    """Count each quote in some files by instrument, time and bid price."""
    return _count(pq.ParquetFile(path).read() for path in paths)


def _count(tables: Iterable[Any]) -> Counter[tuple[str, int, int]]:
    found: Counter[tuple[str, int, int]] = Counter()
    for rows in tables:
        columns = [rows.column(name) for name in ("instrument_id", "ts_init", "bid_price")]
        times = columns[1].cast("int64").to_pylist()
        prices = map(int, columns[2].to_pylist())
        found.update(zip(columns[0].to_pylist(), times, prices, strict=True))
    return found


def run_rows(folder: Path) -> Counter[tuple[str, str]]:
    """Count the rows of each run in each run table."""
    found = Counter(("runs", run) for run in runs(folder))
    for table, rows in _rows(folder):
        if table.startswith("run."):
            name = table.removeprefix("run.")
            found.update((name, run) for run in rows.column("run_id").to_pylist())
    return found


def state(folder: Path) -> Counter[tuple[Any, ...]]:
    """Count every row that `tests.catalog.victim` can have written."""
    return Counter({**quotes(folder), **run_rows(folder)})
