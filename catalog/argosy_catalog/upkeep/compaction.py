"""Many small files become few of replay size, with the same rows in the same order.

DuckLake's own merge keeps neither the order of rows nor the size of row groups; it is never used.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from argosy_catalog.lake.coverage import Coverage, Name, read_coverage
from argosy_catalog.lake.index import DataFile
from argosy_catalog.lake.kinds import Kind
from argosy_catalog.lake.lake import Lake
from argosy_catalog.read.names import chosen
from argosy_catalog.write import series
from argosy_catalog.write.changes import Change, apply, scissors
from argosy_catalog.write.series import NewFile


@dataclass(frozen=True, slots=True)
class Compacted:
    """What became of the files of one key.

    Parameters
    ----------
    rows : in the files that were joined
    files_before, files_after : of the whole key
    """

    kind: str
    key: str
    rows: int
    files_before: int
    files_after: int


def groups(files: Iterable[DataFile]) -> list[list[DataFile]]:
    """Return which files become one: neighbours of one precision that are less than half full.

    Files that are half full or more stay, so that a daily compaction does not write a year anew
    for each day. To compact twice changes nothing: what a group becomes has no small neighbour.
    """
    found: list[list[DataFile]] = []
    for (_, is_small), same in groupby(files, key=lambda file: (file.table, _is_small(file))):
        group: list[DataFile] = []
        for file in same if is_small else ():
            if group and sum(each.rows for each in group) + file.rows > series.FILE_ROWS:
                found.append(group)
                group = []
            group.append(file)
        found.append(group)
    return [group for group in found if len(group) > 1]


def _is_small(file: DataFile) -> bool:
    return file.rows * 2 < series.FILE_ROWS


def compact(
    lake: Lake, kind: Kind | None, names: list[str] | None, *, dry_run: bool = False
) -> list[Compacted]:
    """Join small files: written while others may write too, then taken in one transaction.

    A group in whose time something was written meanwhile is left for the next time.
    """
    with lake.metadata() as select:
        known = _chosen(read_coverage(select, lake.data_path, kind=kind), kind, names, lake)
    plans = {name: groups(coverage.files) for name, coverage in known.items()}
    plans = {name: plan for name, plan in plans.items() if plan}
    if dry_run or not plans:
        return [_summary(name, known[name], plan) for name, plan in plans.items()]
    kinds = {name: plan[0][0].table.kind for name, plan in plans.items()}
    with scissors(lake) as cut:
        joined = {
            name: [(group, cut.joined(group)) for group in plan] for name, plan in plans.items()
        }
        with lake.write() as transaction:
            now = read_coverage(transaction.select, lake.data_path, kind=kind)
            changes = {
                name: _change(kinds[name], name[1], now.get(name, Coverage()), pairs)
                for name, pairs in joined.items()
            }
            apply(transaction, changes.values(), "compact")
        taken = {file.path for change in changes.values() for file in change.kept}
        for pairs in joined.values():
            for file in (file for _, new in pairs for file in new):
                if file.path not in taken:
                    file.path.unlink(missing_ok=True)
    return [
        _summary(name, change.before, [change.gone], len(change.kept))
        for name, change in changes.items()
        if change.gone
    ]


def _chosen(
    found: dict[Name, Coverage], kind: Kind | None, names: list[str] | None, lake: Lake
) -> dict[Name, Coverage]:
    if kind is None:
        return found
    keys = chosen(kind, [key for _, key in found], names, str(lake.path))
    return {(kind.name, key): found[kind.name, key] for key in keys}


def _change(
    kind: Kind, key: str, now: Coverage, pairs: Sequence[tuple[list[DataFile], list[NewFile]]]
) -> Change:
    """Return what puts joined files in the place of those that are still there."""
    change = Change(kind, key, now, now.held, now.empty)
    for group, new in pairs:
        numbers = {file.number for file in group}
        first, last = group[0].first_ns, group[-1].last_ns
        # All files of that time: those of the group, and none that filled a gap meanwhile.
        if numbers == {file.number for file in now.files if file.overlaps(first, last)}:
            change.gone += group
            change.kept += new
    return change


def _summary(
    name: Name, before: Coverage, plan: list[list[DataFile]], made: int | None = None
) -> Compacted:
    gone = [file for group in plan for file in group]
    files = len(before.files)
    after = files - len(gone) + (len(plan) if made is None else made)
    return Compacted(*name, sum(file.rows for file in gone), files, after)
