import pytest

from argosy.model.enums import ContingencyType, OrderType, TimeInForce
from argosy.testing.instruments import default_fx_ccy, equity, xbtusd_bitmex
from tests.plugins.argosy_sim.kit import BUY, SELL, Exchange, fills, told

CASH = {"type": "cash", "balances": ["100_000 USD", "100_000 AUD"]}
USD_ONLY = {"type": "cash", "base_currency": "USD", "balances": ["100_000 USD"]}


def shown(**settings: object) -> Exchange:
    exchange = Exchange(**settings)
    exchange.quote("1.05000", "1.05010")
    return exchange


def reason(order: object) -> str:
    return told(order, reasons=True)[-1]  # type: ignore[arg-type]


# -- refusals


@pytest.mark.parametrize("tif", [TimeInForce.AT_THE_OPEN, TimeInForce.AT_THE_CLOSE])
def test_auctions_need_a_calendar(tif: TimeInForce) -> None:
    expected = f"Rejected UNSUPPORTED_TIME_IN_FORCE: time_in_force={tif}, calendar=none"
    assert expected == reason(shown().market(BUY, 1_000, tif=tif))


def test_contingencies_are_refused() -> None:
    order = shown().market(BUY, 1_000, contingency_type=ContingencyType.OTO)
    assert "Rejected UNSUPPORTED_CONTINGENCY: contingency_type=OTO" == reason(order)


def test_a_date_that_has_passed_is_refused() -> None:
    exchange = shown()
    now = exchange.timeline.now
    order = exchange.limit(BUY, 1_000, "1.04", tif=TimeInForce.GTD, expire_time_ns=now)
    assert f"Rejected EXPIRE_TIME_IN_PAST: expire_time={now}, now={now}" == reason(order)


def test_decimals_that_the_instrument_does_not_have_are_refused() -> None:
    exchange = shown()
    assert "Rejected QUANTITY_PRECISION: quantity=1000.5, precision=0" == reason(
        exchange.market(BUY, "1000.5")
    )
    assert "Rejected PRICE_PRECISION: price=1.050001, precision=5" == reason(
        exchange.limit(BUY, 1_000, "1.050001")
    )
    assert "Rejected TRIGGER_PRICE_PRECISION: price=1.060001, precision=5" == reason(
        exchange.stop(BUY, 1_000, "1.060001")
    )


def test_decimals_that_are_zero_or_left_out_are_fine() -> None:
    exchange = shown()
    assert ["1000@1.05010"] == fills(exchange.market(BUY, "1000.0"))
    assert ["1000@1.05010"] == fills(exchange.limit(BUY, 1_000, "1.1"))
    assert ["1000@1.05010"] == fills(exchange.limit(BUY, 1_000, "1.0600000"))


# -- post-only


@pytest.mark.parametrize(
    ("side", "price", "best"), [(BUY, "1.05010", "1.05010"), (SELL, "1.04990", "1.05000")]
)
def test_a_post_only_order_that_would_take_is_rejected(side: str, price: str, best: str) -> None:
    order = shown().limit(side, 1_000, price, post_only=True)  # type: ignore[arg-type]
    assert f"Rejected POST_ONLY_WOULD_TAKE: price={price}, best={best}" == reason(order)
    assert order.last_event.due_post_only  # type: ignore[union-attr]


def test_a_post_only_order_that_waits_is_a_maker() -> None:
    exchange = shown()
    order = exchange.limit(BUY, 1_000, "1.05009", post_only=True)
    exchange.quote("1.04990", "1.05000")
    assert ["Accepted", "Filled 1000@1.05009 MAKER"] == told(order)


# -- quantities in the quote currency


def test_a_market_quantity_is_converted_at_the_opposite_best() -> None:
    order = shown().market(BUY, "105010", quote_quantity=True)
    assert ["Updated 100000", "Filled 100000@1.05010 TAKER"] == told(order)
    assert not order.is_quote_quantity


def test_a_limit_quantity_is_converted_at_its_limit() -> None:
    order = shown().limit(BUY, "104000", "1.04000", quote_quantity=True)
    assert ["Accepted", "Updated 100000"] == told(order)


def test_a_converted_quantity_is_cut_to_whole_increments() -> None:
    order = shown().market(BUY, "1000", quote_quantity=True)
    assert ["952@1.05010"] == fills(order)


def test_a_quantity_that_is_too_large_in_the_base_currency_is_refused() -> None:
    exchange = Exchange()
    exchange.quote("0.50000", "0.50010")
    order = exchange.market(BUY, "999999999999999999", quote_quantity=True)
    assert reason(order).startswith("Rejected QUANTITY_NOT_CONVERTIBLE: ")


def test_a_quantity_that_buys_nothing_is_refused() -> None:
    order = shown().market(BUY, "0.10", quote_quantity=True)
    assert "Rejected QUANTITY_TOO_SMALL: quantity=0.10, price=1.05010" == reason(order)


def test_contracts_of_an_inverse_instrument_are_in_the_quote_currency_already() -> None:
    exchange = Exchange(xbtusd_bitmex(), account={"type": "margin", "balances": ["1 BTC"]})
    exchange.quote("40000.0", "40000.5")
    order = exchange.market(BUY, 500, quote_quantity=True)
    assert ["Updated 500", "Filled 500@40000.5 TAKER"] == told(order)
    assert "Rejected QUANTITY_PRECISION: quantity=0.5, precision=0" == reason(
        exchange.market(BUY, "0.5", quote_quantity=True)
    )


# -- short sales on cash accounts


def test_a_cash_account_cannot_sell_a_share_that_it_does_not_hold() -> None:
    exchange = Exchange(equity(), account=USD_ONLY)
    exchange.quote("100.00", "100.01", 1_000, 1_000)
    expected = "Rejected SHORT_SELLING_NOT_PERMITTED: held=0, quantity=10"
    assert expected == reason(exchange.market(SELL, 10))
    exchange.market(BUY, 10)
    expected = "Rejected SHORT_SELLING_NOT_PERMITTED: held=10, quantity=11"
    assert expected == reason(exchange.market(SELL, 11))
    assert ["10@100.00"] == fills(exchange.market(SELL, 10))


def test_a_cash_account_that_borrows_may_sell_short() -> None:
    exchange = Exchange(equity(), account={**USD_ONLY, "allow_borrowing": True})
    exchange.quote("100.00", "100.01", 1_000, 1_000)
    assert ["10@100.00"] == fills(exchange.market(SELL, 10))


def test_currencies_are_sold_out_of_their_balance() -> None:
    exchange = Exchange(default_fx_ccy("AUD/USD"), account=CASH)
    exchange.quote("1.05000", "1.05010")
    assert ["100000@1.05000"] == fills(exchange.market(SELL, 100_000))


def test_two_sells_of_one_holding_end_at_nothing() -> None:
    exchange = Exchange(equity(), account=USD_ONLY)
    exchange.quote("100.00", "100.01", 1_000, 1_000)
    exchange.market(BUY, 10)
    first = exchange.limit(SELL, 10, "101.00")
    second = exchange.limit(SELL, 6, "101.00")
    exchange.quote("101.00", "101.01", 1_000, 1_000)
    assert ["Accepted", "Filled 10@101.00 MAKER"] == told(first)
    assert ["Accepted", "Canceled INSUFFICIENT_BALANCE: left=6"] == told(second, reasons=True)


def test_the_order_of_types_and_sides_does_not_matter_for_a_stop() -> None:
    exchange = Exchange(equity(), account=USD_ONLY)
    exchange.quote("100.00", "100.01", 1_000, 1_000)
    order = exchange.submit(SELL, 10, OrderType.STOP_MARKET, None, "99.00")
    assert "Rejected SHORT_SELLING_NOT_PERMITTED: held=0, quantity=10" == reason(order)
