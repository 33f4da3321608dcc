"""Orders as deltas, however the records are cut into parts."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from argosy.model.data import F_LAST
from argosy.model.identifiers import InstrumentId
from argosy.serialization.arrow import from_batch
from argosy_loaders.databento_orders import OrderDeltas
from argosy_loaders.dbn_file import LAYOUTS, MBO
from tests.plugins.argosy_loaders.books import order_book

RECORD = st.tuples(
    st.sampled_from("AAACMTFNR"), st.integers(1, 3), st.integers(1, 5), st.sampled_from((0, 128))
)


def records(rows: list[tuple[str, int, int, int]]) -> Any:
    data = np.zeros(len(rows), LAYOUTS[MBO])
    data["action"] = [ord(row[0]) for row in rows]
    data["order_id"] = [row[1] for row in rows]
    data["size"] = [row[2] for row in rows]
    data["flags"] = [row[3] for row in rows]
    data["side"] = ord("B")
    data["price"] = 10**9
    data["ts_event"] = data["ts_recv"] = np.arange(len(rows))
    return data


def deltas(*parts: Any) -> list[Any]:
    orders, first = OrderDeltas(InstrumentId("A.B"), (0, 0), str), 0
    rows = []
    for part in parts:
        rows += orders.add(part, np.arange(first, first + len(part)))
        first += len(part)
    rows += orders.finish()
    for each in rows:
        assert [str(d.ts_init) for d in from_batch(each.batch)] == [
            each.place(row) for row in range(each.batch.num_rows)
        ]
    return [delta for each in rows for delta in from_batch(each.batch)]


def plain_book(rows: list[tuple[str, int, int, int]]) -> dict[int, int]:
    """Build sizes of orders as the vendor says."""
    book: dict[int, int] = {}
    for action, order, size, _ in rows:
        if action == "R":
            book.clear()
        elif action in "AM":
            book[order] = size
        elif action == "C" and order in book:
            book[order] -= size
            if book[order] <= 0:
                del book[order]
    return book


@given(st.lists(RECORD, max_size=15), st.lists(st.integers(1, 14)))
def test_the_book_is_that_of_the_records_whatever_the_parts(
    rows: list[tuple[str, int, int, int]], cuts: list[int]
) -> None:
    whole = records(rows)
    found = deltas(*np.split(whole, sorted({cut for cut in cuts if cut < len(rows)})))
    assert deltas(whole) == found
    assert plain_book(rows) == {order: size for order, (_, _, size) in order_book(found).items()}
    kept = [row for row in rows if row[0] in "ACMR"]
    assert len(kept) == len(found)


@given(st.lists(RECORD, max_size=15))
def test_no_end_of_an_event_is_lost(rows: list[tuple[str, int, int, int]]) -> None:
    found = iter(deltas(records(rows)))
    is_open = False
    last: Any = None
    for action, _, _, flags in rows:
        if action in "ACMR":
            last = next(found)
        is_open = last is not None and (is_open or action in "ACMR") and not flags
        if last is not None and flags:
            assert last.flags & F_LAST
