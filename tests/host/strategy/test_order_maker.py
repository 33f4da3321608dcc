from datetime import UTC, datetime
from decimal import Decimal

import pytest

from argosy.errors import UnknownNameError, ValueRangeError
from argosy.kernel.clock import Clock
from argosy.kernel.timeline import Timeline
from argosy.model.enums import OrderType, TimeInForce, TrailingOffsetType, TriggerType
from argosy.model.events.ids import EventIds
from argosy.model.values import Price, Quantity
from argosy.strategy.order_maker import OrderMaker, conditions, exact, expiry_ns
from tests.host.model.trades import BUY, GBPUSD, STRATEGY, TRADER, an_order

NOW = 1_600_000_000_000_000_000


def maker() -> OrderMaker:
    timeline = Timeline()
    timeline.start(NOW)
    return OrderMaker(TRADER, STRATEGY, Clock(timeline), EventIds())


def test_ids_come_from_the_clock_of_the_run() -> None:
    made = maker()
    assert "O-20200913-122640-001-007-1" == made.generate_client_order_id()
    assert "OL-20200913-122640-001-007-1" == made.generate_order_list_id()


def test_counters_can_be_read_set_and_reset() -> None:
    made = maker()
    made.set_client_order_id_count(9)
    made.set_order_list_id_count(4)
    assert made.generate_client_order_id().endswith("-10")
    assert made.generate_order_list_id().endswith("-5")
    assert (10, 5) == (made.get_client_order_id_count(), made.get_order_list_id_count())
    made.reset()
    assert (0, 0) == (made.get_client_order_id_count(), made.get_order_list_id_count())


def test_a_list_is_named() -> None:
    orders = [an_order(), an_order()]
    made = maker().create_list(orders)
    assert "OL-20200913-122640-001-007-1" == made.id
    assert tuple(orders) == made.orders


def test_a_date_becomes_nanoseconds() -> None:
    assert expiry_ns(None) == 0
    assert expiry_ns(5) == 5
    assert expiry_ns(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)) == 1_000_000_000
    with pytest.raises(ValueRangeError, match="time zone"):
        expiry_ns(datetime(1970, 1, 1))


def test_an_offset_is_exact() -> None:
    assert exact(None, "limit_offset") is None
    assert Decimal("0.1") == exact("0.1", "limit_offset") == exact(Decimal("0.1"), "x")
    with pytest.raises(ValueRangeError, match="limit_offset is a float"):
        exact(0.1, "limit_offset")  # type: ignore[arg-type]


def test_nothing_is_said_where_nothing_triggers() -> None:
    assert {} == conditions(None, TriggerType.DEFAULT)


def test_what_triggers_is_said() -> None:
    price = Price("1.25000")
    assert {"trigger_price": price, "trigger_type": TriggerType.LAST_PRICE} == conditions(
        price, TriggerType.LAST_PRICE
    )


def test_what_trails_is_triggered_too() -> None:
    assert {
        "trigger_price": None,
        "trigger_type": TriggerType.DEFAULT,
        "trailing_offset": Decimal(5),
        "trailing_offset_type": TrailingOffsetType.TICKS,
        "activation_price": None,
    } == conditions(None, TriggerType.DEFAULT, Decimal(5), TrailingOffsetType.TICKS)


def test_an_order_of_any_type_has_the_fields_of_one() -> None:
    order = maker().create(
        OrderType("PEG"),
        GBPUSD.id,
        BUY,
        Quantity(1),
        time_in_force=TimeInForce.GTD,
        expire_time=NOW + 1,
        price=Price("1.2"),
        options={"offset": 3},
    )
    assert (NOW + 1, Price("1.2"), {"offset": 3}) == (
        order.expire_time_ns,
        order.price,
        order.init.options,
    )


def test_a_field_that_no_order_has_is_refused() -> None:
    expected = r"unknown argument of create\(\) 'trigger_prise'. Did you mean 'trigger_price'?"
    with pytest.raises(UnknownNameError, match=expected):
        maker().create(OrderType("PEG"), GBPUSD.id, BUY, Quantity(1), trigger_prise=Price("1"))  # type: ignore[call-arg]


def test_an_order_that_could_not_be_made_takes_no_number() -> None:
    made = maker()
    with pytest.raises(ValueRangeError, match="time zone"):
        made.create(OrderType("PEG"), GBPUSD.id, BUY, Quantity(1), expire_time=datetime(2020, 1, 1))
    order = made.create(OrderType("PEG"), GBPUSD.id, BUY, Quantity(1))
    assert (1, "1") == (order.init.event_id, order.client_order_id.rpartition("-")[2])
