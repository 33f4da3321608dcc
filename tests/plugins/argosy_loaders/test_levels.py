"""Levels as deltas, however the rows are cut into parts."""

from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from argosy.model.data import F_LAST, F_MBP, F_SNAPSHOT
from argosy.model.enums import BookAction
from argosy.model.identifiers import InstrumentId
from argosy.serialization.arrow import from_batch
from argosy_loaders.levels import BUY, Changes, LevelDeltas

KEY = InstrumentId("A.B")
ROW = st.tuples(st.integers(0, 3), st.booleans(), st.integers(1, 4), st.integers(0, 2))


def changes(rows: list[tuple[int, bool, int, int]]) -> Changes:
    """Make changes of (message, is part of a snapshot, price, size)."""
    messages, snapshots, prices, sizes = (
        np.array([row[i] for row in rows], np.int64) for i in range(4)
    )
    numbers = np.arange(len(rows))
    return Changes(
        ts_event=messages,
        ts_init=messages,
        side=np.full(len(rows), BUY),
        price=prices,
        size=sizes,
        sequence=numbers,
        is_snapshot=snapshots.astype(bool),
        message=messages,
        row=numbers,
    )


def deltas(parts: list[Changes], *, clears: bool = False) -> list[Any]:
    book = LevelDeltas(KEY, (0, 0), str, clears=clears)
    rows = [each for part in parts for each in book.add(part)]
    rows += book.finish()
    found: list[Any] = []
    for each in rows:
        found += from_batch(each.batch)
        assert [str(d.sequence) for d in from_batch(each.batch)] == [
            each.place(row) for row in range(each.batch.num_rows)
        ]
    return found


def test_a_snapshot_begins_with_a_clear_and_messages_end() -> None:
    rows = [(0, True, 1, 1), (1, True, 2, 1), (2, False, 1, 0), (2, False, 2, 5)]
    names = ("CLEAR", "ADD", "ADD", "DELETE", "UPDATE")
    whole = deltas([changes(rows)])
    assert list(names) == [d.action for d in whole]
    snapshot = F_MBP | F_SNAPSHOT
    assert [snapshot, snapshot | F_LAST, snapshot | F_LAST, F_MBP, F_MBP | F_LAST] == [
        d.flags for d in whole
    ]
    each = deltas([changes(rows)], clears=True)
    assert 2 == sum(d.action is BookAction.CLEAR for d in each)


@given(st.lists(ROW, max_size=12), st.lists(st.integers(0, 12)), st.booleans())
def test_parts_change_nothing(
    rows: list[tuple[int, bool, int, int]],
    cuts: list[int],
    clears: bool,  # noqa: FBT001
) -> None:
    rows = [(*row,) for row in sorted(rows, key=lambda row: row[0])]
    whole = changes(rows)
    ends = sorted({0, len(rows), *(cut for cut in cuts if cut < len(rows))})
    parts = [whole.part(slice(a, b)) for a, b in pairwise(ends)]
    assert deltas([whole], clears=clears) == deltas(parts, clears=clears)
