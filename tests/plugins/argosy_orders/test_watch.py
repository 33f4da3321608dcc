"""Which prices an order watches, and at which raw price it fires."""

import pytest

from argosy.errors import InputError
from argosy.kernel.trigger import WATCH_ASK, WATCH_BID, WATCH_LAST, WATCH_MID
from argosy.model.enums import OrderSide, TriggerType
from argosy_orders.watch import DOUBLED, SOURCES, trigger_level, watched
from tests.plugins.argosy_orders.orders import GBPUSD, stop_market

BUY, SELL = OrderSide.BUY, OrderSide.SELL


@pytest.mark.parametrize(
    ("trigger_type", "of_a_buy", "of_a_sell"),
    [
        (TriggerType.DEFAULT, WATCH_ASK, WATCH_BID),
        (TriggerType.BID_ASK, WATCH_ASK, WATCH_BID),
        (TriggerType.DOUBLE_BID_ASK, WATCH_ASK, WATCH_BID),
        (TriggerType.LAST_PRICE, WATCH_LAST, WATCH_LAST),
        (TriggerType.DOUBLE_LAST, WATCH_LAST, WATCH_LAST),
        (TriggerType.LAST_OR_BID_ASK, WATCH_LAST | WATCH_ASK, WATCH_LAST | WATCH_BID),
        (TriggerType.MID_POINT, WATCH_MID, WATCH_MID),
    ],
)
def test_a_trigger_type_names_its_prices(
    trigger_type: TriggerType, of_a_buy: int, of_a_sell: int
) -> None:
    assert of_a_buy == watched(stop_market(BUY, "1.5", trigger_type))
    assert of_a_sell == watched(stop_market(SELL, "1.5", trigger_type))


def test_every_trigger_type_but_those_without_a_source_can_be_watched() -> None:
    without = {TriggerType.NO_TRIGGER, TriggerType.MARK_PRICE, TriggerType.INDEX_PRICE}
    assert set(TriggerType) - without == set(SOURCES)
    assert {each for each in SOURCES if each.startswith("DOUBLE")} == DOUBLED


@pytest.mark.parametrize("trigger_type", [TriggerType.MARK_PRICE, TriggerType.INDEX_PRICE])
def test_a_type_without_a_source_is_refused_with_a_code(trigger_type: TriggerType) -> None:
    with pytest.raises(
        InputError, match=rf"^TRIGGER_TYPE_WITHOUT_SOURCE: .*{trigger_type}.*DEFAULT"
    ):
        watched(stop_market(BUY, "1.5", trigger_type))


@pytest.mark.parametrize(
    ("price", "level"),
    [("1.5", 150_000), ("1.50001", 150_001), ("2", 200_000), ("1.500010", 150_001)],
)
def test_the_level_is_the_price_in_units_of_the_instrument(price: str, level: int) -> None:
    assert level == trigger_level(stop_market(BUY, price), GBPUSD)


def test_the_level_of_the_mid_is_doubled_as_the_mid_is() -> None:
    assert 300_002 == trigger_level(stop_market(BUY, "1.50001", TriggerType.MID_POINT), GBPUSD)


def test_a_price_between_two_ticks_of_the_instrument_is_refused_with_a_code() -> None:
    with pytest.raises(InputError, match=r"^TRIGGER_PRICE_PRECISION: 1\.500001 has more than 5"):
        trigger_level(stop_market(BUY, "1.500001"), GBPUSD)


def test_an_order_without_a_trigger_price_is_refused_with_a_code() -> None:
    order = type("Order", (), {"trigger_price": None, "order_type": "STOP_MARKET"})()
    with pytest.raises(InputError, match=r"^TRIGGER_PRICE_MISSING: a STOP_MARKET order"):
        trigger_level(order, GBPUSD)
