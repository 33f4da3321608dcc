"""Which files hold which rows at one snapshot: DuckLake's list, and its statistics of each file."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb

from argosy.errors import CatalogError
from argosy_catalog.kinds import SCHEMA, Kind, Table
from argosy_catalog.lake import NAME, current_snapshot

_META = f"__ducklake_metadata_{NAME}"

_TABLES = f"""
SELECT t.table_name
FROM {_META}.ducklake_table t JOIN {_META}.ducklake_schema s USING (schema_id)
WHERE s.schema_name = $schema AND s.end_snapshot IS NULL
  AND t.begin_snapshot <= $snapshot AND coalesce(t.end_snapshot > $snapshot, true)
"""

_FILES = f"""
WITH stats AS (
    SELECT s.data_file_id, c.column_name, s.min_value, s.max_value
    FROM {_META}.ducklake_file_column_stats s
    JOIN {_META}.ducklake_column c USING (table_id, column_id)
    JOIN {_META}.ducklake_table t USING (table_id)
    WHERE t.table_name = $table AND t.end_snapshot IS NULL
)
SELECT
    f.data_file, f.delete_file IS NOT NULL, d.data_file_id, d.record_count, d.file_size_bytes,
    key.min_value, key.max_value,
    epoch_ns(time.min_value::TIMESTAMP_NS), epoch_ns(time.max_value::TIMESTAMP_NS)
FROM ducklake_list_files($lake, $table, schema => $schema, snapshot_version => $snapshot) f
JOIN {_META}.ducklake_data_file d ON parse_filename(d.path) = parse_filename(f.data_file)
JOIN stats key ON key.data_file_id = d.data_file_id AND key.column_name = $key
JOIN stats time ON time.data_file_id = d.data_file_id AND time.column_name = 'ts_init'
"""


@dataclass(frozen=True, slots=True)
class DataFile:
    """One Parquet file of one instrument or bar type."""

    path: Path
    table: Table
    key: str
    rows: int
    size_bytes: int
    first_ns: int
    last_ns: int
    number: int

    def overlaps(self, start_ns: int, end_ns: int) -> bool:
        """Tell whether the file may hold rows with start <= ts_init <= end."""
        return self.first_ns <= end_ns and start_ns <= self.last_ns


def market_tables(connection: duckdb.DuckDBPyConnection, snapshot: int) -> list[Table]:
    """Return the tables of market data that existed at a snapshot."""
    rows = connection.execute(_TABLES, {"schema": SCHEMA, "snapshot": snapshot}).fetchall()
    found = (Table.named(name) for (name,) in rows)
    return sorted(table for table in found if table is not None)


def data_files(
    connection: duckdb.DuckDBPyConnection,
    *,
    kind: Kind | None = None,
    keys: Collection[str] | None = None,
    snapshot: int | None = None,
) -> list[DataFile]:
    """Return the files of a snapshot in the order of replay: by table, key and time."""
    at = current_snapshot(connection) if snapshot is None else snapshot
    files = [
        file
        for table in market_tables(connection, at)
        if kind is None or table.kind is kind
        for file in _files_of(connection, table, at)
        if keys is None or file.key in keys
    ]
    return sorted(files, key=lambda f: (f.table.name, f.key, f.first_ns, f.last_ns, f.number))


def _files_of(connection: duckdb.DuckDBPyConnection, table: Table, snapshot: int) -> list[DataFile]:
    parameters = {
        "lake": NAME,
        "schema": SCHEMA,
        "table": table.name,
        "key": table.kind.key_columns[0],
        "snapshot": snapshot,
    }
    files = []
    for row in connection.execute(_FILES, parameters).fetchall():
        path, has_deletes, number, rows, size, key, other_key, first, last = row
        if has_deletes or key != other_key:
            raise CatalogError(
                "a file of the catalog was changed by another program",
                place=path,
                cure="Write market data with ParquetDataCatalog or `argosy catalog ingest` only",
            )
        files.append(DataFile(Path(path), table, key, rows, size, first, last, number))
    return files
