import pytest

from argosy.errors import InputError
from argosy.model.enums import OrderType, TriggerType
from argosy.model.orders import Order
from argosy.testing.instruments import default_fx_ccy
from tests.plugins.argosy_sim.kit import (
    BUY,
    ORDER_TYPES,
    SELL,
    Exchange,
    chosen,
    fills,
    probabilistic,
    told,
)

STOP_LIMIT = OrderType.STOP_LIMIT
MIT = OrderType.MARKET_IF_TOUCHED
LIT = OrderType.LIMIT_IF_TOUCHED


def shown(**settings: object) -> Exchange:
    exchange = Exchange(**settings)
    exchange.quote("1.05000", "1.05010")
    return exchange


# -- quotes


def test_a_stop_fills_at_the_market_that_triggered_it() -> None:
    exchange = shown()
    order = exchange.stop(BUY, 1_000, "1.06000")
    exchange.quote("1.05980", "1.05990")
    assert ["Accepted"] == told(order)
    exchange.quote("1.06100", "1.06110")
    assert ["Accepted", "Filled 1000@1.06110 TAKER"] == told(order)


@pytest.mark.parametrize(
    ("side", "trigger", "market"), [(BUY, "1.05010", "1.05010"), (SELL, "1.05000", "1.05000")]
)
def test_a_stop_in_the_market_is_rejected(side: str, trigger: str, market: str) -> None:
    order = shown().stop(side, 1_000, trigger)  # type: ignore[arg-type]
    reason = f"TRIGGER_IN_THE_MARKET: trigger_price={trigger}, market={market}"
    assert [f"Rejected {reason}"] == told(order, reasons=True)


def test_a_stop_in_the_market_fills_at_once_where_the_venue_takes_it() -> None:
    order = shown(reject_stop_orders=False).stop(BUY, 1_000, "1.04000")
    assert ["Accepted", "Filled 1000@1.05010 TAKER"] == told(order)


def test_a_touch_fills_when_the_market_comes() -> None:
    exchange = shown()
    order = exchange.submit(BUY, 1_000, MIT, None, "1.04500")
    exchange.quote("1.04480", "1.04490")
    assert ["Accepted", "Filled 1000@1.04490 TAKER"] == told(order)


def test_a_stop_limit_becomes_a_limit() -> None:
    exchange = shown()
    order = exchange.submit(BUY, 1_000, STOP_LIMIT, "1.06050", "1.06000")
    exchange.quote("1.06090", "1.06100")
    assert ["Accepted", "Triggered"] == told(order)
    exchange.quote("1.06030", "1.06040")
    assert ["Accepted", "Triggered", "Filled 1000@1.06050 MAKER"] == told(order)


def test_a_stop_limit_that_can_trade_takes_at_the_book() -> None:
    exchange = shown()
    order = exchange.submit(BUY, 1_000, STOP_LIMIT, "1.06050", "1.06000")
    exchange.quote("1.06000", "1.06010")
    assert ["Accepted", "Triggered", "Filled 1000@1.06010 TAKER"] == told(order)


def test_a_triggered_post_only_limit_that_would_take_is_rejected() -> None:
    exchange = shown()
    order = exchange.submit(BUY, 1_000, LIT, "1.04600", "1.04500", post_only=True)
    exchange.quote("1.04490", "1.04500")
    assert ["Accepted", "Triggered", "Rejected POST_ONLY_WOULD_TAKE"] == told(order)
    assert order.last_event.due_post_only  # type: ignore[union-attr]


def test_a_touched_stop_may_miss_its_chance() -> None:
    fill = probabilistic(prob_fill_on_stop="0")
    exchange = shown(fill=fill)
    order = exchange.stop(SELL, 1_000, "1.04000")
    exchange.quote("1.04000", "1.04010")
    assert [] == fills(order)
    exchange.quote("1.03999", "1.04010")
    assert ["1000@1.03999"] == fills(order)


def test_the_chance_of_stops_can_be_ignored() -> None:
    exchange = shown(fill=probabilistic(prob_fill_on_stop="0"), prob_fill_on_stop=False)
    order = exchange.stop(SELL, 1_000, "1.04000")
    exchange.quote("1.04000", "1.04010")
    assert ["1000@1.04000"] == fills(order)


# -- bars


def bars(**settings: object) -> Exchange:
    exchange = Exchange(**settings)
    exchange.bar("1.05000", "1.05000", "1.05000", "1.05000")
    return exchange


def test_a_stop_that_a_bar_crosses_fills_at_its_trigger() -> None:
    exchange = bars()
    order = exchange.stop(BUY, 1_000, "1.06000")
    exchange.bar("1.05500", "1.07000", "1.05000", "1.06500")
    assert ["1000@1.06000"] == fills(order)


def test_a_stop_that_a_bar_jumps_over_fills_at_the_open() -> None:
    exchange = bars()
    order = exchange.stop(SELL, 1_000, "1.04000")
    exchange.bar("1.03000", "1.04500", "1.02000", "1.03500")
    assert ["1000@1.03000"] == fills(order)


def test_a_gap_fills_at_the_trigger_where_the_venue_says_so() -> None:
    exchange = bars(gap_fill="trigger")
    order = exchange.stop(SELL, 1_000, "1.04000")
    exchange.bar("1.03000", "1.04500", "1.02000", "1.03500")
    assert ["1000@1.04000"] == fills(order)


def test_the_rest_of_a_crossed_stop_is_a_tick_worse() -> None:
    exchange = bars()
    order = exchange.stop(BUY, 1_500, "1.06000")
    exchange.bar("1.05500", "1.07000", "1.05000", "1.06500", volume=4_000)
    assert ["1000@1.06000", "500@1.06001"] == fills(order)


def test_a_touch_is_jumped_over_in_favour() -> None:
    exchange = bars()
    order = exchange.submit(BUY, 1_000, MIT, None, "1.04000")
    exchange.bar("1.03000", "1.04500", "1.02000", "1.03500")
    assert ["1000@1.03000"] == fills(order)


def test_a_stop_limit_inside_a_bar_trades_where_it_was_triggered() -> None:
    exchange = bars()
    order = exchange.submit(BUY, 1_000, STOP_LIMIT, "1.06010", "1.06000")
    exchange.bar("1.05500", "1.07000", "1.05000", "1.06500")
    assert ["Accepted", "Triggered", "Filled 1000@1.06000 TAKER"] == told(order)


def test_pairs_of_bars_trigger_on_the_side_that_trades() -> None:
    exchange = Exchange()
    flat = ("1.05000",) * 4
    exchange.pair(flat, ("1.05010",) * 4)
    buy = exchange.stop(BUY, 1_000, "1.05500")
    sell = exchange.stop(SELL, 1_000, "1.04500")
    exchange.pair(
        ("1.05000", "1.05495", "1.04505", "1.05000"), ("1.05010", "1.05505", "1.04515", "1.05010")
    )
    assert (["1000@1.05500"], []) == (fills(buy), fills(sell))
    exchange.pair(
        ("1.05000", "1.05000", "1.04400", "1.05000"), ("1.05010", "1.05010", "1.04410", "1.05010")
    )
    assert ["1000@1.04500"] == fills(sell)


def test_a_stop_rests_before_there_is_any_market() -> None:
    exchange = Exchange()
    order = exchange.stop(BUY, 1_000, "1.06000")
    exchange.bar("1.07000", "1.07000", "1.07000", "1.07000")
    assert ["Accepted", "Filled 1000@1.07000 TAKER"] == told(order)


# -- what triggers


def test_a_trigger_in_another_instrument_fires_at_the_same_time() -> None:
    other = default_fx_ccy("NZD/USD")
    exchange = Exchange(default_fx_ccy("AUD/USD"), other)
    exchange.quote("1.05000", "1.05010")
    exchange.quote("0.60000", "0.60010", of=other)
    order = exchange.stop(BUY, 1_000, "0.61000", trigger_instrument_id=other.id)
    exchange.quote("1.05100", "1.05110")
    assert ["Accepted"] == told(order)
    exchange.quote("0.61000", "0.61010", of=other)
    assert ["Accepted", "Filled 1000@1.05110 TAKER"] == told(order)
    assert exchange.timeline.now == order.last_event.ts_event


def test_a_trigger_in_an_unknown_instrument_is_refused() -> None:
    other = default_fx_ccy("NZD/USD")
    order = shown().stop(BUY, 1_000, "0.61000", trigger_instrument_id=other.id)
    expected = ["Rejected TRIGGER_INSTRUMENT_NOT_FOUND: id=NZD/USD.SIM"]
    assert expected == told(order, reasons=True)


def test_a_last_price_that_nobody_knows_triggers_nothing() -> None:
    from argosy_orders.stops import stop

    types = {OrderType.STOP_MARKET: ORDER_TYPES[OrderType.STOP_MARKET]}
    part = chosen("order_types", None).part
    types[OrderType.STOP_MARKET] = type(types[OrderType.STOP_MARKET])(
        type(part)("order_types", "STOP_MARKET", stop, capabilities=frozenset({"releases=MARKET"}))
    )
    exchange = shown(order_types=types)
    last = TriggerType.LAST_PRICE
    order = exchange.stop(BUY, 1_000, "1.06000", trigger_type=last)
    reason = "Rejected TRIGGER_PRICE_UNKNOWN: trigger_type=LAST_PRICE, trades=none"
    assert [reason] == told(order, reasons=True)
    exchange.trade("1.05000", 1_000)
    known = exchange.stop(BUY, 1_000, "1.06000", trigger_type=last)
    exchange.quote("1.06100", "1.06110")
    assert ["Accepted"] == told(known)
    exchange.trade("1.06000", 1_000)
    assert ["Accepted", "Filled 1000@1.06110 TAKER"] == told(known)


def test_a_type_that_refuses_an_order_says_why() -> None:
    def refuse(order: Order, instrument: object) -> None:
        raise InputError("OFFSET_MISSING: offset=none", cure="Give one")

    part = chosen("order_types", None).part
    choice = type(chosen("order_types", None))(type(part)("order_types", "STOP_MARKET", refuse))
    exchange = shown(order_types={OrderType.STOP_MARKET: choice})
    order = exchange.stop(BUY, 1_000, "1.06000")
    assert ["Rejected OFFSET_MISSING: offset=none"] == told(order, reasons=True)


def test_an_unknown_order_type_is_refused() -> None:
    order = shown(order_types={}).stop(BUY, 1_000, "1.06000")
    assert ["Rejected UNSUPPORTED_ORDER_TYPE: order_type=STOP_MARKET"] == told(order, reasons=True)


def test_a_quote_quantity_is_converted_when_the_order_is_triggered() -> None:
    exchange = shown()
    order = exchange.stop(BUY, 1_060, "1.05900", quote_quantity=True)
    exchange.quote("1.05990", "1.06000")
    assert ["Accepted", "Updated 1000", "Filled 1000@1.06000 TAKER"] == told(order)


def test_a_quote_quantity_that_buys_nothing_is_canceled() -> None:
    exchange = shown()
    order = exchange.stop(BUY, "0.50", "1.05900", quote_quantity=True)
    exchange.quote("1.05990", "1.06000")
    assert ["Accepted", "Canceled QUANTITY_TOO_SMALL"] == told(order)
