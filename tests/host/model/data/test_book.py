import pickle

import pytest
from hypothesis import given

from argosy.errors import DataError
from argosy.model.data import (
    F_LAST,
    F_MBP,
    F_SNAPSHOT,
    F_TOB,
    BookOrder,
    OrderBookDelta,
    delta_from_raw,
    order_from_raw,
)
from argosy.model.enums import BookAction, OrderSide
from argosy.model.values import Price, Quantity
from tests.host.model.strategies import AUDUSD, book_orders, deltas

ORDER = BookOrder(OrderSide.BUY, Price("1.05"), Quantity("3.0"), 42)


def delta(action: BookAction = BookAction.ADD, order: BookOrder | None = ORDER) -> OrderBookDelta:
    return OrderBookDelta(AUDUSD, action, order, F_LAST, 7, 1, 2)


def test_the_flags_are_those_of_the_field() -> None:
    assert (128, 64, 32, 16) == (F_LAST, F_TOB, F_SNAPSHOT, F_MBP)


def test_an_order_holds_integers_and_makes_values_when_asked() -> None:
    assert (1, 105, 30, 42) == (ORDER.side_code, ORDER.price_raw, ORDER.size_raw, ORDER.order_id)
    assert (OrderSide.BUY, "1.05", "3.0") == (ORDER.side, str(ORDER.price), str(ORDER.size))
    assert pytest.approx(3.15) == ORDER.exposure()
    assert ORDER == order_from_raw(1, 105, 30, 42, 2, 1)


def test_an_order_wants_values() -> None:
    with pytest.raises(DataError, match=r"BookOrder: price is 1.0, a float"):
        BookOrder(OrderSide.BUY, 1.0, Quantity(1), 1)  # type: ignore[arg-type]


@given(book_orders())
def test_an_order_survives_its_dict_and_pickle(order: BookOrder) -> None:
    assert order == BookOrder.from_dict(order.to_dict())
    assert order == pickle.loads(pickle.dumps(order))
    assert hash(order) == hash(BookOrder.from_dict(order.to_dict()))


def test_a_delta_is_flat_and_makes_its_order_when_asked() -> None:
    one = delta()
    assert (1, 1, 105, 30, 42) == (
        one.action_code,
        one.side_code,
        one.price_raw,
        one.size_raw,
        one.order_id,
    )
    assert ORDER == one.order
    assert BookAction.ADD is one.action
    assert one == delta_from_raw(AUDUSD, 1, 1, 105, 30, 42, F_LAST, 7, 2, 1, 1, 2)


def test_a_delta_says_what_it_does() -> None:
    clear = delta(BookAction.CLEAR, None)
    tests = ("is_add", "is_update", "is_delete", "is_clear")
    said = [
        [getattr(each, name) for name in tests]
        for each in (delta(), delta(BookAction.UPDATE), delta(BookAction.DELETE), clear)
    ]
    assert [[i == j for i in range(4)] for j in range(4)] == said


def test_a_clear_has_no_order_whatever_its_columns_say() -> None:
    clear = OrderBookDelta.clear(AUDUSD, 7, 1, 2)
    assert clear.order is None
    assert clear.flags == F_SNAPSHOT
    assert clear == delta_from_raw(AUDUSD, 4, 0, 0, 0, 0, F_SNAPSHOT, 7, 5, 3, 1, 2)
    assert hash(clear) == hash(delta_from_raw(AUDUSD, 4, 0, 0, 0, 0, F_SNAPSHOT, 7, 5, 3, 1, 2))


def test_a_clear_with_an_order_is_refused() -> None:
    with pytest.raises(DataError, match=r"CLEAR comes with an order. Give None"):
        delta(BookAction.CLEAR)


def test_an_add_without_an_order_is_refused() -> None:
    with pytest.raises(DataError, match=r"OrderBookDelta of AUD/USD.SIM: order is None"):
        delta(BookAction.ADD, None)


def test_an_undefined_action_is_refused() -> None:
    with pytest.raises(DataError, match=r"Give ADD, UPDATE, DELETE, CLEAR"):
        delta(BookAction.UNDEFINED)


@pytest.mark.parametrize("action", [BookAction.ADD, BookAction.UPDATE])
def test_what_is_added_has_a_side_and_a_size(action: BookAction) -> None:
    with pytest.raises(DataError, match=f"{action} has size 0"):
        delta(action, BookOrder(OrderSide.BUY, Price(1), Quantity(0), 1))
    with pytest.raises(DataError, match=f"{action} has no side"):
        delta(action, BookOrder(OrderSide.NO_ORDER_SIDE, Price(1), Quantity(1), 1))


def test_what_is_deleted_needs_neither_side_nor_size() -> None:
    order = BookOrder(OrderSide.NO_ORDER_SIDE, Price(1), Quantity(0), 1)
    assert order == delta(BookAction.DELETE, order).order


@given(deltas())
def test_a_delta_survives_its_dict_and_pickle(one: OrderBookDelta) -> None:
    assert one == OrderBookDelta.from_dict(one.to_dict())
    assert one == pickle.loads(pickle.dumps(one))
    assert hash(one) == hash(OrderBookDelta.from_dict(one.to_dict()))


@given(deltas(), deltas())
def test_deltas_are_equal_when_all_fields_are(one: OrderBookDelta, two: OrderBookDelta) -> None:
    assert (one == two) == (one.to_dict() == two.to_dict())


def test_a_delta_reads_well() -> None:
    text = "OrderBookDelta(AUD/USD.SIM,ADD,BookOrder(BUY,1.05,3.0,42),128,7,1)"
    assert text == repr(delta())


def test_a_missing_field_is_named() -> None:
    with pytest.raises(DataError, match=r"BookOrder: the field 'side' is missing"):
        BookOrder.from_dict({})
    with pytest.raises(DataError, match=r"OrderBookDelta: the field 'order' is missing"):
        OrderBookDelta.from_dict({})
