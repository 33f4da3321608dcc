import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import DataError
from argosy.model.data import (
    F_LAST,
    F_SNAPSHOT,
    BookOrder,
    OrderBookDelta,
    OrderBookDeltas,
    OrderBookSnapshot,
)
from argosy.model.enums import BookAction, BookType, OrderSide
from argosy.model.identifiers import InstrumentId
from argosy.model.values import Price, Quantity
from tests.host.model.strategies import AUDUSD, book_orders, deltas


def order(side: OrderSide, price: str, order_id: int = 0) -> BookOrder:
    return BookOrder(side, Price(price), Quantity(5), order_id)


def delta(flags: int = 0, sequence: int = 1, ts: int = 1) -> OrderBookDelta:
    return OrderBookDelta(
        AUDUSD, BookAction.ADD, order(OrderSide.BUY, "1.0"), flags, sequence, ts, ts + 1
    )


BIDS = [order(OrderSide.BUY, "1.01", 2), order(OrderSide.BUY, "1.00", 1)]
ASKS = [order(OrderSide.SELL, "1.02", 3), order(OrderSide.SELL, "1.02", 4)]


def snapshot() -> OrderBookSnapshot:
    return OrderBookSnapshot(AUDUSD, BookType.L3_MBO, BIDS, ASKS, 9, 1, 2)


def test_the_last_delta_speaks_for_all() -> None:
    group = OrderBookDeltas(AUDUSD, [delta(), delta(F_LAST, 2, 5)])
    assert (F_LAST, 2, 5, 6) == (group.flags, group.sequence, group.ts_event, group.ts_init)
    assert 2 == len(group)
    assert group.deltas == tuple(group)
    assert not group.is_snapshot


def test_a_group_is_not_empty() -> None:
    with pytest.raises(DataError, match=r"OrderBookDeltas of AUD/USD.SIM: there are no deltas"):
        OrderBookDeltas(AUDUSD, [])


def test_a_group_is_of_one_instrument() -> None:
    with pytest.raises(DataError, match=r"a delta is of AUD/USD.SIM. Group deltas by instrument"):
        OrderBookDeltas(InstrumentId("A.B"), [delta()])


def test_a_group_holds_deltas_only() -> None:
    with pytest.raises(DataError, match=r"where a OrderBookDelta belongs"):
        OrderBookDeltas(AUDUSD, ["delta"])  # type: ignore[list-item]


@given(st.lists(deltas(AUDUSD), min_size=1, max_size=5))
def test_a_group_survives_its_dict_and_pickle(each: list[OrderBookDelta]) -> None:
    group = OrderBookDeltas(AUDUSD, each)
    assert group == OrderBookDeltas.from_dict(group.to_dict())
    assert group == pickle.loads(pickle.dumps(group))
    assert hash(group) == hash(OrderBookDeltas(AUDUSD, each))


def test_a_snapshot_is_a_clear_and_adds() -> None:
    group = snapshot().to_deltas()
    actions = [each.action for each in group]
    assert [BookAction.CLEAR, *[BookAction.ADD] * 4] == actions
    assert [F_SNAPSHOT] * 4 + [F_SNAPSHOT | F_LAST] == [each.flags for each in group]
    assert [None, *BIDS, *ASKS] == [each.order for each in group]
    assert group.is_snapshot
    assert snapshot() == OrderBookSnapshot.from_deltas(group, BookType.L3_MBO)


def test_an_empty_book_is_one_clear() -> None:
    empty = OrderBookSnapshot(AUDUSD, BookType.L2_MBP, [], [], 9, 1, 2)
    (clear,) = empty.to_deltas()
    assert (True, F_SNAPSHOT | F_LAST) == (clear.is_clear, clear.flags)
    assert empty == OrderBookSnapshot.from_deltas(empty.to_deltas(), BookType.L2_MBP)


def test_only_a_clear_with_adds_is_a_snapshot() -> None:
    with pytest.raises(DataError, match=r"the deltas are not one CLEAR with ADDs behind it"):
        OrderBookSnapshot.from_deltas(OrderBookDeltas(AUDUSD, [delta()]), BookType.L2_MBP)


def test_the_best_price_comes_first() -> None:
    with pytest.raises(DataError, match=r"the BUY orders are not sorted. Give the best first"):
        OrderBookSnapshot(AUDUSD, BookType.L2_MBP, BIDS[::-1], ASKS, 9, 1, 2)


def test_a_side_holds_orders_of_its_side() -> None:
    with pytest.raises(DataError, match=r"stands among the bids. Give orders of side BUY"):
        OrderBookSnapshot(AUDUSD, BookType.L2_MBP, ASKS, ASKS, 9, 1, 2)
    with pytest.raises(DataError, match=r"where a BookOrder belongs"):
        OrderBookSnapshot(AUDUSD, BookType.L2_MBP, [1], ASKS, 9, 1, 2)  # type: ignore[list-item]


@given(st.lists(book_orders(OrderSide.SELL)))
def test_a_snapshot_survives_its_dict_and_pickle(asks: list[BookOrder]) -> None:
    asks.sort(key=lambda each: each.price)
    book = OrderBookSnapshot(AUDUSD, BookType.L2_MBP, [], asks, 9, 1, 2)
    assert book == OrderBookSnapshot.from_dict(book.to_dict())
    assert book == pickle.loads(pickle.dumps(book))
    assert hash(book) == hash(OrderBookSnapshot.from_dict(book.to_dict()))


def test_both_read_well() -> None:
    assert "OrderBookDeltas(AUD/USD.SIM,1 deltas,1,1)" == repr(OrderBookDeltas(AUDUSD, [delta()]))
    assert "OrderBookSnapshot(AUD/USD.SIM,L3_MBO,2 bids,2 asks,9,1)" == repr(snapshot())


def test_a_missing_field_is_named() -> None:
    with pytest.raises(DataError, match=r"OrderBookDeltas: the field 'deltas' is missing"):
        OrderBookDeltas.from_dict({})
    with pytest.raises(DataError, match=r"OrderBookSnapshot: the field 'instrument_id' is missing"):
        OrderBookSnapshot.from_dict({})
