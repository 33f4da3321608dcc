"""The way of an event: state first, then the log, then those who listen."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.model.enums import OrderStatus
from argosy.model.events.order import (
    OrderEvent,
    OrderFilled,
)
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from tests.host.engine.kit import (
    BUY,
    EURUSD,
    NOW,
    SELL,
    STRATEGY,
    Desk,
)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def names(desk: Desk) -> list[str]:
    return [type(event).__name__ for event in desk.events]


def working_order(desk: Desk) -> Order:
    return desk.limit(BUY, 3000, "1.1")


def working(desk: Desk) -> Order:
    order = working_order(desk)
    desk.execution.submit(order)
    return desk.accept(order)


def is_logged(desk: Desk) -> bool:
    """Tell whether the log holds the events that were published, in their order."""
    rows = [(kind, msgspec.msgpack.decode(data)) for _, _, kind, data in desk.log.rows()]
    return names(desk) == [kind for kind, _ in rows] and all(
        event.event_id in values for event, (_, values) in zip(desk.events, rows, strict=True)
    )


def test_the_log_has_every_event_in_the_order_of_publication(desk: Desk) -> None:
    order = working(desk)
    desk.fill(order, 1000)
    desk.execution.cancel(order)
    desk.venue.canceled(order, NOW)
    desk.trade_at(SELL, 2000, "1.2", fee="1 USD")
    assert is_logged(desk)


STEPS = ("accept", "modify", "updated", "cancel", "canceled", "part", "fill")


def act(desk: Desk, order: Order, step: str) -> None:
    """Let a command be given or a report come, as a client would, where the order allows it."""
    engine, status = desk.execution, order.status
    if status is OrderStatus.INITIALIZED:
        engine.submit(order)
    elif step == "accept" and status is OrderStatus.SUBMITTED:
        desk.accept(order)
    elif step == "modify":
        engine.modify(order, Quantity("9000"), Price("1.2"), None)
    elif step == "updated" and order.is_open:
        desk.venue.updated(order, NOW, quantity=Quantity("9000"))
    elif step == "cancel":
        engine.cancel(order)
    elif step == "canceled" and order.is_open:
        desk.venue.canceled(order, NOW)
    elif step in ("part", "fill") and order.venue_order_id is not None and order.leaves_raw:
        if status in (OrderStatus.CANCELED, OrderStatus.EXPIRED):
            return
        desk.fill(order, 1000 if step == "part" else None)


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(STEPS)), max_size=40))
def test_whatever_comes_the_log_and_the_orders_agree(steps: Sequence[tuple[int, str]]) -> None:
    desk = Desk()
    orders = [desk.limit(side, 3000, "1.1") for side in (BUY, SELL, BUY)]
    for index, step in steps:
        act(desk, orders[index], step)
    assert is_logged(desk)
    for order in orders:
        own = [
            event for event in desk.of(OrderEvent) if event.client_order_id == order.client_order_id
        ]
        assert order.events == (own or [order.init])
        filled = sum(each.last_qty.raw for each in own if isinstance(each, OrderFilled))
        assert filled == order.filled_raw
    held = sum(order.sign * order.filled_raw for order in orders if order.strategy_id == STRATEGY)
    assert held == desk.portfolio.net_position(EURUSD.id)
