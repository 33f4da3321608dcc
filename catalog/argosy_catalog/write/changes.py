"""Changes of market data: files that go and files that come, in one transaction.

Files are never changed in place: whoever cuts a file writes its rest anew.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from argosy.errors import CatalogError
from argosy_catalog.lake import checksums, layout, views
from argosy_catalog.lake.coverage import Coverage, coverage_view, declare, write_declared
from argosy_catalog.lake.index import DataFile, market_tables, newest_snapshot
from argosy_catalog.lake.intervals import Span, touched, without
from argosy_catalog.lake.kinds import SCHEMA, Kind, Table
from argosy_catalog.lake.lake import CommitError, Lake
from argosy_catalog.lake.presence import Presence
from argosy_catalog.lake.sql import identifier, literal
from argosy_catalog.write.series import NewFile, Scissors

if TYPE_CHECKING:
    from argosy_catalog.lake.duck import Transaction


@dataclass(slots=True)
class Change:
    """What becomes of one kind and key.

    Parameters
    ----------
    before : what is known of it
    gone : files that are no longer part of it
    kept : new files with those rows of `gone` that stay
    new : new files with rows that were not there
    cut : the time in which rows of `gone` are dropped
    held, empty : what is known of it afterwards
    """

    kind: Kind
    key: str
    before: Coverage
    held: list[Span]
    empty: list[Span]
    gone: list[DataFile] = field(default_factory=list)
    kept: list[NewFile] = field(default_factory=list)
    new: list[NewFile] = field(default_factory=list)
    cut: list[Span] = field(default_factory=list)

    @property
    def rows_kept(self) -> int:
        """How many rows only move from one file to another."""
        return sum(file.rows for file in self.kept)

    @property
    def rows_removed(self) -> int:
        """How many rows are dropped."""
        return sum(file.rows for file in self.gone) - self.rows_kept

    @property
    def declared(self) -> dict[str, list[Span]]:
        """What must be declared beside the files."""
        leaving = {file.number for file in self.gone}
        staying = [file for file in self.before.files if file.number not in leaving]
        return declare([*staying, *self.kept, *self.new], self.held, self.empty)

    @property
    def is_empty(self) -> bool:
        """Whether all stays as it is."""
        return not (self.gone or self.new) and self.declared == self.before.declared


def cut_out(
    change: Change,
    cut: list[Span],
    pieces: Callable[[DataFile, Sequence[Span]], list[NewFile]],
) -> None:
    """Drop the rows of a time; files at its edges are written anew.

    Parameters
    ----------
    pieces : copies parts of a file, such as `Scissors.pieces`
    """
    change.cut = cut
    for file in change.before.files:
        span = (file.first_ns, file.last_ns)
        if touched(span, cut):
            change.gone.append(file)
            change.kept += pieces(file, without([span], cut))


def apply(transaction: "Transaction", changes: Iterable[Change], message: str) -> None:
    """Make changes part of a transaction, and count that no other row is lost or doubled.

    Parameters
    ----------
    message : what history calls them; it also tells which rows only moved
    """
    changes = [change for change in changes if not change.is_empty]
    if not changes:
        return
    from argosy_catalog.lake import duck

    rewritten = [
        [each.kind.name, each.key, each.rows_kept, each.rows_removed]
        for each in changes
        if each.gone
    ]
    transaction.execute(
        "CALL ducklake_set_commit_message($lake, $author, $message, extra_info => $rewritten)",
        {
            "lake": duck.NAME,
            "author": "argosy",
            "message": message,
            "rewritten": json.dumps(rewritten),
        },
    )
    known = {file.table for each in changes for file in each.before.files}
    needed = {file.table for each in changes for file in each.new} - known
    if needed:
        _make_tables(transaction, needed)
    for change in changes:
        _remove(transaction, change)
    new = [file for change in changes for file in (*change.kept, *change.new)]
    for file in new:
        transaction.add_file(SCHEMA, file.table.name, file.path)
    checksums.note(transaction, [file.written for file in new])
    write_declared(
        transaction, {(each.kind.name, each.key): (each.before, each.declared) for each in changes}
    )


def _make_tables(transaction: "Transaction", needed: set[Table]) -> None:
    select = transaction.select
    known = set(market_tables(select, newest_snapshot(select)))
    new = needed - known
    for table in sorted(new):
        layout.create_table(transaction.connection, SCHEMA, table.name, table.file_schema())
    for kind in sorted({table.kind for table in new}, key=lambda kind: kind.name):
        same = [table for table in known | new if table.kind is kind]
        transaction.execute(views.market_view(kind, same))
    if new:
        transaction.execute(coverage_view(sorted(known | new)))


def _remove(transaction: "Transaction", change: Change) -> None:
    """Take files out of their tables, after DuckDB has counted what is dropped of them."""
    dropped = removed = 0
    for table in sorted({file.table for file in change.gone}):
        names = ", ".join(literal(str(f.path)) for f in change.gone if f.table == table)
        source = f"{SCHEMA}.{identifier(table.name)} WHERE filename IN ({names})"
        for first, last in change.cut:
            within = f"ts_init BETWEEN make_timestamp_ns({first}) AND make_timestamp_ns({last})"
            dropped += _count(transaction, f"SELECT count(*) FROM {source} AND {within}")
        removed += _count(transaction, f"DELETE FROM {source}")
    held = sum(file.rows for file in change.gone)
    if (removed, dropped) != (held, change.rows_removed):
        raise CatalogError(
            f"{removed} of {held} rows were found and {dropped} of {change.rows_removed} to drop",
            place=f"{change.kind.name} of {change.key}",
            cure="See with `argosy catalog verify` what is wrong; nothing was changed",
        )


def _count(transaction: "Transaction", query: str) -> int:
    row = transaction.execute(query).fetchone()
    return int(row[0]) if row else 0


@contextmanager
def scissors(lake: Lake) -> Iterator[Scissors]:
    """Lend scissors whose files are removed if the block raises before a commit."""
    presence = Presence(lake.path)
    presence.enter()
    made = Scissors(lake.data_path, presence.token)
    try:
        yield made
    except CommitError:
        presence.abandon()
        raise  # the files stay: they may belong to the lake by now
    except BaseException:
        made.abort()
        raise
    finally:
        presence.leave()
