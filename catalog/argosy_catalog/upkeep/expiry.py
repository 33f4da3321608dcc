"""Letting go of old snapshots, and clearing away files that belong to none.

What a run's receipt names stays: its snapshot can be read as long as the run is in the catalog. So
does what is being read, by runs that have no receipt yet and by streams.
"""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argosy_catalog.lake import checksums
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.presence import forget_dead
from argosy_catalog.lake.strangers import Origin, found_below, unknown
from argosy_catalog.lake.tables import RUN_SCHEMA
from argosy_catalog.read import holds
from argosy_catalog.upkeep.history import Snapshot, snapshots

if TYPE_CHECKING:
    from argosy_catalog.lake.duck import Transaction

DAY_NS = 86_400 * 10**9

KEEP_DAYS = 30
"""Snapshots of so many days stay where nobody says otherwise."""

_SCHEDULED = "SELECT path FROM {meta}ducklake_files_scheduled_for_deletion"


@dataclass(frozen=True, slots=True)
class Expired:
    """What was let go of.

    Parameters
    ----------
    snapshots : that are gone
    named_by_runs : that would be gone too, had no run read them
    held : that would be gone too, were they not being read; each with the number of its readers
    files : that no snapshot needed any more
    orphans : files that were part of none
    """

    snapshots: list[int]
    named_by_runs: list[int]
    held: dict[int, int]
    files: list[str]
    orphans: list[str]


def expire(lake: Lake, *, older_than_ns: int, keep: int, dry_run: bool = False) -> Expired:
    """Let go of snapshots, but not of the newest, nor of those that runs name or somebody reads.

    Parameters
    ----------
    older_than_ns : snapshots made before this time
    keep : so many of the newest stay, whatever their age
    """
    with lake.write() as transaction:
        known = snapshots(transaction.select, lake.data_path)
        old = _old(known, older_than_ns, max(keep, 1))
        named = sorted(old & _named_by_runs(transaction))
        # Read after the list of snapshots: who holds one that was the newest then has shown it.
        readers = holds.readers(lake)
        held = {each: readers[each] for each in sorted(old & set(readers) - set(named))}
        going = sorted(old - set(named) - set(held))
        if going and not dry_run:
            versions = ", ".join(map(str, going))
            transaction.execute(
                "SELECT snapshot_id FROM "
                f"ducklake_expire_snapshots('lake', versions => [{versions}])"
            ).fetchall()
    if dry_run:
        return Expired(going, named, held, [], [])
    holds.forget_readers(lake)
    return Expired(going, named, held, _clean_up(lake), [])


def clear_orphans(lake: Lake, *, older_than_ns: int, dry_run: bool = False) -> list[str]:
    """Remove files that dead writers left, and return their places.

    Files of writers that are at work stay, and so do those of writers that ended well, which other
    metadata may list, and those that no writer of Argosy made.

    Parameters
    ----------
    older_than_ns : files written before this time; where locks do not reach, as in an object store,
        a writer at work looks like a dead one, but for the age of its files
    """
    with lake.write() as transaction:  # nobody registers a file meanwhile
        found = found_below(lake.path, lake.data_path)
        left = [
            each
            for each in unknown(transaction.select, lake.data_path, found)
            if each.origin is Origin.DEAD
        ]
        going = [each for each in left if each.stored.changed_ns < older_than_ns]
        if not dry_run:
            for each in going:
                each.stored.path.unlink(missing_ok=True)
            staying = {each.token for each in left if each not in going}
            forget_dead(lake.path, staying=staying, older_than_ns=older_than_ns)
    return sorted(str(each.stored.path) for each in going)


def unlisted(lake: Lake) -> list[str]:
    """Return the files that writers of Argosy finished and that no snapshot here knows."""
    found = found_below(lake.path, lake.data_path)
    with lake.metadata() as select:
        strangers = unknown(select, lake.data_path, found)
    paths = [each.stored.path for each in strangers if each.origin is Origin.DONE]
    return [str(path) for path in paths if path.is_file()]  # some have expired meanwhile


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
