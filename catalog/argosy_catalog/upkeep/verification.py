"""Checking a catalog: every file against what the metadata says of it, byte by byte, row by row."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa

from argosy.config.values import parse_time
from argosy.errors import CatalogError
from argosy_catalog.lake import checksums, storage
from argosy_catalog.lake.buffers import integers
from argosy_catalog.lake.coverage import read_coverage
from argosy_catalog.lake.index import KnownFile, ends_of, known_files
from argosy_catalog.lake.kinds import SCHEMA, Table
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.parquet import ROW_GROUP_ROWS, TIME_COLUMN
from argosy_catalog.lake.storage import Place
from argosy_catalog.lake.strangers import Found, Origin, found_below, unknown
from argosy_catalog.lake.times import text_of

BLOCK_BYTES = 1 << 20

FORGET = "forget broken files"
"""The message of a snapshot that was made to go on without broken files."""

BROKEN, UNREAD, FORGOTTEN, NOTE = "broken", "unread", "forgotten", "note"
"""States of a finding: rows are lost or wrong; nobody knows; known to be lost; in the way."""

_FORGETTING = (
    "SELECT snapshot_id FROM {meta}ducklake_snapshot_changes WHERE commit_message = $message"
)

Ends = dict[tuple[int, str], tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Parameters
    ----------
    state : `BROKEN`, `UNREAD`, `FORGOTTEN` or `NOTE`
    """

    place: str
    problem: str
    cure: str
    state: str = BROKEN

    @property
    def is_broken(self) -> bool:
        """Whether rows are lost or wrong."""
        return self.state == BROKEN


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what was found."""

    files: int
    rows: int
    findings: list[Finding]

    @property
    def is_broken(self) -> bool:
        """Whether rows are lost or wrong."""
        return any(finding.is_broken for finding in self.findings)

    @property
    def is_sound(self) -> bool:
        """Whether every file that nobody has given up was read and is right."""
        return all(finding.state in {FORGOTTEN, NOTE} for finding in self.findings)


def verify(lake: Lake) -> Verified:
    """Check the files of all snapshots: their bytes, footers, rows, order and times.

    Files that belong to no snapshot are told too.
    """
    with lake.metadata() as select:
        files = known_files(select, lake.data_path)
        noted = checksums.noted(select)
        keys = {kind.key_columns[0] for kind in lake.kinds}
        ends = ends_of(select, {*keys, TIME_COLUMN})
        forgetting = {int(row[0]) for row in select(_FORGETTING, {"message": FORGET})}
    sizes = {str(stored.path): stored.size_bytes for stored in storage.files(lake.data_path)}
    findings: list[Finding] = []
    for file in files:
        try:
            table = lake.kinds.table(file.table) if file.schema == SCHEMA else None
            problem = _problem(file, table, sizes, noted.get(file.path.name), ends)
        except PermissionError:
            findings.append(_unread(file))
            continue
        if problem is not None:
            is_forgotten = file.ended in forgetting
            findings.append(_found(file, table, problem, ends, is_forgotten=is_forgotten))
    findings += _overlaps(lake)
    findings += _strangers(lake)
    return Verified(len(files), sum(file.rows for file in files), findings)


def _problem(
    file: KnownFile, table: Table | None, sizes: dict[str, int], sha256: str | None, ends: Ends
) -> str | None:
    """Return the first thing that is wrong with a file, or None."""
    size = sizes.get(str(file.path))
    if size is None and isinstance(file.path, Path):
        with suppress(FileNotFoundError, NotADirectoryError):
            size = file.path.stat().st_size  # a folder that cannot be listed raises here
    if size is None:
        return "the file is missing"
    if size != file.size_bytes:
        return f"it has {size:,} bytes, the metadata says {file.size_bytes:,}"
    try:
        if sha256 is not None and _hash(file.path) != sha256:
            return "its bytes are not those that were written"
        return _wrong_rows(file, table, ends, is_hashed=sha256 is not None)
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, PermissionError) or "ACCESS_DENIED" in str(error):
            raise PermissionError from error
        return f"it cannot be read ({error})"


def _found(
    file: KnownFile, table: Table | None, problem: str, ends: Ends, *, is_forgotten: bool
) -> Finding:
    """Tell of a broken file; what was forgotten, or only older snapshots have, is told as such."""
    if file.ended is not None:
        problem += f"; only snapshots before {file.ended} have it"
    if is_forgotten:
        cure = "Nothing needs to be done; `argosy catalog expire` lets go of it with its snapshots"
        return Finding(str(file.path), f"forgotten: {problem}", cure, FORGOTTEN)
    return Finding(str(file.path), problem, _cure(file, table, ends))


def _unread(file: KnownFile) -> Finding:
    cure = "Allow reading it, then verify again; --forget-broken leaves it as it is"
    return Finding(str(file.path), "it cannot be read (permission)", cure, UNREAD)


def _hash(path: Place) -> str:
    digest = hashlib.sha256()
    with path.open("rb") if isinstance(path, Path) else path.open_input() as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def _wrong_rows(file: KnownFile, table: Table | None, ends: Ends, *, is_hashed: bool) -> str | None:
    """Compare a file with the metadata; where no checksum vouches for it, decode all of it."""
    with storage.open_parquet(file.path) as opened:
        rows = opened.metadata.num_rows
        if rows != file.rows:
            return f"it has {rows:,} rows, the metadata says {file.rows:,}"
        if table is not None:
            key = ends.get((file.number, table.kind.key_columns[0]), (None, None))
            times = ends.get((file.number, TIME_COLUMN), (None, None))
            return _wrong_schema(opened.schema_arrow, table, key) or _wrong_times(
                opened, rows, times, None if not is_hashed else [TIME_COLUMN]
            )
        for _ in () if is_hashed else opened.iter_batches(ROW_GROUP_ROWS, use_threads=False):
            pass
    return None


def _wrong_schema(found: Any, table: Table, key: tuple[Any, Any]) -> str | None:
    if key[0] is None or key[0] != key[1]:
        return "it does not hold the rows of one instrument or bar type"
    expected = table.file_schema(str(key[0]))
    columns = [(field.name, field.type) for field in expected]
    if columns != [(field.name, field.type) for field in found]:
        return f"its columns are not those of {table.name}"
    notes = found.metadata or {}
    for name, value in expected.metadata.items():
        if notes.get(name) != value:
            return f"it says {name.decode()} = {notes.get(name)!r}, not {value.decode()!r}"
    return None


def _wrong_times(
    file: Any, rows: int, ends: tuple[Any, Any], columns: list[str] | None
) -> str | None:
    """Check that rows are sorted, as many as the footer says, and within the noted times."""
    if ends[0] is None:
        return "the metadata does not say of which time it is"
    count, first, last = 0, None, None
    for batch in file.iter_batches(ROW_GROUP_ROWS, columns=columns, use_threads=False):
        times = integers(batch.column(TIME_COLUMN))
        if not len(times):
            continue
        if (times[1:] < times[:-1]).any() or (last is not None and times[0] < last):
            return "its rows are not sorted by ts_init"
        first = int(times[0]) if first is None else first
        last = int(times[-1])
        count += len(times)
    if count != rows:
        return f"it holds {count:,} rows, its footer says {rows:,}"
    if (first, last) != (parse_time(ends[0]), parse_time(ends[1])):
        return "its first and last ts_init are not those in the metadata"
    return None


def _cure(file: KnownFile, table: Table | None, ends: Ends) -> str:
    which = file.table
    if table is not None:
        key, _ = ends.get((file.number, table.kind.key_columns[0]), ("?", "?"))
        which = f"{table.kind.name} of {key}"
        first, last = ends.get((file.number, TIME_COLUMN), (None, None))
        if first is not None:
            span = (text_of(parse_time(moment)) for moment in (first, last))
            which += f" from {' to '.join(span)}"
    if file.ended is not None:
        which += f", which only snapshots before {file.ended} have"
    cure = f"Put the file back from a backup: it holds {which}"
    if table is None or file.ended is not None:
        return cure
    return f"{cure}; or go on without it: `argosy catalog verify --forget-broken`, then load again"


def _overlaps(lake: Lake) -> Iterator[Finding]:
    """Yield where two files of one key hold rows of one time."""
    try:
        with lake.metadata() as select:
            known = read_coverage(select, lake.data_path)
    except CatalogError as error:
        yield Finding(error.place or str(lake.path), error.message, error.cure or "")
        return
    for (kind, key), coverage in known.items():
        for one, other in pairwise(coverage.files):
            if other.first_ns <= one.last_ns:
                yield Finding(
                    str(other.path),
                    f"{kind} of {key}: rows from {text_of(other.first_ns)} are in the time of "
                    f"{one.path.name} too",
                    "Delete that time with `argosy catalog delete` and load it again",
                )


def _strangers(lake: Lake) -> Iterator[Finding]:
    """Yield files that no snapshot knows."""
    found = found_below(lake.path, lake.data_path)
    with lake.metadata() as select:
        strangers = unknown(select, lake.data_path, found)
    for each in strangers:
        is_gone = each.origin is not Origin.FOREIGN and not each.stored.path.is_file()
        if each.origin is not Origin.AT_WORK and not is_gone:
            yield _stranger(each)


def _stranger(found: Found) -> Finding:
    if found.origin is Origin.FOREIGN:
        problem = "a file that no writer of the catalog made; its rows are no part of it"
        cure = "Move it away; load its rows with `argosy catalog ingest`"
    elif found.origin is Origin.DONE:
        problem = "no snapshot here knows this file, and its writer ended well"
        cure = (
            "Name the metadata that lists it with --metadata, or put that back from a backup; "
            "nothing removes the file"
        )
    elif isinstance(found.stored.path, Path):
        problem = "an orphan: its writer died before it committed"
        cure = "`argosy catalog expire --orphans-older-than 0d` removes it"
    else:
        problem = "an orphan: its writer died before it committed, or is still at work"
        cure = "`argosy catalog expire` removes it once it is a day old"
    return Finding(str(found.stored.path), problem, cure, NOTE)
