"""What is held, what it gained, what it is worth; every answer is computed when asked."""

from decimal import Decimal, localcontext

import pytest

from argosy.errors import AccountError
from argosy.model.accounts import BettingAccount, MarginAccount
from argosy.model.currency import BTC, EUR, GBP, USD, USDT
from argosy.model.identifiers import InstrumentId, Venue
from argosy.model.money import Money
from argosy.model.values import Price
from argosy.testing.instruments import (
    aapl_option,
    betting_instrument,
    btcusdt_spot,
    crude_oil,
    equity,
    xbtusd_bitmex,
)
from tests.host.engine.kit import (
    ACCOUNT,
    BUY,
    EURUSD,
    GBPUSD,
    HEDGING,
    SELL,
    SIM,
    Desk,
    cash_account,
    deposit,
    margin_account,
)


def money(text: str) -> Money:
    return Money.from_str(text)


@pytest.fixture
def desk() -> Desk:
    return Desk(EURUSD, GBPUSD)


# -- positions ------------------------------------------------------------------------------------


def test_the_net_position_adds_up_long_and_short() -> None:
    desk = Desk(oms_type=HEDGING)
    desk.trade_at(BUY, 3000, "1.1")
    desk.trade_at(SELL, 1000, "1.1")
    assert Decimal(2000) == desk.portfolio.net_position(EURUSD.id)
    assert desk.portfolio.is_net_long(EURUSD.id)
    desk.trade_at(SELL, 5000, "1.1")
    assert Decimal(-3000) == desk.portfolio.net_position(EURUSD.id)
    assert desk.portfolio.is_net_short(EURUSD.id)
    assert not desk.portfolio.is_net_long(EURUSD.id)


def test_nothing_traded_is_flat(desk: Desk) -> None:
    portfolio = desk.portfolio
    assert portfolio.is_flat(EURUSD.id)
    assert portfolio.is_completely_flat()
    desk.trade_at(BUY, 1000, "1.1")
    assert not portfolio.is_flat(EURUSD.id)
    assert portfolio.is_flat(GBPUSD.id)
    assert not portfolio.is_completely_flat()


# -- gains ----------------------------------------------------------------------------------------


def test_an_instrument_that_was_never_traded_gained_nothing_that_can_be_told(desk: Desk) -> None:
    portfolio = desk.portfolio
    assert portfolio.realized_pnl(EURUSD.id) is None
    assert portfolio.unrealized_pnl(EURUSD.id) is None
    assert portfolio.total_pnl(EURUSD.id) is None
    assert portfolio.net_exposure(EURUSD.id) is None
    assert {} == portfolio.realized_pnls(SIM) == portfolio.unrealized_pnls(SIM)


def test_gains_are_realised_and_unrealised(desk: Desk) -> None:
    desk.trade_at(BUY, 3000, "1.1")
    desk.trade_at(SELL, 1000, "1.2", fee="1 USD")
    desk.quote("1.3", "1.4")
    portfolio = desk.portfolio
    assert money("99.00 USD") == portfolio.realized_pnl(EURUSD.id)
    assert money("400.00 USD") == portfolio.unrealized_pnl(EURUSD.id)
    assert money("499.00 USD") == portfolio.total_pnl(EURUSD.id)
    assert money("2600.00 USD") == portfolio.net_exposure(EURUSD.id)
    assert {USD: money("99.00 USD")} == portfolio.realized_pnls(SIM)
    assert {USD: money("400.00 USD")} == portfolio.unrealized_pnls(SIM)


def test_a_price_may_be_given(desk: Desk) -> None:
    desk.trade_at(BUY, 1000, "1.1")
    at = Price("1.5")
    assert money("400.00 USD") == desk.portfolio.unrealized_pnl(EURUSD.id, at)
    assert money("400.00 USD") == desk.portfolio.total_pnl(EURUSD.id, at)
    assert money("1500.00 USD") == desk.portfolio.net_exposure(EURUSD.id, at)


def test_what_is_open_below_zero_is_exposed_all_the_same() -> None:
    desk = Desk(crude_oil(), account=margin_account("1000 USD"))
    desk.trade_at(BUY, 10, "5.00")
    assert money("200.00 USD") == desk.portfolio.net_exposure(crude_oil().id, Price("-20.00"))


def test_a_position_without_a_price_has_no_unrealised_gain(desk: Desk) -> None:
    desk.trade_at(BUY, 1000, "1.1")
    portfolio = desk.portfolio
    assert portfolio.unrealized_pnl(EURUSD.id) is None
    assert portfolio.net_exposure(EURUSD.id) is None
    assert portfolio.total_pnl(EURUSD.id) is None
    assert {} == portfolio.unrealized_pnls(SIM)
    assert [EURUSD.id] == portfolio.missing_price_instruments(SIM)
    desk.quote("1.1", "1.1")
    assert [] == portfolio.missing_price_instruments(SIM)


def test_the_gains_of_earlier_cycles_count(desk: Desk) -> None:
    for side, price in ((BUY, "1.1"), (SELL, "1.2"), (BUY, "1.1"), (SELL, "1.3")):
        desk.trade_at(side, 1000, price)
    assert money("300.00 USD") == desk.portfolio.realized_pnl(EURUSD.id)
    assert money("0.00 USD") == desk.portfolio.unrealized_pnl(EURUSD.id)
    assert money("300.00 USD") == desk.portfolio.total_pnl(EURUSD.id)


def test_a_long_position_is_closed_at_the_bid_and_a_short_one_at_the_ask() -> None:
    desk = Desk(oms_type=HEDGING)
    desk.trade_at(BUY, 1000, "1.1")
    desk.trade_at(SELL, 1000, "1.1")
    desk.quote("1.2", "1.3")
    long, short = desk.cache.positions()
    assert Price("1.2") == desk.portfolio.mark_price(long)
    assert Price("1.3") == desk.portfolio.mark_price(short)


def test_a_position_without_a_market_has_no_price(desk: Desk) -> None:
    desk.trade_at(BUY, 1000, "1.1")
    other = Desk(account=None)
    (position,) = desk.cache.positions()
    other.cache.add_position(position)
    assert Desk(GBPUSD).portfolio.mark_price(position) is None


# -- accounts and worth ---------------------------------------------------------------------------


def test_a_venue_without_an_account_is_an_error(desk: Desk) -> None:
    assert desk.account is desk.portfolio.account(SIM)
    assert desk.portfolio.account(Venue("NONE")) is None
    with pytest.raises(AccountError, match="venue NONE has no account"):
        desk.portfolio.equity(Venue("NONE"))


def test_locked_balances_are_told(desk: Desk) -> None:
    order = desk.limit(BUY, 1000, "1.1")
    desk.execution.submit(order)
    desk.accept(order)
    assert {USD: money("33.00 USD")} == desk.portfolio.balances_locked(SIM)


def test_a_margin_account_is_worth_its_balance_and_what_positions_would_gain() -> None:
    desk = Desk(account=margin_account("1000 USD"))
    desk.trade_at(BUY, 1000, "1.1")
    assert {USD: money("1000.00 USD")} == desk.portfolio.equity(SIM)  # no price: left out
    desk.quote("1.2", "1.3")
    assert {USD: money("1100.00 USD")} == desk.portfolio.equity(SIM)
    desk.trade_at(SELL, 2000, "1.2")
    assert {USD: money("1000.00 USD")} == desk.portfolio.equity(SIM)


def test_an_inverse_contract_gains_in_its_base() -> None:
    account = deposit(MarginAccount(ACCOUNT), "1 BTC")
    desk = Desk(xbtusd_bitmex(), account=account)
    desk.trade_at(BUY, 10_000, "10000.0")
    desk.quote("20000", "20000")
    assert {BTC: money("1.50000000 BTC")} == desk.portfolio.equity(Venue("BITMEX"))


def test_shares_on_a_cash_account_are_worth_what_they_would_fetch() -> None:
    desk = Desk(equity(), account=cash_account("10000 USD"))
    venue = desk.instrument.id.venue
    desk.trade_at(BUY, 10, "150.00")
    desk.quote("160.00", "161.00")
    assert {USD: money("10100.00 USD")} == desk.portfolio.equity(venue)
    desk.trade_at(SELL, 20, "160.00")
    assert {USD: money("10090.00 USD")} == desk.portfolio.equity(venue)


def test_currencies_on_a_cash_account_are_balances_and_not_counted_twice() -> None:
    desk = Desk(btcusdt_spot(), account=cash_account("60000 USDT", "0 BTC"))
    desk.trade_at(BUY, "1", "50000.00")
    desk.quote("55000", "55000")
    assert desk.portfolio.equity(Venue("BINANCE")) == {
        USDT: money("10000 USDT"),
        BTC: money("1 BTC"),
    }


def test_a_cash_account_of_one_currency_values_holdings_at_the_rate() -> None:
    desk = Desk(EURUSD, GBPUSD, account=cash_account("1000 GBP", base_currency=GBP))
    desk.quote("1.25", "1.25", GBPUSD)
    desk.trade_at(BUY, 1000, "1.0")
    desk.quote("1.5", "1.5")
    assert {GBP: money("1400.00 GBP")} == desk.portfolio.equity(SIM)


def test_an_option_on_margin_is_worth_its_premium() -> None:
    desk = Desk(aapl_option(), account=margin_account("10000 USD"))
    desk.trade_at(BUY, 1, "5.00")
    desk.quote("7.00", "7.10")
    assert {USD: money("10200.00 USD")} == desk.portfolio.equity(Venue("OPRA"))


def test_a_bet_is_worth_nothing_before_its_outcome() -> None:
    desk = Desk(betting_instrument(), account=deposit(BettingAccount(ACCOUNT, GBP), "100 GBP"))
    desk.trade_at(SELL, 50, "3.0")
    desk.quote("2.0", "2.1")
    assert {GBP: money("100.00 GBP")} == desk.portfolio.equity(Venue("BETFAIR"))


# -- conversion -----------------------------------------------------------------------------------


def test_amounts_are_converted_at_mid_rates(desk: Desk) -> None:
    desk.quote("1.2", "1.3")
    amounts = [money("100 EUR"), money("10 USD")]
    assert money("135.00 USD") == desk.portfolio.converted(SIM, amounts, USD)
    assert money("0.00 USD") == desk.portfolio.converted(SIM, [], USD)


def test_a_missing_rate_is_an_error_but_not_for_nothing(desk: Desk) -> None:
    with pytest.raises(AccountError, match="venue SIM: no rate from GBP to EUR is known"):
        desk.portfolio.converted(SIM, [money("1 GBP")], EUR)
    assert money("0 EUR") == desk.portfolio.converted(SIM, [money("0 GBP")], EUR)


def test_a_conversion_does_not_depend_on_the_decimal_context(desk: Desk) -> None:
    desk.quote("1.23456", "1.23456")
    amounts = [money("123456789.12 EUR")]
    expected = desk.portfolio.converted(SIM, amounts, USD)
    with localcontext(prec=3):
        assert expected == desk.portfolio.converted(SIM, amounts, USD)
    assert money("152414813.58 USD") == expected


def test_an_unknown_instrument_is_flat(desk: Desk) -> None:
    assert Decimal(0) == desk.portfolio.net_position(InstrumentId("NO.SIM"))
