"""Which files hold which rows at one snapshot, as DuckLake's metadata says."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from argosy.config.values import parse_time
from argosy.errors import CatalogError
from argosy_catalog.lake.kinds import SCHEMA, Kind, Table
from argosy_catalog.lake.metadata import Select
from argosy_catalog.lake.sql import identifier, literal
from argosy_catalog.lake.storage import Place, place

_AT = "{0}.begin_snapshot <= $snapshot AND coalesce({0}.end_snapshot > $snapshot, true)"

_NEWEST = "SELECT max(snapshot_id) FROM {meta}ducklake_snapshot"

_SNAPSHOT = "SELECT 1 FROM {meta}ducklake_snapshot WHERE snapshot_id = $snapshot"

_TABLES = f"""
SELECT t.table_id, t.table_name, s.path, s.path_is_relative, t.path, t.path_is_relative
FROM {{meta}}ducklake_table t
JOIN {{meta}}ducklake_schema s ON s.schema_id = t.schema_id
WHERE s.schema_name = $schema AND s.end_snapshot IS NULL AND {_AT.format("t")}
"""

_FILES = f"""
SELECT f.data_file_id, f.path, f.path_is_relative, f.record_count, f.file_size_bytes
FROM {{meta}}ducklake_data_file f
WHERE f.table_id = $table AND {_AT.format("f")}
ORDER BY f.data_file_id
"""

_EVERY_FILE = """
SELECT s.path, s.path_is_relative, t.path, t.path_is_relative, f.path, f.path_is_relative
FROM {{meta}}{table} f
JOIN {{meta}}ducklake_table t ON t.table_id = f.table_id
JOIN {{meta}}ducklake_schema s ON s.schema_id = t.schema_id
"""

_SCHEDULED = """
SELECT path, path_is_relative FROM {meta}ducklake_files_scheduled_for_deletion
"""

_KNOWN = """
SELECT n.schema_name, t.table_name, f.data_file_id, f.record_count, f.file_size_bytes,
    f.begin_snapshot, f.end_snapshot,
    n.path, n.path_is_relative, t.path, t.path_is_relative, f.path, f.path_is_relative
FROM {meta}ducklake_data_file f
JOIN {meta}ducklake_table t ON t.table_id = f.table_id
JOIN {meta}ducklake_schema n ON n.schema_id = t.schema_id
ORDER BY f.data_file_id
"""

_INLINED = """
SELECT i.table_name FROM {meta}ducklake_inlined_data_tables i
JOIN {meta}ducklake_table t ON t.table_id = i.table_id AND t.end_snapshot IS NULL
JOIN {meta}ducklake_schema s ON s.schema_id = t.schema_id AND s.end_snapshot IS NULL
WHERE s.schema_name = $schema AND t.table_name = $table
"""

_INLINED_ROWS = """
SELECT {columns} FROM {{meta}}{table}
WHERE begin_snapshot <= $snapshot AND coalesce(end_snapshot > $snapshot, true)
"""

_ENDS = """
SELECT s.data_file_id, c.column_name, s.min_value, s.max_value
FROM {meta}ducklake_file_column_stats s
JOIN {meta}ducklake_column c ON c.table_id = s.table_id AND c.column_id = s.column_id
WHERE c.column_name IN ({columns})
"""

_DELETES = f"""
SELECT d.data_file_id FROM {{meta}}ducklake_delete_file d
WHERE d.table_id = $table AND {_AT.format("d")}
"""

_RANGES = """
SELECT s.data_file_id, s.min_value, s.max_value
FROM {meta}ducklake_file_column_stats s
JOIN {meta}ducklake_column c ON c.table_id = s.table_id AND c.column_id = s.column_id
WHERE s.table_id = $table AND c.column_name = $column
"""


@dataclass(frozen=True, slots=True)
class LakeFile:
    """One Parquet file of a table.

    Parameters
    ----------
    number : DuckLake's id; files that were added later have higher ones
    has_deletes : whether another program marked some of its rows as deleted
    """

    path: Place
    table_id: int
    number: int
    rows: int
    size_bytes: int
    has_deletes: bool


@dataclass(frozen=True, slots=True)
class DataFile:
    """One Parquet file of one instrument or bar type.

    Parameters
    ----------
    first_ns, last_ns : `ts_init` of its first and last row
    """

    path: Place
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


@dataclass(frozen=True, slots=True)
class KnownFile:
    """One Parquet file that some snapshot knows.

    Parameters
    ----------
    begun, ended : the first snapshot that has it, and the first that no longer does
    """

    path: Place
    schema: str
    table: str
    number: int
    rows: int
    size_bytes: int
    begun: int
    ended: int | None


def newest_snapshot(select: Select) -> int:
    """Return the id of the newest snapshot."""
    return int(select(_NEWEST, {})[0][0])


def has_snapshot(select: Select, number: int) -> bool:
    """Tell whether there is a snapshot of a number: if not, it has expired or never was."""
    return bool(select(_SNAPSHOT, {"snapshot": number}))


def require_snapshot(select: Select, number: int, place: Place) -> None:
    """Refuse to read a snapshot that is gone: the files that are left of it are not all.

    Parameters
    ----------
    place : of the catalog

    Raises
    ------
    CatalogError : it has expired, or never was
    """
    if has_snapshot(select, number):
        return
    newest = newest_snapshot(select)
    why = f"the newest is {newest}" if number > newest else "it has expired, and its data with it"
    raise CatalogError(
        f"there is no snapshot {number}: {why}",
        place=str(place),
        cure="Read the newest, or one that `argosy catalog history` lists; "
        "expired ones are gone for good",
    )


def snapshot_to_read(select: Select, snapshot: int | None, data_path: Place) -> int:
    """Return the newest snapshot where None is named, else the one that is, if it is there.

    Raises
    ------
    CatalogError : it has expired, or never was
    """
    if snapshot is None:
        return newest_snapshot(select)
    require_snapshot(select, snapshot, data_path.parent)
    return snapshot


def lake_files(
    select: Select,
    data_path: Place,
    schema: str,
    snapshot: int,
    *,
    wanted: Callable[[str], bool] = lambda _: True,
) -> Iterator[tuple[str, list[LakeFile]]]:
    """Yield the name of each table of a schema, with its files in the order they were added.

    Parameters
    ----------
    snapshot : that is there; see `snapshot_to_read`
    wanted : which names; the files of other tables are not asked for
    """
    for row in select(_TABLES, {"schema": schema, "snapshot": snapshot}):
        number, name, *paths = row
        if not wanted(name):
            continue
        at = {"table": number, "snapshot": snapshot}
        deleted = {row[0] for row in select(_DELETES, at)}
        folder = _join(_join(data_path, *paths[:2]), *paths[2:])
        yield (
            name,
            [
                LakeFile(_join(folder, path, relative), number, file, rows, size, file in deleted)
                for file, path, relative, rows, size in select(_FILES, at)
            ],
        )


def every_file(select: Select, data_path: Place) -> Iterator[Place]:
    """Yield the files that any snapshot knows, and those that wait for being removed."""
    for table in ("ducklake_data_file", "ducklake_delete_file"):
        for row in select(_EVERY_FILE.format(table=table), {}):
            yield _join(_join(_join(data_path, *row[:2]), *row[2:4]), *row[4:])
    for row in select(_SCHEDULED, {}):
        yield _join(data_path, *row)


def known_files(select: Select, data_path: Place) -> list[KnownFile]:
    """Return the files of every table and snapshot."""
    return [
        KnownFile(_join(_join(_join(data_path, *row[7:9]), *row[9:11]), *row[11:]), *row[:2], *ints)
        for row in select(_KNOWN, {})
        for ints in [tuple(None if value is None else int(value) for value in row[2:7])]
    ]


def ends_of(select: Select, columns: Collection[str]) -> dict[tuple[int, str], tuple[Any, Any]]:
    """Return the least and the greatest value of columns, as text, by file and column."""
    listed = ", ".join(sorted(literal(name) for name in columns))
    rows = select(_ENDS.replace("{columns}", listed), {})
    return {(int(file), column): (least, greatest) for file, column, least, greatest in rows}


def inlined_rows(
    select: Select, schema: str, table: str, columns: Sequence[str], snapshot: int
) -> list[tuple[Any, ...]]:
    """Return the rows of a table that lie in the metadata; text comes as text.

    A catalog that has no such table has no rows of it.
    """
    return [
        tuple(value.decode() if isinstance(value, bytes) else value for value in row)
        for (name,) in select(_INLINED, {"schema": schema, "table": table})
        for row in select(
            _INLINED_ROWS.format(columns=", ".join(columns), table=identifier(name)),
            {"snapshot": snapshot},
        )
    ]


def market_tables(select: Select, snapshot: int) -> list[Table]:
    """Return the tables of market data that existed at a snapshot."""
    rows = select(_TABLES, {"schema": SCHEMA, "snapshot": snapshot})
    found = (select.kinds.table(row[1]) for row in rows)
    return sorted(table for table in found if table is not None)


def data_files(
    select: Select,
    data_path: Place,
    *,
    kind: Kind | None = None,
    keys: Collection[str] | None = None,
    snapshot: int | None = None,
) -> list[DataFile]:
    """Return the files of market data at a snapshot in the order of replay: by table, key, time.

    Parameters
    ----------
    snapshot : that is there, see `snapshot_to_read`; None for the newest
    """
    at = newest_snapshot(select) if snapshot is None else snapshot

    def wanted(name: str) -> bool:
        table = select.kinds.table(name)
        return table is not None and kind in (None, table.kind)

    found = [
        file
        for name, files in lake_files(select, data_path, SCHEMA, at, wanted=wanted)
        for file in _of_table(select, name, files)
        if keys is None or file.key in keys
    ]
    return sorted(found, key=lambda f: (f.table.name, f.key, f.first_ns, f.last_ns, f.number))


def _of_table(select: Select, name: str, files: list[LakeFile]) -> Iterator[DataFile]:
    table = select.kinds.table(name)
    if table is None or not files:
        return
    keys, times = (
        {
            number: ends
            for number, *ends in select(_RANGES, {"table": files[0].table_id, "column": c})
        }
        for c in (table.kind.key_columns[0], "ts_init")
    )
    for file in files:
        key, other_key = keys.get(file.number, (None, None))
        first, last = times.get(file.number, (None, None))
        if file.has_deletes or key is None or key != other_key or first is None:
            raise CatalogError(
                "a file of the catalog was changed by another program",
                place=str(file.path),
                cure="Write market data with ParquetDataCatalog or `argosy catalog ingest` only",
            )
        ends = (parse_time(first), parse_time(last))
        yield DataFile(file.path, table, key, file.rows, file.size_bytes, *ends, file.number)


def _join(folder: Place, path: Any, is_relative: Any) -> Place:
    return folder / path if is_relative else place(path)
