import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from argosy.errors import UnknownNameError, ValueRangeError
from argosy.kernel.clock import Clock
from argosy.kernel.timeline import Timeline
from argosy.model.enums import (
    ContingencyType,
    OrderSide,
    OrderType,
    TimeInForce,
    TrailingOffsetType,
    TriggerType,
)
from argosy.model.events.ids import EventIds
from argosy.model.identifiers import ClientOrderId, ExecAlgorithmId, InstrumentId
from argosy.model.orders import (
    LimitOrder,
    MarketOrder,
    StopMarketOrder,
    TrailingStopLimitOrder,
    order_class,
)
from argosy.model.values import Price, Quantity
from argosy.strategy.factory import OrderFactory
from tests.host.model.trades import BUY, GBPUSD, SELL, STRATEGY, TRADER

NOW = 1_600_000_000_000_000_000
QUANTITY = Quantity("100_000")
PRICE = Price("1.25000")
STOP = Price("1.24000")
TARGET = Price("1.26000")
WHAT = {"instrument_id": GBPUSD.id, "order_side": BUY, "quantity": QUANTITY}
NEEDED: dict[str, Any] = {
    "market": {},
    "limit": {"price": PRICE},
    "stop_market": {"trigger_price": STOP},
    "stop_limit": {"price": PRICE, "trigger_price": STOP},
    "market_to_limit": {},
    "market_if_touched": {"trigger_price": STOP},
    "limit_if_touched": {"price": PRICE, "trigger_price": STOP},
    "trailing_stop_market": {"trailing_offset": Decimal("0.001")},
    "trailing_stop_limit": {
        "limit_offset": Decimal("0.002"),
        "trailing_offset": Decimal("0.001"),
    },
}
# The order that users of the field call these with.
ARGUMENTS = {
    "market": (
        "instrument_id order_side quantity time_in_force reduce_only quote_quantity"
        " exec_algorithm_id exec_algorithm_params tags client_order_id"
    ),
    "limit": (
        "instrument_id order_side quantity price time_in_force expire_time post_only reduce_only"
        " quote_quantity display_qty emulation_trigger trigger_instrument_id exec_algorithm_id"
        " exec_algorithm_params tags client_order_id"
    ),
    "stop_market": (
        "instrument_id order_side quantity trigger_price trigger_type time_in_force expire_time"
        " reduce_only quote_quantity emulation_trigger trigger_instrument_id exec_algorithm_id"
        " exec_algorithm_params tags client_order_id"
    ),
    "stop_limit": (
        "instrument_id order_side quantity price trigger_price trigger_type time_in_force"
        " expire_time post_only reduce_only quote_quantity display_qty emulation_trigger"
        " trigger_instrument_id exec_algorithm_id exec_algorithm_params tags client_order_id"
    ),
    "market_to_limit": (
        "instrument_id order_side quantity time_in_force expire_time reduce_only quote_quantity"
        " display_qty exec_algorithm_id exec_algorithm_params tags client_order_id"
    ),
    "market_if_touched": (
        "instrument_id order_side quantity trigger_price trigger_type time_in_force expire_time"
        " reduce_only quote_quantity emulation_trigger trigger_instrument_id exec_algorithm_id"
        " exec_algorithm_params tags client_order_id"
    ),
    "limit_if_touched": (
        "instrument_id order_side quantity price trigger_price trigger_type time_in_force"
        " expire_time post_only reduce_only quote_quantity display_qty emulation_trigger"
        " trigger_instrument_id exec_algorithm_id exec_algorithm_params tags client_order_id"
    ),
    "trailing_stop_market": (
        "instrument_id order_side quantity trailing_offset activation_price trigger_price"
        " trigger_type trailing_offset_type time_in_force expire_time reduce_only quote_quantity"
        " emulation_trigger trigger_instrument_id exec_algorithm_id exec_algorithm_params tags"
        " client_order_id"
    ),
    "trailing_stop_limit": (
        "instrument_id order_side quantity limit_offset trailing_offset price activation_price"
        " trigger_price trigger_type trailing_offset_type time_in_force expire_time post_only"
        " reduce_only quote_quantity display_qty emulation_trigger trigger_instrument_id"
        " exec_algorithm_id exec_algorithm_params tags client_order_id"
    ),
}
GIVEN: dict[str, Any] = {
    **WHAT,
    "price": PRICE,
    "trigger_price": STOP,
    "limit_offset": Decimal("0.002"),
    "trailing_offset": Decimal("0.001"),
    "time_in_force": TimeInForce.GTD,
    "expire_time": NOW + 5,
    "reduce_only": True,
    "quote_quantity": True,
    "post_only": True,
    "display_qty": Quantity(10),
    "trigger_type": TriggerType.LAST_PRICE,
    "trailing_offset_type": TrailingOffsetType.TICKS,
    "activation_price": PRICE,
    "emulation_trigger": TriggerType.BID_ASK,
    "trigger_instrument_id": InstrumentId("EUR/USD.SIM"),
    "exec_algorithm_id": ExecAlgorithmId("TWAP"),
    "exec_algorithm_params": {"horizon_secs": 60},
    "tags": ["A", "B"],
    "client_order_id": ClientOrderId("O-mine"),
}


def factory() -> OrderFactory:
    timeline = Timeline()
    timeline.start(NOW)
    return OrderFactory(TRADER, STRATEGY, Clock(timeline), EventIds(100))


def all_of(name: str) -> dict[str, Any]:
    """Return a value for each argument of a method, in the order that users know."""
    values = {each: GIVEN[each] for each in ARGUMENTS[name].split()}
    return values | {"time_in_force": TimeInForce.DAY} if name == "market" else values


def make(name: str, **fields: Any) -> Any:
    return getattr(factory(), name)(**{**WHAT, **NEEDED[name], **fields})


# -- every type ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(NEEDED))
def test_each_type_has_a_method(name: str) -> None:
    order = make(name)
    order_type = OrderType(name.upper())
    assert order_class(order_type) is type(order)
    assert (order_type, BUY, QUANTITY) == (order.order_type, order.side, order.quantity)
    assert (TRADER, STRATEGY, GBPUSD.id) == (
        order.trader_id,
        order.strategy_id,
        order.instrument_id,
    )
    assert "O-20200913-122640-001-007-1" == order.client_order_id
    assert (101, NOW, NOW) == (order.init.event_id, order.init.ts_event, order.init.ts_init)
    assert TimeInForce.GTC is order.time_in_force
    assert not order.is_contingency
    for field, value in NEEDED[name].items():
        assert value == getattr(order, field)


@pytest.mark.parametrize("name", list(NEEDED))
def test_whatever_is_given_is_in_the_order(name: str) -> None:
    fields = all_of(name)
    order = make(name, **fields)
    renamed = {"post_only": "is_post_only", "reduce_only": "is_reduce_only"}
    renamed |= {"quote_quantity": "is_quote_quantity", "order_side": "side"}
    renamed["expire_time"] = "expire_time_ns"
    for field, value in fields.items():
        expected = ("A", "B") if field == "tags" else value
        assert expected == getattr(order, renamed.get(field, field))
    assert "O-mine" == order.exec_spawn_id


@pytest.mark.parametrize("name", [each for each in NEEDED if each != "market"])
def test_an_order_may_end_at_a_date(name: str) -> None:
    expire_time = datetime(2020, 9, 14, tzinfo=UTC)
    order = make(name, time_in_force=TimeInForce.GTD, expire_time=expire_time)
    assert 1_600_041_600_000_000_000 == order.expire_time_ns


@pytest.mark.parametrize("name", list(ARGUMENTS))
def test_arguments_stand_in_the_order_that_users_know(name: str) -> None:
    arguments = all_of(name)
    by_place = getattr(factory(), name)(*arguments.values())
    by_name = getattr(factory(), name)(**arguments)
    assert by_name.init == by_place.init


@pytest.mark.parametrize("name", list(ARGUMENTS))
def test_a_type_has_no_further_arguments(name: str) -> None:
    known = ARGUMENTS[name].split()
    for other in set(GIVEN) - set(known):
        with pytest.raises((UnknownNameError, TypeError), match=other):
            make(name, **{other: GIVEN[other]})


def test_an_argument_that_the_type_does_not_have_gets_a_suggestion() -> None:
    expected = "unknown argument of stop_market() 'reduce_onyl'. Did you mean 'reduce_only'?"
    with pytest.raises(UnknownNameError, match=re.escape(expected)):
        make("stop_market", reduce_onyl=True)


def test_arguments_can_be_given_by_place() -> None:
    arguments = (GBPUSD.id, SELL, QUANTITY, PRICE, TimeInForce.GTC, None, True)
    order = factory().limit(*arguments)
    assert isinstance(order, LimitOrder)
    assert order.is_post_only
    assert not order.is_reduce_only


def test_every_order_has_an_id_and_an_event_id_of_its_own() -> None:
    made = factory()
    orders = [made.market(GBPUSD.id, BUY, QUANTITY) for _ in range(3)]
    assert [101, 102, 103] == [order.init.event_id for order in orders]
    assert ["1", "2", "3"] == [order.client_order_id.rpartition("-")[2] for order in orders]


def test_an_order_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueRangeError, match="GTD without an expire_time"):
        make("limit", time_in_force=TimeInForce.GTD)
    with pytest.raises(ValueRangeError, match="quantity is a int, 5: give a Quantity"):
        make("market", quantity=5)
    with pytest.raises(ValueRangeError, match="trailing_offset is a float"):
        make("trailing_stop_market", trailing_offset=0.1)


# -- brackets -----------------------------------------------------------------------------------


def test_a_bracket_is_an_entry_a_stop_loss_and_a_take_profit() -> None:
    listed = factory().bracket(GBPUSD.id, BUY, QUANTITY, sl_trigger_price=STOP, tp_price=TARGET)
    entry, stop, profit = listed.orders
    assert (MarketOrder, StopMarketOrder, LimitOrder) == (type(entry), type(stop), type(profit))
    assert (BUY, SELL, SELL) == (entry.side, stop.side, profit.side)
    assert [("ENTRY",), ("STOP_LOSS",), ("TAKE_PROFIT",)] == [each.tags for each in listed.orders]
    assert [False, True, True] == [each.is_reduce_only for each in listed.orders]
    assert [False, False, True] == [each.is_post_only for each in listed.orders]
    assert {listed.id} == {each.order_list_id for each in listed.orders}
    assert (STOP, TARGET) == (stop.trigger_price, profit.price)


def test_the_orders_of_a_bracket_are_linked() -> None:
    entry, stop, profit = (
        factory().bracket(GBPUSD.id, SELL, QUANTITY, sl_trigger_price=TARGET, tp_price=STOP).orders
    )
    assert ContingencyType.OTO is entry.contingency_type
    assert (stop.client_order_id, profit.client_order_id) == entry.linked_order_ids
    assert entry.parent_order_id is None
    for leg, other in ((stop, profit), (profit, stop)):
        assert ContingencyType.OUO is leg.contingency_type
        assert (other.client_order_id,) == leg.linked_order_ids
        assert entry.client_order_id == leg.parent_order_id
        assert OrderSide.BUY is leg.side


def test_each_part_of_a_bracket_can_be_another_type() -> None:
    listed = factory().bracket(
        GBPUSD.id,
        BUY,
        QUANTITY,
        emulation_trigger=TriggerType.BID_ASK,
        contingency_type=ContingencyType.OCO,
        entry_order_type=OrderType.STOP_LIMIT,
        entry_price=PRICE,
        entry_trigger_price=PRICE,
        expire_time=NOW + 1,
        time_in_force=TimeInForce.GTD,
        entry_tags=["IN"],
        tp_order_type=OrderType.TRAILING_STOP_LIMIT,
        tp_trailing_offset=Decimal(10),
        tp_trailing_offset_type=TrailingOffsetType.TICKS,
        tp_limit_offset=Decimal(5),
        tp_activation_price=TARGET,
        sl_order_type=OrderType.TRAILING_STOP_MARKET,
        sl_trailing_offset=Decimal("0.01"),
        sl_trigger_price=STOP,
        sl_trigger_type=TriggerType.LAST_PRICE,
        sl_client_order_id=ClientOrderId("O-sl"),
    )
    entry, stop, profit = listed.orders
    assert (PRICE, NOW + 1, ("IN",)) == (entry.trigger_price, entry.expire_time_ns, entry.tags)
    assert {TriggerType.BID_ASK} == {each.emulation_trigger for each in listed.orders}
    assert isinstance(profit, TrailingStopLimitOrder)
    assert (Decimal(10), TrailingOffsetType.TICKS, Decimal(5), TARGET) == (
        profit.trailing_offset,
        profit.trailing_offset_type,
        profit.limit_offset,
        profit.activation_price,
    )
    assert not profit.is_post_only
    assert (Decimal("0.01"), STOP, TriggerType.LAST_PRICE, "O-sl") == (
        stop.trailing_offset,
        stop.trigger_price,
        stop.trigger_type,
        stop.client_order_id,
    )
    assert ContingencyType.OCO is stop.contingency_type


def test_a_market_entry_is_not_emulated() -> None:
    entry, stop, profit = (
        factory()
        .bracket(
            GBPUSD.id,
            BUY,
            QUANTITY,
            emulation_trigger=TriggerType.BID_ASK,
            sl_trigger_price=STOP,
            tp_price=TARGET,
        )
        .orders
    )
    assert TriggerType.NO_TRIGGER is entry.emulation_trigger
    assert TriggerType.BID_ASK is stop.emulation_trigger is profit.emulation_trigger
