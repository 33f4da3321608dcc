from datetime import UTC, datetime
from decimal import Decimal

import pytest

from argosy.errors import ValueRangeError
from argosy.kernel.clock import Clock
from argosy.kernel.timeline import Timeline
from argosy.model.enums import TrailingOffsetType, TriggerType
from argosy.model.events.ids import EventIds
from argosy.model.values import Price
from argosy.strategy.order_maker import OrderMaker, conditions, exact, expiry_ns
from tests.host.model.trades import STRATEGY, TRADER, an_order


def maker() -> OrderMaker:
    timeline = Timeline()
    timeline.start(1_600_000_000_000_000_000)
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
