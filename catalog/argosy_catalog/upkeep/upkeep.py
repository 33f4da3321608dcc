"""What keeps a catalog in order: coverage, deleting, compacting, history, expiry, verifying."""

from pathlib import Path
from typing import TYPE_CHECKING

from argosy.config.secret import Secret
from argosy.errors import CatalogError
from argosy.model.bar_type import BarType
from argosy_catalog.hindsight.hindsight import shown_coverage
from argosy_catalog.lake.coverage import (
    Coverage,
    CoverageSpan,
    Name,
    coverage_spans,
    read_coverage,
)
from argosy_catalog.lake.intervals import Span
from argosy_catalog.lake.kinds import Kind, kind_of
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.parquet import NS_MAX, NS_MIN
from argosy_catalog.lake.times import Moment, ns_of, text_of
from argosy_catalog.read.names import Names, answers, names_of
from argosy_catalog.upkeep.history import Snapshot, history, snapshot_at

if TYPE_CHECKING:
    from argosy_catalog.upkeep.compaction import Compacted
    from argosy_catalog.upkeep.expiry import Expired
    from argosy_catalog.upkeep.removal import Removed
    from argosy_catalog.upkeep.verification import Verified
    from argosy_catalog.write.writer import MarketWriter


class Upkeep:
    """The part of `ParquetDataCatalog` that is about keeping it in order."""

    _lake: Lake
    _metadata: str | Path | Secret | None
    _snapshot: int | None

    # What is known of a time

    def coverage(
        self,
        data_type: type | None = None,
        identifiers: Names = None,
        start: Moment = None,
        end: Moment = None,
    ) -> list[CoverageSpan]:
        """Return which time is held, known to be empty, or missing: never fetched.

        Without a start or an end, each key is shown as far as anything is known of it.
        """
        found = self._coverage(kind_of(data_type) if data_type else None)
        names = names_of(identifiers)
        if names is not None:
            found = {each: known for each, known in found.items() if _is_named(each, names)}
        return coverage_spans(found, *_span(start, end))

    def missing(
        self, data_type: type, identifier: str | BarType, start: Moment, end: Moment
    ) -> list[Span]:
        """Return what of a time was never fetched: first and last nanosecond of each stretch."""
        kind = kind_of(data_type)
        found = self._coverage(kind, {str(identifier)})
        known = found.get((kind.name, str(identifier)), Coverage())
        return known.missing(*_span(start, end))

    def mark_empty(
        self, data_type: type, identifier: str | BarType, start: Moment, end: Moment
    ) -> None:
        """Note that there are no rows from start to end, both included: nobody need ask again.

        Raises
        ------
        CatalogError : the catalog has rows in that time
        """
        from argosy_catalog.write.writer import MarketWriter

        with MarketWriter(self._lake) as writer:
            cover(writer, data_type, identifier, start, end)

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

        span = _span(start, end)
        return delete(
            self._there(), kind_of(data_type), names_of(identifiers), span, dry_run=dry_run
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

        number = snapshot_at(self._there(), snapshot)
        kind, names = kind_of(data_type), names_of(identifiers)
        return restore(self._lake, kind, names, _span(start, end), number)

    def compact(
        self, data_type: type | None = None, identifiers: Names = None, *, dry_run: bool = False
    ) -> "list[Compacted]":
        """Join small files into few of replay size; return what was joined, by key.

        The rows stay the same, in the same order. The small files stay for older snapshots, until
        those expire.
        """
        from argosy_catalog.upkeep.compaction import compact

        kind = kind_of(data_type) if data_type else None
        return compact(self._there(), kind, names_of(identifiers), dry_run=dry_run)

    # Snapshots

    def history(self) -> list[Snapshot]:
        """Return the snapshots that there are and what each changed, the oldest first."""
        found = history(self._lake) if self._lake.exists else []
        last = self._snapshot
        return [each for each in found if last is None or each.number <= last]

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
        return expiry.expire(self._there(), older_than_ns=before, keep=keep, dry_run=dry_run)

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
        return expiry.clear_orphans(self._there(), older_than_ns=before, dry_run=dry_run)

    def unlisted(self) -> list[str]:
        """Return the files that writers finished and no snapshot knows: other metadata's."""
        from argosy_catalog.upkeep import expiry

        return expiry.unlisted(self._there())

    def verify(self) -> "Verified":
        """Check the files of all snapshots, byte by byte and row by row, and tell what is wrong."""
        from argosy_catalog.upkeep.verification import verify

        return verify(self._there())

    def forget_broken(self) -> "list[Removed]":
        """Go on without the broken files of market data; return which rows are lost.

        Their time is missing then and can be loaded again. Older snapshots keep the files, so put
        them back from a backup rather, where there is one.
        """
        from argosy_catalog.upkeep.repair import forget_broken

        return forget_broken(self._there(), self.verify())

    def _there(self) -> Lake:
        """Return the lake if something was written yet: to keep nothing in order makes none."""
        if not self._lake.exists:
            raise CatalogError(
                "there is no catalog here",
                place=str(self._lake.path),
                cure="Name the folder of one with --catalog or ARGOSY_CATALOG",
            )
        return self._lake

    def _coverage(self, kind: Kind | None, keys: set[str] | None = None) -> dict[Name, Coverage]:
        if not self._lake.exists:
            return {}
        with self._lake.metadata() as select:
            found = read_coverage(
                select, self._lake.data_path, kind=kind, keys=keys, snapshot=self._snapshot
            )
        return shown_coverage(found)


def cover(
    writer: "MarketWriter",
    data_type: type | None,
    identifier: str | BarType | None,
    start: Moment,
    end: Moment,
) -> None:
    """Say which time a load has every row of."""
    if data_type is None or identifier is None or start is None or end is None:
        raise CatalogError(
            "a time that is covered has a start, an end and an owner",
            place="write_data",
            cure="Give start, end, data_type and identifier",
        )
    key = kind_of(data_type).key(str(identifier))
    writer.cover(data_type, key, ns_of(start, 0), ns_of(end, 0))


def _span(start: Moment, end: Moment) -> Span:
    first, last = ns_of(start, NS_MIN), ns_of(end, NS_MAX)
    if last < first:
        raise CatalogError(
            f"the time ends at {text_of(last)}, before it begins at {text_of(first)}",
            cure="Give the earlier time first",
        )
    return first, last


def _is_named(name: Name, names: list[str]) -> bool:
    from argosy_catalog.lake.kinds import KINDS

    kind = next(kind for kind in KINDS if kind.name == name[0])
    return any(answers(kind, name[1], each) for each in names)
