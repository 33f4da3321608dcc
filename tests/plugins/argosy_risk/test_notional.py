"""What one order may be worth; an order without a price is denied."""

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from argosy.model.currency import EUR, USD
from argosy.model.enums import OrderSide
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import Instrument
from argosy.model.money import Money
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import equity, ethusd_bitmex, xbtusd_bitmex
from tests.host.engine.kit import BUY, EURUSD, SELL, Desk
from tests.plugins.argosy_risk.kit import rule


def free_of_limits(**limits: Any) -> Instrument:
    return replace(EURUSD, **{"max_notional": None, "min_notional": None, **limits})


def reason(desk: Desk, order: Order, **settings: str) -> str | None:
    own = {"max_per_order": {EURUSD.id: settings["own"]}} if settings else {}
    answer: str | None = rule(desk, "notional", **own).check(order, None)
    return answer


@pytest.mark.parametrize("side", [BUY, SELL])
def test_a_market_order_without_any_price_is_denied(side: OrderSide) -> None:
    desk = Desk(free_of_limits())
    order = desk.factory.market(EURUSD.id, side, Quantity("1000"))
    assert reason(desk, order) == "PRICE_UNAVAILABLE: instrument_id=EUR/USD.SIM"
    assert reason(desk, desk.limit(side, 1000, "1.1")) is None
    assert reason(desk, desk.stop(side, 1000, "1.1")) is None


def test_an_order_for_an_unknown_instrument_is_denied() -> None:
    desk = Desk()
    unknown = InstrumentId("NO.SIM")
    assert reason(desk, desk.buy(1000, instrument_id=unknown)) == (
        "PRICE_UNAVAILABLE: instrument_id=NO.SIM"
    )
    order = desk.factory.limit(unknown, BUY, Quantity("1"), Price("1"))
    assert reason(desk, order) == "INSTRUMENT_NOT_FOUND: instrument_id=NO.SIM"


def test_a_buyer_is_judged_by_the_ask_and_a_seller_by_the_bid() -> None:
    desk = Desk(free_of_limits())
    desk.quote("1.0", "2.0")
    assert reason(desk, desk.sell(1000), own="1000") is None
    assert reason(desk, desk.buy(1000), own="1999.99") == (
        "NOTIONAL_EXCEEDS_MAX_PER_ORDER: notional=2000.00 USD, max_per_order=1999.99 USD"
    )


def test_the_last_trade_stands_for_quotes_and_bars_for_trades() -> None:
    desk = Desk(free_of_limits())
    desk.close("EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL", "1.5")
    assert "notional=1500.00 USD" in str(reason(desk, desk.buy(1000), own="1"))
    desk.trade("1.4")
    assert "notional=1400.00 USD" in str(reason(desk, desk.buy(1000), own="1"))
    desk.quote("1.2", "1.3")
    assert "notional=1300.00 USD" in str(reason(desk, desk.buy(1000), own="1"))
    assert "notional=1200.00 USD" in str(reason(desk, desk.sell(1000), own="1"))


def test_a_limit_and_a_trigger_price_come_before_the_market() -> None:
    desk = Desk(free_of_limits())
    desk.quote("1.0", "1.0")
    assert "notional=1250.00 USD" in str(reason(desk, desk.limit(BUY, 1000, "1.25"), own="1"))
    assert "notional=1350.00 USD" in str(reason(desk, desk.stop(BUY, 1000, "1.35"), own="1"))


def test_the_limits_of_the_instrument_hold() -> None:
    limits = {"max_notional": Money(2000, USD), "min_notional": Money(1000, USD)}
    desk = Desk(free_of_limits(**limits))
    assert reason(desk, desk.limit(BUY, 2000, "1.0")) is None
    assert reason(desk, desk.limit(BUY, 1000, "1.0")) is None
    assert reason(desk, desk.limit(BUY, 2000, "1.00001")) == (
        "NOTIONAL_EXCEEDS_MAXIMUM: notional=2000.02 USD, max_notional=2000.00 USD"
    )
    assert reason(desk, desk.limit(BUY, 1000, "0.99999")) == (
        "NOTIONAL_BELOW_MINIMUM: notional=999.99 USD, min_notional=1000.00 USD"
    )


@pytest.mark.parametrize(
    "limit", [{"max_notional": Money(1, EUR)}, {"min_notional": Money(9999, EUR)}]
)
def test_a_limit_in_another_currency_says_nothing(limit: dict[str, Money]) -> None:
    desk = Desk(free_of_limits(**limit))
    assert reason(desk, desk.limit(BUY, 2000, "1.0")) is None


def test_an_inverse_contract_is_worth_its_base() -> None:
    desk = Desk(xbtusd_bitmex())
    own = {"max_per_order": {desk.instrument.id: "0.5"}}
    judge = rule(desk, "notional", **own)
    assert judge.check(desk.limit(BUY, 25_000, "50000"), None) is None
    assert judge.check(desk.limit(BUY, 25_001, "50000"), None) == (
        "NOTIONAL_EXCEEDS_MAX_PER_ORDER: notional=0.50002000 BTC, max_per_order=0.50000000 BTC"
    )


def test_an_amount_of_the_quote_currency_is_its_own_worth() -> None:
    desk = Desk(free_of_limits())
    for price in ("0.8", "1.25"):
        order = desk.limit(BUY, 1000, price, quote_quantity=True)
        assert reason(desk, order, own="1000") is None
        assert "notional=1000.00 USD" in str(reason(desk, order, own="999.99"))


def test_a_quote_amount_of_a_contract_that_settles_elsewhere_is_converted() -> None:
    desk = Desk(ethusd_bitmex())  # a dollar of price is worth 0.000001 BTC
    judge = rule(desk, "notional", max_per_order={desk.instrument.id: "0.001"})
    order = desk.limit(BUY, 4000, "2000", quote_quantity=True)
    assert judge.check(order, None) == (
        "NOTIONAL_EXCEEDS_MAX_PER_ORDER: notional=0.00400000 BTC, max_per_order=0.00100000 BTC"
    )


def test_a_changed_order_is_judged_as_it_would_be() -> None:
    desk = Desk(free_of_limits())
    judge = rule(desk, "notional", max_per_order={EURUSD.id: "2000"})
    limit, stop = desk.limit(BUY, 1000, "1.0"), desk.stop(BUY, 1000, "1.0")
    assert judge.check_modify(limit, None, Price("2.0"), None) is None
    assert judge.check_modify(limit, Quantity("2000"), None, None) is None
    assert judge.check_modify(limit, Quantity("2000"), Price("1.1"), None) == (
        "NOTIONAL_EXCEEDS_MAX_PER_ORDER: notional=2200.00 USD, max_per_order=2000.00 USD"
    )
    assert judge.check_modify(stop, None, None, Price("2.5")) == (
        "NOTIONAL_EXCEEDS_MAX_PER_ORDER: notional=2500.00 USD, max_per_order=2000.00 USD"
    )


def test_a_limit_of_the_trader_can_be_set_and_lifted_while_it_runs() -> None:
    desk = Desk(free_of_limits())
    judge = rule(desk, "notional")
    order = desk.limit(BUY, 1000, "1.0")
    assert judge.check(order, None) is None
    judge.set_max_per_order(EURUSD.id, Decimal("999.999"))
    assert judge.check(order, None) == (
        "NOTIONAL_EXCEEDS_MAX_PER_ORDER: notional=1000.00 USD, max_per_order=999.99 USD"
    )
    judge.set_max_per_order(EURUSD.id, None)
    assert judge.check(order, None) is None


def test_a_new_definition_of_the_instrument_has_new_limits() -> None:
    desk = Desk(free_of_limits())
    judge = rule(desk, "notional")
    order = desk.limit(BUY, 1000, "1.0")
    assert judge.check(order, None) is None
    desk.data.add_instrument(free_of_limits(max_notional=Money(10, USD)))
    assert str(judge.check(desk.limit(BUY, 1000, "1.0"), None)).startswith(
        "NOTIONAL_EXCEEDS_MAXIMUM"
    )


def test_shares_are_worth_price_times_quantity() -> None:
    desk = Desk(equity())
    judge = rule(desk, "notional", max_per_order={desk.instrument.id: "100"})
    assert "notional=1502.50 USD" in str(judge.check(desk.limit(BUY, 10, "150.25"), None))
