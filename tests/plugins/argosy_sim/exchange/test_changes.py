from argosy.model.enums import OrderStatus, OrderType
from argosy.model.values import Quantity
from tests.plugins.argosy_sim.kit import BUY, SELL, Exchange, fills, modify_of, told


def shown(**settings: object) -> Exchange:
    exchange = Exchange(**settings)
    exchange.quote("1.05000", "1.05010")
    return exchange


def test_a_new_price_moves_the_order() -> None:
    exchange = shown()
    order = exchange.limit(BUY, 1_000, "1.04000")
    exchange.modify(order, price="1.04500")
    exchange.quote("1.04390", "1.04400")
    expected = [
        "Accepted",
        "PendingUpdate",
        "Updated 1000 1.04500",
        "Filled 1000@1.04500 MAKER",
    ]
    assert expected == told(order)


def test_a_new_price_through_the_market_takes() -> None:
    exchange = shown()
    order = exchange.limit(BUY, 1_000, "1.04000")
    exchange.modify(order, price="1.05100")
    assert ["Updated 1000 1.05100", "Filled 1000@1.05010 TAKER"] == told(order)[-2:]


def test_a_post_only_order_cannot_be_moved_through_the_market() -> None:
    exchange = shown()
    order = exchange.limit(SELL, 1_000, "1.06000", post_only=True)
    exchange.modify(order, price="1.05000")
    expected = "ModifyRejected POST_ONLY_WOULD_TAKE: price=1.05000, best=1.05000"
    assert expected == told(order, reasons=True)[-1]
    assert OrderStatus.ACCEPTED is order.status
    exchange.quote("1.06000", "1.06010")
    assert ["1000@1.06000"] == fills(order)


def test_a_new_quantity_keeps_the_place() -> None:
    exchange = shown(liquidity_consumption=True)
    first = exchange.limit(BUY, 500, "1.04000")
    second = exchange.limit(BUY, 500, "1.04000")
    exchange.modify(first, quantity=800)
    exchange.quote("1.03990", "1.04000", 1_000, 1_000)
    assert (["800@1.04000"], ["200@1.04000"]) == (fills(first), fills(second))


def test_a_new_price_loses_the_place() -> None:
    exchange = shown(liquidity_consumption=True)
    first = exchange.limit(BUY, 800, "1.04000")
    second = exchange.limit(BUY, 800, "1.04100")
    exchange.modify(first, price="1.04100")
    exchange.quote("1.03990", "1.04000", 1_000, 1_000)
    assert (["200@1.04100"], ["800@1.04100"]) == (fills(first), fills(second))


def test_less_than_was_filled_is_refused() -> None:
    exchange = shown()
    order = exchange.limit(BUY, 1_000, "1.04000")
    exchange.quote("1.03990", "1.04000", 400, 400)
    exchange.modify(order, quantity=300)
    expected = "ModifyRejected QUANTITY_BELOW_FILLED: quantity=300, filled=400"
    assert expected == told(order, reasons=True)[-1]


def test_what_was_filled_ends_the_order() -> None:
    exchange = shown()
    order = exchange.limit(BUY, 1_000, "1.04000")
    exchange.quote("1.03990", "1.04000", 400, 400)
    exchange.modify(order, quantity=400)
    assert "Canceled QUANTITY_FILLED: filled=400" == told(order, reasons=True)[-1]


def test_a_stop_can_be_moved() -> None:
    exchange = shown()
    order = exchange.stop(BUY, 1_000, "1.07000")
    exchange.modify(order, trigger="1.06000")
    exchange.quote("1.06000", "1.06010")
    assert ["Updated 1000 1.06000", "Filled 1000@1.06010 TAKER"] == told(order)[-2:]


def test_a_stop_cannot_be_moved_into_the_market() -> None:
    exchange = shown()
    order = exchange.stop(BUY, 1_000, "1.07000")
    exchange.modify(order, trigger="1.05000")
    expected = "ModifyRejected TRIGGER_IN_THE_MARKET: trigger_price=1.05000, market=1.05010"
    assert expected == told(order, reasons=True)[-1]
    exchange.quote("1.06990", "1.07000")
    assert ["1000@1.07000"] == fills(order)


def test_both_prices_of_a_stop_limit_can_be_moved() -> None:
    exchange = shown()
    order = exchange.submit(BUY, 1_000, OrderType.STOP_LIMIT, "1.07000", "1.06000")
    exchange.modify(order, price="1.06500", trigger="1.06200")
    exchange.quote("1.06190", "1.06200")
    expected = ["Updated 1000 1.06500 1.06200", "Triggered", "Filled 1000@1.06200 TAKER"]
    assert expected == told(order)[-3:]


def test_a_triggered_limit_has_no_trigger_any_more() -> None:
    exchange = shown()
    order = exchange.submit(BUY, 1_000, OrderType.STOP_LIMIT, "1.06050", "1.06000")
    exchange.quote("1.06090", "1.06100")
    exchange.modify(order, trigger="1.06200")
    assert "ModifyRejected ORDER_TRIGGERED" == told(order)[-1]
    exchange.modify(order, price="1.06060")
    exchange.quote("1.06040", "1.06050")
    assert ["1000@1.06060"] == fills(order)


def test_prices_that_a_type_does_not_have_are_refused() -> None:
    exchange = shown()
    limit = exchange.limit(BUY, 1_000, "1.04000")
    exchange.modify(limit, trigger="1.03000")
    assert "ModifyRejected TRIGGER_PRICE_NOT_MODIFIABLE" == told(limit)[-1]
    stop = exchange.stop(BUY, 1_000, "1.07000")
    exchange.modify(stop, price="1.06000")
    assert "ModifyRejected PRICE_NOT_MODIFIABLE" == told(stop)[-1]


def test_decimals_that_the_instrument_does_not_have_are_refused() -> None:
    exchange = shown()
    order = exchange.limit(BUY, 1_000, "1.04000")
    exchange.modify(order, price="1.040001")
    assert "ModifyRejected PRICE_PRECISION" == told(order)[-1]


def test_a_quantity_in_quote_currency_waits_for_its_trigger() -> None:
    exchange = shown()
    order = exchange.stop(BUY, 1_060, "1.06000", quote_quantity=True)
    exchange.modify(order, quantity=2_120)
    assert "ModifyRejected QUANTITY_NOT_MODIFIABLE" == told(order)[-1]
    exchange.modify(order, trigger="1.05900")
    exchange.quote("1.05990", "1.06000")
    assert ["1000@1.06000"] == fills(order)


def test_an_order_that_ended_meanwhile_cannot_be_changed() -> None:
    exchange = shown()
    order = exchange.limit(BUY, 1_000, "1.04000")
    exchange.engine.cancel(order)
    exchange.venue.send(modify_of(order, quantity=Quantity.from_int(500)))
    exchange.timeline.settle()
    assert "ModifyRejected ORDER_NOT_FOUND: id=O-1" == told(order, reasons=True)[-1]
