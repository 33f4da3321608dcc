"""What keeps a catalog in order: deleting, compacting, history, expiry, verifying."""

from typing import TYPE_CHECKING

from argosy.errors import CatalogError
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.times import Moment, ns_of, span_of
from argosy_catalog.read.names import Names, names_of
from argosy_catalog.upkeep.history import Snapshot, history, snapshot_at

if TYPE_CHECKING:
    from argosy_catalog.upkeep.compaction import Compacted
    from argosy_catalog.upkeep.expiry import Expired
    from argosy_catalog.upkeep.removal import Removed
    from argosy_catalog.upkeep.verification import Verified


class Upkeep:
    """What keeps a lake in order.

    Parameters
    ----------
    lake : which is kept
    snapshot : the last one that is told of; None for all
    """

    def __init__(self, lake: Lake, snapshot: int | None = None) -> None:
        self.lake = lake
        self.snapshot = snapshot

    # What changes rows or files

    def delete(
        self,
        data_type: type,
        identifiers: Names = None,
        start: Moment = None,
        end: Moment = None,
        *,
        dry_run: bool = False,
    ) -> "list[Removed]":
        """Delete the rows with start <= ts_init <= end in one transaction.

        What was known of that time is forgotten: it was never fetched. `restore` brings it back.

        Parameters
        ----------
        dry_run : say what would go, and delete nothing

        Raises
        ------
        CatalogError : nothing has one of the names
        """
        from argosy_catalog.upkeep.removal import delete

        span = span_of(start, end)
        return delete(
            self.there(),
            self.lake.kinds.of(data_type),
            names_of(identifiers),
            span,
            dry_run=dry_run,
        )

    def restore(
        self,
        snapshot: int | Moment,
        data_type: type,
        identifiers: Names = None,
        start: Moment = None,
        end: Moment = None,
    ) -> "list[Removed]":
        """Make rows and coverage from start to end what they were at a snapshot or a time."""
        from argosy_catalog.upkeep.removal import restore

        number = self.number_at(snapshot)
        kind, names = self.lake.kinds.of(data_type), names_of(identifiers)
        return restore(self.lake, kind, names, span_of(start, end), number)

    def compact(
        self, data_type: type | None = None, identifiers: Names = None, *, dry_run: bool = False
    ) -> "list[Compacted]":
        """Join small files into few of replay size; return what was joined, by key.

        The rows stay the same, in the same order. The small files stay for older snapshots, until
        those expire.
        """
        from argosy_catalog.upkeep.compaction import compact

        kind = self.lake.kinds.of(data_type) if data_type else None
        return compact(self.there(), kind, names_of(identifiers), dry_run=dry_run)

    # Snapshots

    def history(self) -> list[Snapshot]:
        """Return the snapshots that there are and what each changed, the oldest first."""
        found = history(self.lake) if self.lake.exists else []
        last = self.snapshot
        return [each for each in found if last is None or each.number <= last]

    def number_at(self, snapshot: int | Moment) -> int:
        """Return the number of a snapshot, or of the newest one that was there at a time."""
        return snapshot_at(self.there(), snapshot)

    def expire(
        self, older_than: Moment = None, *, keep: int = 1, dry_run: bool = False
    ) -> "Expired":
        """Let go of old snapshots and of the files that only they needed.

        The newest snapshot stays, and so does each that a run in the catalog names, or that a run
        in progress or a stream reads.

        Parameters
        ----------
        older_than : snapshots made before this time; 30 days ago where None
        keep : so many of the newest stay, whatever their age
        """
        from argosy_catalog.upkeep import expiry

        before = expiry.ago(expiry.KEEP_DAYS) if older_than is None else ns_of(older_than, 0)
        return expiry.expire(self.there(), older_than_ns=before, keep=keep, dry_run=dry_run)

    def clear_orphans(self, older_than: Moment = None, *, dry_run: bool = False) -> list[str]:
        """Remove files that dead writers left, written before a time; return their places.

        Files of writers that are at work stay, and so do those of writers that ended well, which
        other metadata may list, and those that no writer of Argosy made.

        Parameters
        ----------
        older_than : a day ago where None
        """
        from argosy_catalog.upkeep import expiry

        before = expiry.ago(1) if older_than is None else ns_of(older_than, 0)
        return expiry.clear_orphans(self.there(), older_than_ns=before, dry_run=dry_run)

    def unlisted(self) -> list[str]:
        """Return the files that writers finished and no snapshot knows: other metadata's."""
        from argosy_catalog.upkeep import expiry

        return expiry.unlisted(self.there())

    def verify(self) -> "Verified":
        """Check the files of all snapshots, byte by byte and row by row, and tell what is wrong."""
        from argosy_catalog.upkeep.verification import verify

        return verify(self.there())

    def forget_broken(self) -> "list[Removed]":
        """Go on without the broken files of market data; return which rows are lost.

        Their time is missing then and can be loaded again. Older snapshots keep the files, so put
        them back from a backup rather, where there is one.
        """
        from argosy_catalog.upkeep.repair import forget_broken

        return forget_broken(self.there(), self.verify())

    def there(self) -> Lake:
        """Return the lake if something was written yet: to keep nothing in order makes none."""
        if not self.lake.exists:
            raise CatalogError(
                "there is no catalog here",
                place=str(self.lake.path),
                cure="Name the folder of one with --catalog or ARGOSY_CATALOG",
            )
        return self.lake
