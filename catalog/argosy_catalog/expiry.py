"""Letting go of old snapshots, and clearing away files that belong to none.

What a run's receipt names stays: its snapshot can be read as long as the run is in the catalog.
"""

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argosy_catalog import checksums, storage
from argosy_catalog.history import Snapshot, snapshots
from argosy_catalog.index import every_file
from argosy_catalog.lake import Lake
from argosy_catalog.metadata import Select
from argosy_catalog.presence import TOKEN_DIGITS, tokens_at_work
from argosy_catalog.storage import Place, Stored
from argosy_catalog.tables import RUN_SCHEMA

if TYPE_CHECKING:
    from argosy_catalog.duck import Transaction

DAY_NS = 86_400 * 10**9

KEEP_DAYS = 30
"""Snapshots of so many days stay where nobody says otherwise."""

OWN_NAME = re.compile(
    rf"(?:\d{{4,}}-\d\d-\d\d-)?(?P<token>[0-9a-f]{{{TOKEN_DIGITS}}})[0-9a-f-]*\.parquet"
)
"""What writers of Argosy call their files; files of other names are never cleared away."""

_SCHEDULED = "SELECT path FROM {meta}ducklake_files_scheduled_for_deletion"


@dataclass(frozen=True, slots=True)
class Expired:
    """What was let go of.

    Parameters
    ----------
    snapshots : that are gone
    named_by_runs : that would be gone too, had no run read them
    files : that no snapshot needed any more
    orphans : files that were part of none
    """

    snapshots: list[int]
    named_by_runs: list[int]
    files: list[str]
    orphans: list[str]


def expire(lake: Lake, *, older_than_ns: int, keep: int, dry_run: bool = False) -> Expired:
    """Let go of snapshots, but not of the newest ones, nor of those that runs name.

    Parameters
    ----------
    older_than_ns : snapshots made before this time
    keep : so many of the newest stay, whatever their age
    """
    with lake.write() as transaction:
        known = snapshots(transaction.select, lake.data_path)
        old = _old(known, older_than_ns, max(keep, 1))
        named = sorted(old & _named_by_runs(transaction))
        going = sorted(old - set(named))
        if going and not dry_run:
            versions = ", ".join(map(str, going))
            transaction.execute(
                "SELECT snapshot_id FROM "
                f"ducklake_expire_snapshots('lake', versions => [{versions}])"
            ).fetchall()
    files = [] if dry_run else _clean_up(lake)
    return Expired(going, named, files, [])


def orphans(select: Select, data_path: Place) -> Iterator[Stored]:
    """Yield the Parquet files in the tree of the catalog that belong to no snapshot."""
    known = {str(path) for path in every_file(select, data_path)}
    for stored in storage.files(data_path):
        if str(stored.path) not in known and stored.path.name.endswith(".parquet"):
            yield stored


def clear_orphans(lake: Lake, *, older_than_ns: int, dry_run: bool = False) -> list[str]:
    """Remove files that dead writers left, and return their places.

    Files of writers that are at work stay, and so do those that no writer of Argosy made.

    Parameters
    ----------
    older_than_ns : files written before this time; writers on other machines, which share the
        catalog through an object store, show no sign of being at work but the age of their files
    """
    with lake.write() as transaction:  # nobody registers a file meanwhile
        at_work = tokens_at_work(lake.path)
        strangers = orphans(transaction.select, lake.data_path)
        found = [each.path for each in strangers if _is_left(each, at_work, older_than_ns)]
        for path in () if dry_run else found:
            path.unlink(missing_ok=True)
    return sorted(map(str, found))


def _is_left(stored: Stored, at_work: Iterable[str], older_than_ns: int) -> bool:
    match = OWN_NAME.fullmatch(stored.path.name)
    return match is not None and match["token"] not in at_work and stored.changed_ns < older_than_ns


def ago(days: float) -> int:
    """Return the time so many days before now (ns)."""
    return time.time_ns() - int(days * DAY_NS)


def _old(snapshots: list[Snapshot], older_than_ns: int, keep: int) -> set[int]:
    return {each.number for each in snapshots[:-keep] if each.time_ns < older_than_ns}


def _named_by_runs(transaction: "Transaction") -> set[int]:
    rows = transaction.execute(
        f"SELECT DISTINCT snapshot FROM {RUN_SCHEMA}.runs WHERE snapshot IS NOT NULL"
    ).fetchall()
    return {int(row[0]) for row in rows}


def _clean_up(lake: Lake) -> list[str]:
    """Remove the files that DuckLake has set aside, and their checksums."""
    with lake.write() as transaction:
        names = [str(row[0]).rpartition("/")[2] for row in transaction.select(_SCHEDULED, {})]
        if names:
            gone = transaction.execute(
                "SELECT path FROM ducklake_cleanup_old_files('lake', cleanup_all => true)"
            ).fetchall()
            checksums.forget(transaction, names)
            return sorted(str(row[0]) for row in gone)
    return []
