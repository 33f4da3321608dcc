"""The free balance must carry an order; what is not known is denied."""

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from argosy.model.accounts import Account, BettingAccount, CashAccount, MarginAccount
from argosy.model.currency import EUR, GBP, USD
from argosy.model.instruments import Instrument
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import (
    aapl_option,
    betting_instrument,
    btcusdt_spot,
    crude_oil,
    equity,
    ethusd_bitmex,
    xbtusd_bitmex,
)
from tests.host.engine.kit import (
    ACCOUNT,
    BUY,
    EURUSD,
    GBPUSD,
    SELL,
    Desk,
    cash_account,
    deposit,
    margin_account,
    order_list,
)
from tests.plugins.argosy_risk.kit import rule


def desk_of(account: Account | None, *instruments: Instrument) -> Desk:
    desk = Desk(*(instruments or (EURUSD,)), account=account)
    desk.rules(rule(desk, "balance"))
    return desk


def bracketed(desk: Desk, *orders: Order) -> list[str | None]:
    """Check the orders of a list, as the execution engine does."""
    made = order_list("OL-1", orders)
    desk.cache.add_order_list(made)
    for order in orders:
        desk.cache.add_order(order)
    return [desk.risk.check(order) for order in orders]


def listed(desk: Desk, side: Any, quantity: int, price: str) -> Order:
    """Return a limit order that knows that it belongs to list OL-1."""
    from argosy.model.identifiers import OrderListId
    from argosy.model.orders import order_from

    order = desk.limit(side, quantity, price)
    return order_from(replace(order.init, order_list_id=OrderListId("OL-1")))


# -- what is not known ----------------------------------------------------------------------------


def test_an_order_without_an_account_is_denied() -> None:
    desk = desk_of(None)
    assert desk.risk.check(desk.limit(BUY, 1000, "1.1")) == "ACCOUNT_NOT_FOUND: venue=SIM"


def test_an_order_without_a_price_is_denied() -> None:
    desk = desk_of(margin_account())
    assert desk.risk.check(desk.buy(1000)) == "PRICE_UNAVAILABLE: instrument_id=EUR/USD.SIM"


def test_an_order_without_an_instrument_is_denied() -> None:
    desk = desk_of(margin_account())
    order = desk.factory.limit(GBPUSD.id, BUY, Quantity("1000"), Price("1.2"))
    assert desk.risk.check(order) == "INSTRUMENT_NOT_FOUND: instrument_id=GBP/USD.SIM"


@pytest.mark.parametrize(
    "account", [MarginAccount(ACCOUNT, GBP), CashAccount(ACCOUNT, GBP)], ids=["margin", "cash"]
)
def test_an_order_without_an_exchange_rate_is_denied(account: Account) -> None:
    desk = desk_of(deposit(account, "1_000_000 GBP"), EURUSD, GBPUSD)
    denied = "RATE_UNAVAILABLE: instrument_id=EUR/USD.SIM, pair=USD/GBP"
    assert desk.risk.check(desk.limit(BUY, 1000, "1.1")) == denied
    assert desk.risk.check(desk.limit(SELL, 1000, "1.1")) == denied
    desk.quote("1.25", "1.25", GBPUSD)
    assert desk.risk.check(desk.limit(BUY, 1000, "1.1")) is None
    assert desk.risk.check(desk.limit(SELL, 1000, "1.1")) is None


def test_a_change_without_an_exchange_rate_is_denied() -> None:
    desk = desk_of(deposit(MarginAccount(ACCOUNT, GBP), "1_000_000 GBP"))
    reason = desk.risk.check_modify(desk.limit(BUY, 1000, "1.1"), Quantity("2000"), None, None)
    assert reason == "RATE_UNAVAILABLE: instrument_id=EUR/USD.SIM, pair=USD/GBP"


def test_a_change_without_an_account_is_denied() -> None:
    desk = desk_of(None)
    reason = desk.risk.check_modify(desk.limit(BUY, 1000, "1.1"), Quantity("2000"), None, None)
    assert reason == "ACCOUNT_NOT_FOUND: venue=SIM"


# -- cash -----------------------------------------------------------------------------------------


def test_a_purchase_wants_its_notional() -> None:
    desk = desk_of(cash_account("1100 USD"))
    assert desk.risk.check(desk.limit(BUY, 1000, "1.1")) is None
    assert desk.risk.check(desk.limit(BUY, 1000, "1.10001")) == (
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=1100.00 USD, need=1100.01 USD"
    )


def test_a_purchase_in_a_currency_that_the_account_lacks_is_denied() -> None:
    desk = desk_of(cash_account("1_000_000 EUR"))
    assert desk.risk.check(desk.limit(BUY, 1000, "1.1")) == (
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=0.00 USD, need=1100.00 USD"
    )


def test_a_market_order_is_judged_by_what_is_offered() -> None:
    desk = desk_of(cash_account("1100 USD"))
    desk.quote("1.1", "1.2")
    assert desk.risk.check(desk.buy(1000)) == (
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=1100.00 USD, need=1200.00 USD"
    )


def test_a_stop_is_judged_by_its_trigger() -> None:
    desk = desk_of(cash_account("1100 USD"))
    assert desk.risk.check(desk.stop(BUY, 1000, "1.1")) is None
    assert "need=1200.00 USD" in str(desk.risk.check(desk.stop(BUY, 1000, "1.2")))


def test_a_sale_of_a_currency_wants_what_it_delivers() -> None:
    desk = desk_of(cash_account("5000 USDT", "1 BTC"), btcusdt_spot())
    assert desk.risk.check(desk.limit(SELL, "1", "50000")) is None
    assert desk.risk.check(desk.limit(SELL, "1.000001", "50000")) == (
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=1.00000000 BTC, need=1.00000100 BTC"
    )


def test_working_orders_bind_what_they_hold() -> None:
    desk = desk_of(cash_account("1500 USD"))
    first = desk.limit(BUY, 1000, "1.0")
    desk.execution.submit(first)
    desk.accept(first)
    assert desk.risk.check(desk.limit(BUY, 1000, "1.0")) == (
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=500.00 USD, need=1000.00 USD"
    )


def test_a_sale_of_shares_that_are_held_wants_nothing() -> None:
    desk = desk_of(cash_account("1500 USD"), equity())
    desk.trade_at(BUY, 10, "150.00")
    assert desk.risk.check(desk.limit(SELL, 10, "150.00")) is None
    assert desk.risk.check(desk.limit(SELL, 11, "150.00")) == (
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=0.00 USD, need=150.00 USD"
    )


def test_shares_that_a_working_order_sells_cover_no_other_sale() -> None:
    desk = desk_of(cash_account("1500 USD"), equity())
    desk.trade_at(BUY, 10, "150.00")
    working = desk.limit(SELL, 6, "160.00")
    desk.execution.submit(working)
    desk.accept(working)
    assert desk.risk.check(desk.limit(SELL, 4, "150.00")) is None
    assert desk.risk.check(desk.limit(SELL, 5, "150.00")) == (
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=0.00 USD, need=150.00 USD"
    )


def test_a_resting_reduce_only_sale_gives_way() -> None:
    desk = desk_of(cash_account("1500 USD"), equity())
    desk.trade_at(BUY, 10, "150.00")
    stop = desk.stop(SELL, 10, "140.00", reduce_only=True)
    desk.execution.submit(stop)
    desk.accept(stop)
    assert desk.risk.check(desk.limit(SELL, 10, "150.00")) is None


def test_a_short_sale_on_a_cash_account_wants_its_notional_in_free_money() -> None:
    desk = desk_of(cash_account("1500 USD"), equity())
    assert desk.risk.check(desk.limit(SELL, 10, "150.00")) is None
    assert desk.risk.check(desk.limit(SELL, 10, "150.01")) == (
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=1500.00 USD, need=1500.10 USD"
    )


def test_a_quote_amount_is_covered_by_what_it_sells() -> None:
    desk = desk_of(cash_account("1100 USD", base_currency=USD))
    desk.trade_at(BUY, 1000, "1.1")
    assert desk.risk.check(desk.limit(SELL, 1100, "1.1", quote_quantity=True)) is None
    assert desk.risk.check(desk.limit(SELL, 2200, "1.1", quote_quantity=True)) == (
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=0.00 USD, need=1100.00 USD"
    )


def test_a_cash_account_of_one_currency_pays_at_the_rate() -> None:
    desk = desk_of(cash_account("1000 EUR", base_currency=EUR))
    desk.quote("1.25", "1.25")
    assert desk.risk.check(desk.buy(1000)) is None
    assert desk.risk.check(desk.buy(1001)) == (
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=1000.00 EUR, need=1001.00 EUR"
    )


def test_an_account_that_may_borrow_carries_anything() -> None:
    desk = desk_of(cash_account("1 USD", may_borrow=True))
    assert desk.risk.check(desk.limit(BUY, 1_000_000, "1.1")) is None
    order = desk.limit(BUY, 1000, "1.1")
    assert desk.risk.check_modify(order, Quantity("9_000_000"), None, None) is None


def test_fees_count_where_the_account_locks_them() -> None:
    desk = desk_of(cash_account("50000 USDT", locks_fees=True), btcusdt_spot())
    assert desk.risk.check(desk.limit(BUY, "1", "50000")) == (
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=50000.00000000 USDT, need=50050.00000000 USDT"
    )


@pytest.mark.parametrize("quantity", [10, 11])
def test_below_zero_the_seller_pays(quantity: int) -> None:
    desk = desk_of(cash_account("200 USD"), crude_oil())
    sale = desk.risk.check(desk.limit(SELL, quantity, "-20.00"))
    need = f"NOTIONAL_EXCEEDS_FREE_BALANCE: free=200.00 USD, need={20 * quantity}.00 USD"
    assert sale == (need if quantity > 10 else None)
    assert desk.risk.check(desk.limit(BUY, 1_000, "-20.00")) is None


def test_a_premium_below_zero_is_paid_by_the_seller() -> None:
    desk = desk_of(margin_account("500 USD"), aapl_option())
    assert desk.risk.check(desk.limit(BUY, 100, "-5.00")) is None
    assert desk.risk.check(desk.limit(SELL, 1, "-5.01")) == (
        "MARGIN_EXCEEDS_FREE_BALANCE: free=500.00 USD, need=501.00 USD"
    )


# -- order lists ----------------------------------------------------------------------------------


def test_the_orders_of_a_list_are_added_up() -> None:
    desk = desk_of(cash_account("2100 USD"))
    orders = [listed(desk, BUY, 1000, price) for price in ("1.0", "1.1", "0.5")]
    assert bracketed(desk, *orders) == [
        None,
        None,
        "CUM_NOTIONAL_EXCEEDS_FREE_BALANCE: free=2100.00 USD, need=2600.00 USD",
    ]


def test_purchases_and_sales_of_a_list_are_added_up_by_currency() -> None:
    desk = desk_of(cash_account("1000 USD", "1000 EUR"))
    orders = [
        listed(desk, BUY, 1000, "1.0"),
        listed(desk, SELL, 1000, "1.0"),
        listed(desk, SELL, 1, "1.0"),
    ]
    assert bracketed(desk, *orders) == [
        None,
        None,
        "CUM_NOTIONAL_EXCEEDS_FREE_BALANCE: free=1000.00 EUR, need=1001.00 EUR",
    ]


def test_the_first_of_a_list_uses_up_what_covers_a_sale() -> None:
    desk = desk_of(cash_account("1500 USD"), equity())
    desk.trade_at(BUY, 10, "150.00")
    orders = [listed(desk, SELL, quantity, "150.00") for quantity in (10, 1)]
    assert bracketed(desk, *orders) == [
        None,
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=0.00 USD, need=150.00 USD",
    ]


def test_the_margins_of_a_list_are_added_up() -> None:
    desk = desk_of(margin_account("65 USD"))
    orders = [listed(desk, BUY, 1000, price) for price in ("1.0", "1.1", "1.2")]
    assert bracketed(desk, *orders) == [
        None,
        None,
        "CUM_MARGIN_EXCEEDS_FREE_BALANCE: free=65.00 USD, need=99.00 USD",
    ]


def test_the_exits_of_a_bracket_need_nothing() -> None:
    desk = desk_of(margin_account("33 USD"))
    bracket = desk.factory.bracket(
        EURUSD.id,
        BUY,
        Quantity("1000"),
        entry_order_type=desk.limit(BUY, 1000, "1.1").order_type,
        entry_price=Price("1.1"),
        sl_trigger_price=Price("1.0"),
        tp_price=Price("1.2"),
    )
    assert [None, None, None] == bracketed(desk, *bracket.orders)


# -- margin ---------------------------------------------------------------------------------------


def test_an_order_on_margin_wants_its_initial_margin() -> None:
    desk = desk_of(margin_account("33 USD"))
    for side in (BUY, SELL):
        assert desk.risk.check(desk.limit(side, 1000, "1.1")) is None
        assert desk.risk.check(desk.limit(side, 1000, "1.2")) == (
            "MARGIN_EXCEEDS_FREE_BALANCE: free=33.00 USD, need=36.00 USD"
        )


def test_leverage_makes_the_margin_smaller() -> None:
    desk = desk_of(margin_account("33 USD", default_leverage=Decimal(10)))
    assert desk.risk.check(desk.limit(BUY, 10_000, "1.1")) is None
    assert desk.risk.check(desk.limit(BUY, 10_000, "1.2")) == (
        "MARGIN_EXCEEDS_FREE_BALANCE: free=33.00 USD, need=36.00 USD"
    )


def test_a_reduce_only_order_wants_no_margin() -> None:
    desk = desk_of(margin_account("0 USD"))
    assert desk.risk.check(desk.limit(BUY, 1000, "1.1", reduce_only=True)) is None


def test_what_closes_a_position_wants_no_margin() -> None:
    desk = desk_of(margin_account("33 USD"))
    desk.trade_at(BUY, 1000, "1.1")
    assert desk.risk.check(desk.limit(SELL, 1000, "1.1")) is None
    assert desk.risk.check(desk.limit(SELL, 2000, "1.1")) == (
        "MARGIN_EXCEEDS_FREE_BALANCE: free=0.00 USD, need=33.00 USD"
    )


def test_an_inverse_contract_wants_margin_in_its_base() -> None:
    desk = desk_of(deposit(MarginAccount(ACCOUNT), "0.025 BTC"), xbtusd_bitmex())
    assert desk.risk.check(desk.limit(BUY, 25_000, "50000")) is None
    assert desk.risk.check(desk.limit(BUY, 25_001, "50000")) == (
        "MARGIN_EXCEEDS_FREE_BALANCE: free=0.02500000 BTC, need=0.02500100 BTC"
    )


def test_a_quanto_contract_wants_margin_in_its_settlement_currency() -> None:
    desk = desk_of(deposit(MarginAccount(ACCOUNT), "0.0001 BTC"), ethusd_bitmex())
    assert desk.risk.check(desk.limit(BUY, 1, "2000")) is None
    assert desk.risk.check(desk.limit(BUY, 2, "2000")) == (
        "MARGIN_EXCEEDS_FREE_BALANCE: free=0.00010000 BTC, need=0.00020000 BTC"
    )


def test_an_option_is_paid_in_full_on_margin_too() -> None:
    desk = desk_of(margin_account("500 USD"), aapl_option())
    assert desk.risk.check(desk.limit(BUY, 1, "5.00")) is None
    assert desk.risk.check(desk.limit(BUY, 1, "5.01")) == (
        "MARGIN_EXCEEDS_FREE_BALANCE: free=500.00 USD, need=501.00 USD"
    )


# -- betting --------------------------------------------------------------------------------------


def test_a_bet_wants_what_it_can_lose() -> None:
    desk = desk_of(deposit(BettingAccount(ACCOUNT, GBP), "100 GBP"), betting_instrument())
    assert desk.risk.check(desk.limit(SELL, 100, "3.5")) is None  # a back bet: its stake
    assert desk.risk.check(desk.limit(BUY, 40, "3.5")) is None  # a lay bet: stake x (odds - 1)
    assert desk.risk.check(desk.limit(SELL, 101, "3.5")) == (
        "LIABILITY_EXCEEDS_FREE_BALANCE: free=100.00 GBP, need=101.00 GBP"
    )
    assert desk.risk.check(desk.limit(BUY, 41, "3.5")) == (
        "LIABILITY_EXCEEDS_FREE_BALANCE: free=100.00 GBP, need=102.50 GBP"
    )


def test_the_liabilities_of_a_list_are_added_up() -> None:
    desk = desk_of(deposit(BettingAccount(ACCOUNT, GBP), "100 GBP"), betting_instrument())
    assert bracketed(desk, *[listed(desk, SELL, 60, "3.5") for _ in range(2)]) == [
        None,
        "CUM_LIABILITY_EXCEEDS_FREE_BALANCE: free=100.00 GBP, need=120.00 GBP",
    ]


# -- changes --------------------------------------------------------------------------------------


def working(desk: Desk, order: Order) -> Order:
    desk.execution.submit(order)
    return desk.accept(order)


def test_a_change_wants_only_what_it_adds() -> None:
    desk = desk_of(cash_account("2200 USD"))
    order = working(desk, desk.limit(BUY, 1000, "1.1"))
    change = desk.risk.check_modify
    assert change(order, Quantity("2000"), None, None) is None
    assert change(order, None, Price("2.2"), None) is None
    assert change(order, Quantity("500"), None, None) is None
    assert change(order, Quantity("2001"), None, None) == (
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=1100.00 USD, need=1101.10 USD"
    )
    assert change(order, Quantity("2000"), Price("1.2"), None) == (
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=1100.00 USD, need=1300.00 USD"
    )


def test_the_trigger_of_a_stop_counts_as_its_price() -> None:
    desk = desk_of(cash_account("1500 USD"))
    order = working(desk, desk.stop(BUY, 1000, "1.1"))
    assert desk.risk.check_modify(order, None, None, Price("1.5")) is None
    assert desk.risk.check_modify(order, None, None, Price("1.6")) == (
        "NOTIONAL_EXCEEDS_FREE_BALANCE: free=400.00 USD, need=500.00 USD"
    )


def test_what_was_filled_counts_no_more() -> None:
    desk = desk_of(cash_account("2200 USD"))
    order = working(desk, desk.limit(BUY, 1000, "1.1"))
    desk.fill(order, 600, "1.1")
    assert desk.risk.check_modify(order, Quantity("2000"), None, None) is None
    assert "need=1101.10 USD" in str(desk.risk.check_modify(order, Quantity("2001"), None, None))


def test_a_change_of_a_reduce_only_order_wants_nothing() -> None:
    desk = desk_of(margin_account("0 USD"))
    order = desk.limit(BUY, 1000, "1.1", reduce_only=True)
    assert desk.risk.check_modify(order, Quantity("9000"), None, None) is None
