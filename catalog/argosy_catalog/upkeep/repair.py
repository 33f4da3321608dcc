"""Going on without files that are broken: their time is missing then, and can be loaded again."""

from typing import TYPE_CHECKING

from argosy_catalog.lake.coverage import MISSING, Coverage, declare, read_coverage, write_declared
from argosy_catalog.lake.intervals import union, without
from argosy_catalog.lake.lake import Lake
from argosy_catalog.upkeep.removal import Removed
from argosy_catalog.upkeep.verification import FORGET, Verified

if TYPE_CHECKING:
    from argosy_catalog.lake.duck import Transaction

_END = """
UPDATE {meta}ducklake_data_file SET end_snapshot = $snapshot WHERE data_file_id = $number
"""
_MADE = (
    "SELECT max(snapshot_id) FROM {meta}ducklake_snapshot_changes WHERE commit_message = $message"
)


def forget_broken(lake: Lake, found: Verified) -> list[Removed]:
    """Take broken files of market data out of the catalog; older snapshots keep them.

    DuckDB deletes no row that it cannot read, so the files are ended in the metadata. That is a
    second step: where it fails, the files are as broken as before, and it can be taken again.

    Parameters
    ----------
    found : by `verify`
    """
    places = {finding.place for finding in found.findings if finding.is_broken}
    with lake.write() as transaction:
        known = read_coverage(transaction.select, lake.data_path)
        broken = {
            name: files
            for name, coverage in known.items()
            if (files := [file for file in coverage.files if str(file.path) in places])
        }
        _declare_missing(transaction, {name: known[name] for name in broken}, places)
    if broken:
        _end(lake, [file.number for files in broken.values() for file in files])
    return [
        Removed(*name, sum(file.rows for file in files)) for name, files in sorted(broken.items())
    ]


def _declare_missing(
    transaction: "Transaction", known: dict[tuple[str, str], Coverage], places: set[str]
) -> None:
    """Note that the time of broken files is missing: that makes the snapshot that lacks them."""
    from argosy_catalog.lake import duck

    changed = {}
    for name, coverage in known.items():
        gone = [(f.first_ns, f.last_ns) for f in coverage.files if str(f.path) in places]
        staying = [file for file in coverage.files if str(file.path) not in places]
        held, empty = without(coverage.held, gone), without(coverage.empty, gone)
        declared = declare(staying, held, empty)
        declared[MISSING] = union([*declared.get(MISSING, ()), *gone])
        changed[name] = (coverage, declared)
    if changed:
        transaction.execute(
            "CALL ducklake_set_commit_message($lake, $author, $message)",
            {"lake": duck.NAME, "author": "argosy", "message": FORGET},
        )
        write_declared(transaction, changed)


def _end(lake: Lake, numbers: list[int]) -> None:
    """End files with the snapshot that notes their time as missing."""
    with lake.write() as transaction:
        ((made,),) = transaction.select(_MADE, {"message": FORGET})
        for number in numbers:
            transaction.select(_END, {"snapshot": made, "number": number})
