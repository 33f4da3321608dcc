"""The snapshots of a catalog: when each was made, and what it changed."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from argosy.config.values import parse_time
from argosy.errors import CatalogError
from argosy_catalog.lake.index import ends_of, known_files
from argosy_catalog.lake.kinds import SCHEMA
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.metadata import Select
from argosy_catalog.lake.storage import Place
from argosy_catalog.lake.times import Moment, ns_of, text_of

_SNAPSHOTS = """
SELECT s.snapshot_id, CAST(s.snapshot_time AS VARCHAR), c.commit_message, c.commit_extra_info
FROM {meta}ducklake_snapshot s
LEFT JOIN {meta}ducklake_snapshot_changes c ON c.snapshot_id = s.snapshot_id
ORDER BY s.snapshot_id
"""


@dataclass(slots=True)
class Changed:
    """What one snapshot changed of one kind and key.

    Parameters
    ----------
    kind : of market data, or the name of another table, which has no keys
    added, removed : rows; those that only move from one file to another are neither
    """

    kind: str
    key: str
    added: int = 0
    removed: int = 0


@dataclass(slots=True)
class Snapshot:
    """One state of the catalog.

    Parameters
    ----------
    time_ns : when it was made
    message : what made it
    """

    number: int
    time_ns: int
    message: str
    changes: list[Changed] = field(default_factory=list)


def history(lake: Lake) -> list[Snapshot]:
    """Return the snapshots that there are, the oldest first.

    What an expired snapshot added or removed is told no more.
    """
    with lake.metadata() as select:
        return snapshots(select, lake.data_path)


def snapshots(select: Select, data_path: Place) -> list[Snapshot]:
    """Return the snapshots that the metadata knows; see `history`."""
    rows = select(_SNAPSHOTS, {})
    found = {int(row[0]): Snapshot(int(row[0]), _ns(row[1]), row[2] or "") for row in rows}
    keys = ends_of(select, {kind.key_columns[0] for kind in select.kinds})
    changes: dict[int | None, dict[tuple[str, str], Changed]] = {each: {} for each in found}
    for file in known_files(select, data_path):
        table = select.kinds.table(file.table) if file.schema == SCHEMA else None
        column = table.kind.key_columns[0] if table else ""
        key, _ = keys.get((file.number, column), ("", ""))
        name = (table.kind.name if table else file.table, key)
        if file.begun in found:
            changes[file.begun].setdefault(name, Changed(*name)).added += file.rows
        if file.ended in found:
            changes[file.ended].setdefault(name, Changed(*name)).removed += file.rows
    for number, _, _, rewritten in rows:
        for kind, key, kept, removed in json.loads(rewritten or "[]"):
            changed = changes[int(number)].setdefault((kind, key), Changed(kind, key))
            changed.added -= kept
            changed.removed = removed
    for number, snapshot in found.items():
        snapshot.changes = [changes[number][name] for name in sorted(changes[number])]
    return list(found.values())


def snapshot_at(lake: Lake, when: int | Moment) -> int:
    """Return the snapshot of a number, or the newest one that was there at a time.

    Parameters
    ----------
    when : a number is that of a snapshot; anything else a time

    Raises
    ------
    CatalogError : there is no such snapshot, or none so old
    """
    with lake.metadata() as select:
        known = {int(row[0]): _ns(row[1]) for row in select(_SNAPSHOTS, {})}
    if isinstance(when, int):
        if when in known:
            return when
        wanted = f"no snapshot {when}"
    else:
        latest = ns_of(when, parse_time("2262-01-01"))
        before = [number for number, time_ns in known.items() if time_ns <= latest]
        if before:
            return max(before)
        wanted = f"no snapshot as old as {text_of(latest)}"
    raise CatalogError(
        f"there is {wanted}; the oldest is {min(known)}, the newest {max(known)}",
        place=str(lake.path),
        cure="`argosy catalog history` lists them; expired ones are gone for good",
    )


def _ns(time: Any) -> int:
    """Return nanoseconds of a time as the metadata spells it."""
    return parse_time(datetime.fromisoformat(str(time)))
