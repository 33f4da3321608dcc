"""Deleting rows, and bringing back what an older snapshot holds."""

from collections.abc import Iterable
from dataclasses import dataclass

from argosy_catalog.lake.coverage import Coverage, read_coverage, spans_of
from argosy_catalog.lake.index import DataFile
from argosy_catalog.lake.intervals import Span, common, union, without
from argosy_catalog.lake.kinds import Kind
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.metadata import Select
from argosy_catalog.read.names import chosen
from argosy_catalog.write.changes import Change, apply, cut_out, scissors
from argosy_catalog.write.policies import Pieces
from argosy_catalog.write.series import rows_within


@dataclass(frozen=True, slots=True)
class Removed:
    """What was deleted of one key, or replaced by older rows.

    Parameters
    ----------
    rows : that are no longer there
    added : rows that came back
    """

    kind: str
    key: str
    rows: int
    added: int = 0


def delete(
    lake: Lake, kind: Kind, names: list[str] | None, span: Span, *, dry_run: bool = False
) -> list[Removed]:
    """Delete the rows of a span in one transaction; what is known of that time goes with them.

    Parameters
    ----------
    dry_run : say what would go, and change nothing
    """
    if dry_run:
        with lake.metadata() as select:
            known = _known(lake, select, kind, names)
        counts = {
            key: sum(rows_within(file, span) for file in coverage.files)
            for key, coverage in known.items()
        }
        return [Removed(kind.name, key, rows) for key, rows in counts.items() if rows]
    with scissors(lake) as cut, lake.write() as transaction:
        changes = []
        for key, now in _known(lake, transaction.select, kind, names).items():
            held, empty = (without(spans, [span]) for spans in (now.held, now.empty))
            change = Change(kind, key, now, held, empty)
            cut_out(change, _within(now.files, span), cut.pieces)
            changes.append(change)
        apply(transaction, changes, "delete")
    return [Removed(kind.name, c.key, c.rows_removed) for c in changes if c.rows_removed]


def restore(
    lake: Lake, kind: Kind, names: list[str] | None, span: Span, snapshot: int
) -> list[Removed]:
    """Make a span what it was at a snapshot, rows and coverage, in one transaction."""
    with scissors(lake) as cut, lake.write() as transaction:
        select = transaction.select
        then = _known(lake, select, kind, names, snapshot)
        now = read_coverage(select, lake.data_path, kind=kind, keys=set(then))
        changes = [
            _restored(kind, key, old, now.get((kind.name, key), Coverage()), span, cut.pieces)
            for key, old in then.items()
        ]
        apply(transaction, changes, f"restore from snapshot {snapshot}")
    return [
        Removed(kind.name, c.key, c.rows_removed, sum(file.rows for file in c.new))
        for c in changes
        if not c.is_empty
    ]


def _known(
    lake: Lake, select: Select, kind: Kind, names: list[str] | None, snapshot: int | None = None
) -> dict[str, Coverage]:
    """Return what is known of the keys that answer to names."""
    found = read_coverage(select, lake.data_path, kind=kind, snapshot=snapshot)
    known = {key: coverage for (_, key), coverage in found.items()}
    return {key: known[key] for key in chosen(kind, known, names, str(lake.path))}


def _within(files: Iterable[DataFile], span: Span) -> list[Span]:
    """Return a span as far as there are files: SQL has no times as far off as numbers have."""
    return common(spans_of(files), [span])


def _restored(
    kind: Kind, key: str, then: Coverage, now: Coverage, span: Span, pieces: Pieces
) -> Change:
    """Return what brings the rows and the coverage of a span back; files of both times stay."""
    both = {file.number for file in then.files} & {file.number for file in now.files}
    held = union([*without(now.held, [span]), *common(then.held, [span])])
    empty = union([*without(now.empty, [span]), *common(then.empty, [span])])
    change = Change(kind, key, now, held, empty)
    gone = [file for file in now.files if file.number not in both]
    cut_out(change, _within(gone, span), pieces)
    for file in then.files:
        if file.number not in both:
            change.new += pieces(file, _within([file], span))
    return change
