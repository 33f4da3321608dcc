from decimal import Decimal
from typing import Any

import pytest

from argosy.errors import DuplicateNameError, ValueRangeError
from argosy.model.enums import OrderType, TimeInForce, TrailingOffsetType
from argosy.model.orders import (
    LimitIfTouchedOrder,
    LimitOrder,
    MarketIfTouchedOrder,
    MarketOrder,
    MarketToLimitOrder,
    Order,
    OrderClasses,
    StopLimitOrder,
    StopMarketOrder,
    TrailingStopLimitOrder,
    TrailingStopMarketOrder,
    order_class,
    order_from,
)
from argosy.model.values import Quantity
from tests.host.model.trades import an_order, initialized

TRAIL = {
    "trailing_offset": Decimal("0.001"),
    "trailing_offset_type": TrailingOffsetType.PRICE,
}
GOOD: dict[OrderType, tuple[type[Order], dict[str, Any]]] = {
    OrderType.MARKET: (MarketOrder, {}),
    OrderType.LIMIT: (LimitOrder, {"price": "1.25000"}),
    OrderType.STOP_MARKET: (StopMarketOrder, {"trigger_price": "1.25000"}),
    OrderType.STOP_LIMIT: (StopLimitOrder, {"price": "1.25000", "trigger_price": "1.25000"}),
    OrderType.MARKET_TO_LIMIT: (MarketToLimitOrder, {}),
    OrderType.MARKET_IF_TOUCHED: (MarketIfTouchedOrder, {"trigger_price": "1.25000"}),
    OrderType.LIMIT_IF_TOUCHED: (
        LimitIfTouchedOrder,
        {"price": "1.25000", "trigger_price": "1.25000"},
    ),
    OrderType.TRAILING_STOP_MARKET: (TrailingStopMarketOrder, TRAIL),
    OrderType.TRAILING_STOP_LIMIT: (
        TrailingStopLimitOrder,
        {**TRAIL, "limit_offset": Decimal("0.002")},
    ),
}


@pytest.mark.parametrize("order_type", list(GOOD))
def test_each_type_has_its_class(order_type: OrderType) -> None:
    kind, fields = GOOD[order_type]
    assert kind is type(an_order(order_type, **fields))
    assert kind is order_class(order_type)


@pytest.mark.parametrize("order_type", [each for each in GOOD if GOOD[each][1]])
def test_each_type_refuses_to_be_without_what_it_needs(order_type: OrderType) -> None:
    for name in GOOD[order_type][1]:
        fields = {key: value for key, value in GOOD[order_type][1].items() if key != name}
        with pytest.raises(ValueRangeError, match=f"{order_type} order O-.*{name} is "):
            an_order(order_type, **fields)


@pytest.mark.parametrize("order_type", list(GOOD))
def test_good_till_date_needs_a_date(order_type: OrderType) -> None:
    _, fields = GOOD[order_type]
    with pytest.raises(ValueRangeError, match=r"date|expire_time"):
        an_order(order_type, time_in_force=TimeInForce.GTD, **fields)
    if order_type is OrderType.MARKET:
        return
    with pytest.raises(ValueRangeError, match="GTC with an expire_time"):
        an_order(order_type, expire_time_ns=1, **fields)
    order = an_order(order_type, time_in_force=TimeInForce.GTD, expire_time_ns=1, **fields)
    assert order.expire_time_ns == 1


@pytest.mark.parametrize("order_type", list(GOOD))
@pytest.mark.parametrize("time", [TimeInForce.AT_THE_OPEN, TimeInForce.AT_THE_CLOSE])
def test_what_waits_for_a_trigger_cannot_wait_for_an_auction(
    order_type: OrderType, time: TimeInForce
) -> None:
    _, fields = GOOD[order_type]
    if order_type in (OrderType.MARKET, OrderType.LIMIT, OrderType.MARKET_TO_LIMIT):
        assert time is an_order(order_type, time_in_force=time, **fields).time_in_force
    else:
        with pytest.raises(ValueRangeError, match=f"{time} cannot be triggered"):
            an_order(order_type, time_in_force=time, **fields)


def test_no_more_than_the_quantity_can_be_shown() -> None:
    with pytest.raises(ValueRangeError, match="display_qty 11 of 10"):
        an_order(OrderType.LIMIT, price="1.25000", quantity="10", display_qty=Quantity(11))
    hidden = an_order(OrderType.LIMIT, price="1.25000", quantity="10", display_qty=Quantity(0))
    assert Quantity(0) == hidden.display_qty


def test_an_offset_is_above_zero() -> None:
    with pytest.raises(ValueRangeError, match="trailing_offset is -1"):
        an_order(OrderType.TRAILING_STOP_MARKET, **{**TRAIL, "trailing_offset": Decimal(-1)})


def test_a_class_is_for_its_type_only() -> None:
    with pytest.raises(ValueRangeError, match="MarketOrder is for MARKET"):
        MarketOrder(initialized(OrderType.LIMIT, price="1.25000"))


class IcebergOrder(Order):
    """What a plugin's class looks like."""

    @property
    def tip(self) -> int:
        """How much shows."""
        assert self.options is not None
        tip: int = self.options["tip"]
        return tip


def test_a_plugin_may_bring_a_type_and_its_class() -> None:
    iceberg = OrderType("ICEBERG")
    classes = OrderClasses({iceberg: IcebergOrder})
    order = classes.order(initialized(iceberg, options={"tip": 5}))
    assert isinstance(order, IcebergOrder)
    assert order.tip == 5
    assert LimitOrder is classes.of(OrderType.LIMIT)


def test_what_one_run_brings_no_other_knows() -> None:
    iceberg = OrderType("ICEBERG")
    OrderClasses({iceberg: IcebergOrder})
    assert Order is OrderClasses().of(iceberg)
    assert Order is order_class(iceberg)
    assert Order is type(order_from(initialized(iceberg)))


def test_the_class_of_a_built_in_type_cannot_be_replaced() -> None:
    with pytest.raises(DuplicateNameError, match="LIMIT are LimitOrder already"):
        OrderClasses({OrderType.LIMIT: IcebergOrder})
