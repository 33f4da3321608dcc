"""What market data there is: what is held of each key, and what is known of each time."""

from dataclasses import dataclass
from itertools import groupby

from argosy.model.bar_type import BarType
from argosy_catalog.hindsight.present import present
from argosy_catalog.hindsight.shown import shown, shown_coverage
from argosy_catalog.lake.coverage import (
    Coverage,
    CoverageSpan,
    Name,
    coverage_spans,
    read_coverage,
)
from argosy_catalog.lake.index import DataFile, data_files, snapshot_to_read
from argosy_catalog.lake.intervals import Span
from argosy_catalog.lake.kinds import Kind, rank
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.times import Moment, span_of
from argosy_catalog.read.names import Names, answers, names_of


@dataclass(frozen=True, slots=True)
class Holding:
    """What the catalog holds of one key at one pair of precisions.

    Parameters
    ----------
    kind : quotes, trades, bars or deltas
    key : instrument id or bar type
    first_ns, last_ns : `ts_init` of the first and the last row
    """

    kind: str
    key: str
    price_precision: int
    size_precision: int
    rows: int
    files: int
    size_bytes: int
    first_ns: int
    last_ns: int


class Inventory:
    """The market data of a lake, told but not read.

    Parameters
    ----------
    lake : which is asked; to ask makes no folder
    snapshot : at which; None for the newest
    """

    def __init__(self, lake: Lake, snapshot: int | None = None) -> None:
        self.lake = lake
        self.snapshot = snapshot

    def files(self, kind: Kind | None = None, snapshot: int | None = None) -> list[DataFile]:
        """Return the files as they lie there, in the order of replay.

        Parameters
        ----------
        snapshot : in the place of that of the inventory
        """
        if not self.lake.exists:
            return []
        with self.lake.metadata() as select:
            named = self.snapshot if snapshot is None else snapshot
            at = snapshot_to_read(select, named, self.lake.data_path)
            return data_files(select, self.lake.data_path, kind=kind, snapshot=at)

    def holdings(self, data_type: type | None = None) -> list[Holding]:
        """Return what is held, by kind and key."""
        files = shown(present(), self.files(self.lake.kinds.of(data_type) if data_type else None))
        found = [_holding(list(same)) for _, same in groupby(files, lambda f: (f.table, f.key))]
        return sorted(found, key=lambda each: (rank(each.kind), each.key))

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
        found = self._known(self.lake.kinds.of(data_type) if data_type else None)
        names = names_of(identifiers)
        if names is not None:
            found = {
                (kind, key): known
                for (kind, key), known in found.items()
                if any(_answers(self.lake.kinds.view(kind), key, name) for name in names)
            }
        return coverage_spans(found, *span_of(start, end))

    def missing(
        self, data_type: type, identifier: str | BarType, start: Moment, end: Moment
    ) -> list[Span]:
        """Return what of a time was never fetched: first and last nanosecond of each stretch."""
        kind = self.lake.kinds.of(data_type)
        found = self._known(kind, {str(identifier)})
        known = found.get((kind.name, str(identifier)), Coverage())
        return known.missing(*span_of(start, end))

    def _known(self, kind: Kind | None, keys: set[str] | None = None) -> dict[Name, Coverage]:
        if not self.lake.exists:
            return {}
        with self.lake.metadata() as select:
            found = read_coverage(
                select, self.lake.data_path, kind=kind, keys=keys, snapshot=self.snapshot
            )
        return shown_coverage(present(), found)


def _answers(kind: Kind | None, key: str, name: str) -> bool:
    return key == name if kind is None else answers(kind, key, name)


def _holding(files: list[DataFile]) -> Holding:
    table = files[0].table
    return Holding(
        table.kind.name,
        files[0].key,
        table.price_precision,
        table.size_precision,
        rows=sum(file.rows for file in files),
        files=len(files),
        size_bytes=sum(file.size_bytes for file in files),
        first_ns=min(file.first_ns for file in files),
        last_ns=max(file.last_ns for file in files),
    )
