from typing import Any

import msgspec
import pytest

from argosy.errors import DataError
from argosy.model.currency import USD
from argosy.model.enums import OrderSide, OrderType, TimeInForce
from argosy.model.events.order import OrderAccepted, OrderFilled, OrderSubmitted
from argosy.model.events.position import FUNDING, PositionAdjusted
from argosy.model.orders import LimitOrder, MarketOrder, Order, order_from
from argosy.model.position import Position
from argosy.model.values import Money, Price, Quantity
from argosy.serialization import arrow, from_json, from_msgpack, to_json, to_msgpack
from argosy.testing.instruments import default_fx_ccy
from tests.host.serialization.objects import FILLED, INITIALIZED

PAIR = default_fx_ccy("AUD/USD")
LIMIT = msgspec.structs.replace(
    INITIALIZED,
    order_type=OrderType.LIMIT,
    time_in_force=TimeInForce.GTC,
    price=Price("1.00010"),
    trailing_offset=None,
)


def fill(side: OrderSide, size: str, price: str, number: int) -> OrderFilled:
    return msgspec.structs.replace(
        FILLED,
        order_side=side,
        order_type=OrderType.LIMIT,
        last_qty=Quantity(size),
        last_px=Price(price),
        trade_id=f"T-{number}",
        event_id=number,
        ts_event=number,
    )


def filled_order() -> Order:
    order = order_from(LIMIT)
    ids = LIMIT.trader_id, LIMIT.strategy_id, LIMIT.instrument_id, LIMIT.client_order_id
    account, venue_order = FILLED.account_id, FILLED.venue_order_id
    times: dict[str, int] = {"ts_event": 3, "ts_init": 3}
    order.apply(OrderSubmitted(*ids, account_id=account, event_id=5, **times))
    order.apply(
        OrderAccepted(*ids, venue_order_id=venue_order, account_id=account, event_id=6, **times)
    )
    order.apply(fill(OrderSide.BUY, "40", "1.00005", 7))
    return order


def open_position() -> Position:
    position = Position(PAIR, fill(OrderSide.BUY, "40", "1.00005", 7))
    position.apply(fill(OrderSide.BUY, "60", "1.00010", 8))
    position.adjust(
        PositionAdjusted(
            position.trader_id,
            position.strategy_id,
            position.instrument_id,
            position.id,
            position.account_id,
            adjustment=FUNDING,
            quantity_change=None,
            pnl_change=Money("-0.55", USD),
            reason="funding",
            event_id=9,
            ts_event=9,
            ts_init=9,
        )
    )
    position.apply(fill(OrderSide.SELL, "50", "1.00030", 10))
    return position


def round_trips(value: Any) -> list[Any]:
    return [
        from_json(to_json(value)),
        from_msgpack(to_msgpack(value)),
        *arrow.from_bytes(arrow.to_bytes([value])),
    ]


def test_an_order_is_its_events() -> None:
    order = filled_order()
    for again in round_trips(order):
        assert type(again) is LimitOrder
        assert order.events == again.events
        assert (order.status, order.filled_qty, order.avg_px) == (
            again.status,
            again.filled_qty,
            again.avg_px,
        )


def test_orders_of_several_types_fit_one_batch() -> None:
    market = order_from(msgspec.structs.replace(LIMIT, order_type=OrderType.MARKET, price=None))
    again = arrow.from_batch(arrow.to_batch([filled_order(), market]))
    assert [LimitOrder, MarketOrder] == [type(each) for each in again]


def test_an_order_can_be_asked_for_by_its_class() -> None:
    assert filled_order().events == from_json(to_json(filled_order()), LimitOrder).events


def test_a_position_is_its_instrument_and_its_events() -> None:
    position = open_position()
    for again in round_trips(position):
        assert (position.events, position.adjustments) == (again.events, again.adjustments)
        assert position.realized_pnl == again.realized_pnl
        assert (position.quantity, position.avg_px_open) == (again.quantity, again.avg_px_open)
        assert position.terms.instrument == again.terms.instrument


def test_a_reopened_position_keeps_what_it_gained_before() -> None:
    position = open_position()
    position.apply(fill(OrderSide.SELL, "50", "1.00040", 11))
    position = position.reopened(PAIR, fill(OrderSide.SELL, "10", "1.00040", 12))
    for again in round_trips(position):
        assert (1, position.total_realized_pnl) == (again.cycle, again.total_realized_pnl)


def test_events_in_an_impossible_order_are_refused() -> None:
    values = msgspec.json.decode(to_json(filled_order()))
    values["events"].reverse()
    with pytest.raises(DataError, match=r"JSON of Order: order O-1: .* is not possible in state"):
        from_json(msgspec.json.encode(values))


@pytest.mark.parametrize("name", ["Order", "Position"])
def test_missing_events_are_named(name: str) -> None:
    with pytest.raises(DataError, match=rf"JSON of {name}|{name}: Object missing required field"):
        from_json(msgspec.json.encode({"type": name}))
