"""What an order must be by itself; each test names the code of the reason."""

from typing import Any

import pytest

from argosy.model.enums import TimeInForce, TriggerType
from argosy.model.identifiers import InstrumentId, PositionId
from argosy.model.instruments import Instrument
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import aapl_option, btcusdt_spot, crude_oil, spx_index
from tests.host.engine.kit import BUY, EURUSD, HEDGING, NOW, SECOND, SELL, Desk
from tests.plugins.argosy_risk.kit import rule


@pytest.fixture
def desk() -> Desk:
    return Desk(EURUSD)


def reason(desk: Desk, name: str, order: Order, position_id: str | None = None) -> str | None:
    given = None if position_id is None else PositionId(position_id)
    answer: str | None = rule(desk, name).check(order, given)
    return answer


def change_reason(
    desk: Desk,
    name: str,
    order: Order,
    quantity: str | None = None,
    price: str | None = None,
    trigger: str | None = None,
) -> str | None:
    answer: str | None = rule(desk, name).check_modify(
        order,
        None if quantity is None else Quantity(quantity),
        None if price is None else Price(price),
        None if trigger is None else Price(trigger),
    )
    return answer


def test_a_defined_tradable_instrument_passes(desk: Desk) -> None:
    assert reason(desk, "instrument", desk.buy(1000)) is None


@pytest.mark.parametrize("name", ["instrument", "quantity"])
def test_an_unknown_instrument_is_denied(desk: Desk, name: str) -> None:
    order = desk.buy(1000, instrument_id=InstrumentId("NO.SIM"))
    assert reason(desk, name, order) == "INSTRUMENT_NOT_FOUND: instrument_id=NO.SIM"


def test_the_price_of_an_unknown_instrument_is_denied(desk: Desk) -> None:
    order = desk.factory.limit(InstrumentId("NO.SIM"), BUY, Quantity("1"), Price("1"))
    assert reason(desk, "price", order) == "INSTRUMENT_NOT_FOUND: instrument_id=NO.SIM"


def test_a_defined_instrument_without_a_market_is_known(desk: Desk) -> None:
    desk.cache.add_instrument(crude_oil())
    order = desk.buy(1, instrument_id=crude_oil().id)
    assert reason(desk, "instrument", order) is None


def test_an_index_cannot_be_traded() -> None:
    desk = Desk(spx_index())
    assert reason(desk, "instrument", desk.buy(1)) == (
        "INSTRUMENT_NOT_TRADABLE: instrument_id=SPX.CBOE"
    )


@pytest.mark.parametrize("trigger_type", [TriggerType.DEFAULT, TriggerType.BID_ASK])
def test_a_stop_that_watches_quotes_passes(desk: Desk, trigger_type: TriggerType) -> None:
    order = desk.stop(BUY, 1000, "1.2", trigger_type=trigger_type)
    assert reason(desk, "order_type", order) is None
    assert reason(desk, "order_type", desk.buy(1000)) is None


@pytest.mark.parametrize("trigger_type", [TriggerType.MARK_PRICE, TriggerType.INDEX_PRICE])
def test_what_nobody_watches_is_denied(desk: Desk, trigger_type: TriggerType) -> None:
    order = desk.stop(BUY, 1000, "1.2", trigger_type=trigger_type)
    assert reason(desk, "order_type", order) == (
        f"UNSUPPORTED_TRIGGER_TYPE: trigger_type={trigger_type}"
    )


@pytest.mark.parametrize("trigger_type", [TriggerType.LAST_PRICE, TriggerType.DOUBLE_LAST])
def test_a_last_price_without_trades_is_denied(desk: Desk, trigger_type: TriggerType) -> None:
    order = desk.stop(BUY, 1000, "1.2", trigger_type=trigger_type)
    assert reason(desk, "order_type", order) == (
        f"TRIGGER_SOURCE_MISSING: trigger_type={trigger_type}, instrument_id=EUR/USD.SIM"
    )
    desk.trade("1.1")
    assert reason(desk, "order_type", order) is None


def test_trades_that_are_yet_to_come_are_watched(desk: Desk) -> None:
    order = desk.stop(BUY, 1000, "1.2", trigger_type=TriggerType.LAST_PRICE)
    desk.market().set_has_trades(has_trades=True)
    assert reason(desk, "order_type", order) is None


def test_bars_of_trades_stand_for_a_last_price(desk: Desk) -> None:
    order = desk.stop(BUY, 1000, "1.2", trigger_type=TriggerType.LAST_PRICE)
    desk.market().set_bar_sides(4)
    assert reason(desk, "order_type", order) is None


def test_a_trigger_instrument_without_a_market_is_denied(desk: Desk) -> None:
    order = desk.stop(BUY, 1000, "1.2", trigger_instrument_id=InstrumentId("NO.SIM"))
    assert reason(desk, "order_type", order) == "TRIGGER_INSTRUMENT_NOT_FOUND: instrument_id=NO.SIM"


def test_a_price_on_the_instruments_decimals_passes(desk: Desk) -> None:
    for order in (desk.buy(1000), desk.limit(BUY, 1000, "1.10001"), desk.stop(BUY, 1000, "1.2")):
        assert reason(desk, "price", order) is None


def test_a_price_with_more_decimals_is_denied(desk: Desk) -> None:
    assert reason(desk, "price", desk.limit(BUY, 1000, "1.100001")) == (
        "PRICE_PRECISION_EXCEEDED: price=1.100001, price_precision=5"
    )
    assert reason(desk, "price", desk.stop(BUY, 1000, "1.100001")) == (
        "TRIGGER_PRICE_PRECISION_EXCEEDED: trigger_price=1.100001, price_precision=5"
    )


def test_a_price_of_zero_or_less_is_denied(desk: Desk) -> None:
    assert reason(desk, "price", desk.limit(BUY, 1000, "0.00000")) == (
        "PRICE_NOT_POSITIVE: price=0.00000"
    )
    assert reason(desk, "price", desk.stop(BUY, 1000, "-1.0")) == (
        "TRIGGER_PRICE_NOT_POSITIVE: trigger_price=-1.0"
    )


@pytest.mark.parametrize("instrument", [crude_oil(), aapl_option()])
def test_some_instruments_may_have_a_price_below_zero(instrument: Instrument) -> None:
    desk = Desk(instrument)
    assert reason(desk, "price", desk.limit(BUY, 1, "-37.63")) is None


def test_a_price_beyond_the_instruments_limits_is_denied() -> None:
    desk = Desk(btcusdt_spot())
    assert reason(desk, "price", desk.limit(BUY, 1, "1000000.01")) == (
        "PRICE_EXCEEDS_MAXIMUM: price=1000000.01, max_price=1000000"
    )
    assert reason(desk, "price", desk.limit(BUY, 1, "0.00")) == "PRICE_NOT_POSITIVE: price=0.00"
    assert reason(desk, "price", desk.stop(BUY, 1, "1000001")) == (
        "TRIGGER_PRICE_EXCEEDS_MAXIMUM: trigger_price=1000001, max_price=1000000"
    )


def with_limits(**limits: Any) -> Desk:
    from msgspec.structs import replace

    return Desk(replace(EURUSD, **limits))


def test_a_price_below_the_instruments_least_is_denied() -> None:
    desk = with_limits(min_price=Price("0.5"))
    assert reason(desk, "price", desk.limit(BUY, 1000, "0.4")) == (
        "PRICE_BELOW_MINIMUM: price=0.4, min_price=0.5"
    )
    assert reason(desk, "price", desk.limit(BUY, 1000, "0.5")) is None
    assert reason(desk, "price", desk.stop(BUY, 1000, "0.4")) == (
        "TRIGGER_PRICE_BELOW_MINIMUM: trigger_price=0.4, min_price=0.5"
    )


def test_new_prices_are_judged_like_first_ones(desk: Desk) -> None:
    order = desk.limit(BUY, 1000, "1.1")
    assert change_reason(desk, "price", order, price="1.2") is None
    assert change_reason(desk, "price", order, quantity="2000") is None
    assert change_reason(desk, "price", order, price="1.234567") == (
        "PRICE_PRECISION_EXCEEDED: price=1.234567, price_precision=5"
    )
    assert change_reason(desk, "price", order, trigger="-1") == (
        "TRIGGER_PRICE_NOT_POSITIVE: trigger_price=-1"
    )


def test_a_quantity_within_the_limits_passes(desk: Desk) -> None:
    for quantity in ("1000", "10000000"):
        assert reason(desk, "quantity", desk.buy(quantity)) is None


def test_a_quantity_with_more_decimals_is_denied(desk: Desk) -> None:
    assert reason(desk, "quantity", desk.buy("1000.5")) == (
        "QUANTITY_PRECISION_EXCEEDED: quantity=1000.5, size_precision=0"
    )


def test_a_quantity_beyond_the_limits_is_denied(desk: Desk) -> None:
    assert reason(desk, "quantity", desk.buy(10_000_001)) == (
        "QUANTITY_EXCEEDS_MAXIMUM: quantity=10000001, max_quantity=10000000"
    )
    assert reason(desk, "quantity", desk.buy(999)) == (
        "QUANTITY_BELOW_MINIMUM: quantity=999, min_quantity=1000"
    )


def test_limits_and_quantities_may_have_different_decimals() -> None:
    desk = Desk(btcusdt_spot())
    assert reason(desk, "quantity", desk.buy("9000.000001")) == (
        "QUANTITY_EXCEEDS_MAXIMUM: quantity=9000.000001, max_quantity=9000"
    )
    assert reason(desk, "quantity", desk.buy("9000.00")) is None


def test_an_amount_of_the_quote_currency_has_no_limits_of_quantity(desk: Desk) -> None:
    assert reason(desk, "quantity", desk.buy("999.99", quote_quantity=True)) is None


def test_a_new_quantity_is_judged_like_a_first_one(desk: Desk) -> None:
    order = desk.limit(BUY, 1000, "1.1")
    assert change_reason(desk, "quantity", order, price="1.2") is None
    assert change_reason(desk, "quantity", order, quantity="2000") is None
    assert change_reason(desk, "quantity", order, quantity="1") == (
        "QUANTITY_BELOW_MINIMUM: quantity=1, min_quantity=1000"
    )
    assert change_reason(desk, "quantity", order, quantity="0") == (
        "QUANTITY_NOT_POSITIVE: quantity=0"
    )


def test_an_order_that_expires_in_the_future_passes(desk: Desk) -> None:
    gtd = TimeInForce.GTD
    order = desk.limit(BUY, 1000, "1.1", time_in_force=gtd, expire_time=NOW + 1)
    assert reason(desk, "expiry", order) is None
    assert reason(desk, "expiry", desk.limit(BUY, 1000, "1.1")) is None


def test_an_order_that_expired_already_is_denied(desk: Desk) -> None:
    gtd = TimeInForce.GTD
    order = desk.limit(BUY, 1000, "1.1", time_in_force=gtd, expire_time=NOW + SECOND)
    desk.timeline.advance(NOW + SECOND)
    now = desk.timeline.now
    assert reason(desk, "expiry", order) == f"EXPIRE_TIME_IN_PAST: expire_time={now}, now={now}"


def test_a_reduce_only_order_reduces_the_position_that_it_names() -> None:
    desk = Desk(oms_type=HEDGING)
    desk.trade_at(BUY, 3000, "1.1", position_id="P-1")
    for quantity in (1000, 3000):
        order = desk.sell(quantity, reduce_only=True)
        assert reason(desk, "reduce_only", order, "P-1") is None
    assert reason(desk, "reduce_only", desk.sell(4000), "P-1") is None
    assert reason(desk, "reduce_only", desk.buy(1000, reduce_only=True)) is None


@pytest.mark.parametrize(("side", "quantity"), [(BUY, 1000), (SELL, 4000)])
def test_a_reduce_only_order_that_would_not_reduce_is_denied(side: Any, quantity: int) -> None:
    desk = Desk(oms_type=HEDGING)
    desk.trade_at(BUY, 3000, "1.1", position_id="P-1")
    order = desk.factory.market(EURUSD.id, side, Quantity.from_int(quantity), reduce_only=True)
    assert reason(desk, "reduce_only", order, "P-1") == (
        f"REDUCE_ONLY_WOULD_INCREASE_POSITION: position=3000, side={side}, quantity={quantity}"
    )


def test_a_reduce_only_order_without_its_position_is_denied() -> None:
    desk = Desk(oms_type=HEDGING)
    desk.trade_at(BUY, 3000, "1.1", position_id="P-1")
    desk.trade_at(SELL, 3000, "1.1", position_id="P-1")
    order = desk.sell(1000, reduce_only=True)
    for position_id in ("P-1", "P-2"):
        assert reason(desk, "reduce_only", order, position_id) == (
            f"REDUCE_ONLY_WITHOUT_POSITION: position_id={position_id}"
        )
