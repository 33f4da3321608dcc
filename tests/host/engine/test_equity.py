"""The equity curve is marked to market at fixed times."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from argosy.engine.equity import EquitySampler, report_currency
from argosy.errors import AccountError
from argosy.model.accounts import CashAccount
from argosy.model.bar_type import BarType
from argosy.model.currency import EUR, USD
from argosy.model.identifiers import Venue
from tests.host.engine.kit import (
    ACCOUNT,
    BUY,
    EURUSD,
    GBPUSD,
    NOW,
    SECOND,
    SIM,
    Desk,
    cash_account,
    margin_account,
)

HOUR = 3600 * SECOND
PAIRS = ("SIM.EUR/USD", "SIM.GBP/USD")


class Sampled:
    """A desk whose account is sampled every hour."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.last_data = NOW
        self.sampler = EquitySampler(
            desk.timeline, desk.bus, desk.cache, desk.portfolio, HOUR, lambda: self.last_data
        )
        self.sampler.start([SIM, Venue("NONE")])

    def at(self, hours: float, price: str | None = None) -> None:
        """Advance to a time after the start, and see a quote there."""
        self.desk.timeline.advance(NOW + int(hours * HOUR))
        if price is not None:
            self.desk.quote(price, price)
            self.last_data = self.desk.timeline.now

    @property
    def points(self) -> list[tuple[float, str]]:
        curve = self.sampler.curves[SIM]
        times = [(ts - NOW) / HOUR for ts in curve.times]
        return [(at, str(amount)) for at, amount in zip(times, curve.amounts, strict=True)]


def test_a_curve_begins_with_the_deposit() -> None:
    sampled = Sampled(Desk(account=margin_account("1000 USD")))
    assert [SIM] == list(sampled.sampler.curves)
    assert [(0.0, "1000.00")] == sampled.points
    assert USD == sampled.sampler.curves[SIM].currency


def test_open_positions_are_marked_to_market() -> None:
    sampled = Sampled(Desk(account=margin_account("1000 USD")))
    sampled.at(0.5, "1.1")
    sampled.desk.trade_at(BUY, 1000, "1.1")
    sampled.at(0.9, "1.2")
    sampled.at(1.5, "1.3")
    sampled.at(2)
    assert [(0.0, "1000.00"), (1.0, "1100.00"), (2.0, "1200.00")] == sampled.points


def test_an_interval_without_data_has_no_sample() -> None:
    sampled = Sampled(Desk(account=margin_account("1000 USD")))
    sampled.at(0.5, "1.1")
    sampled.at(5.5, "1.2")
    sampled.at(8)
    assert [0.0, 1.0, 6.0] == [at for at, _ in sampled.points]


def test_data_at_the_time_of_a_sample_counts_once() -> None:
    sampled = Sampled(Desk(account=margin_account("1000 USD")))
    sampled.at(1 - 1 / 3600, "1.1")
    sampled.last_data = NOW + HOUR  # a datum at the very time: before the timers of that time
    sampled.at(3)
    assert [0.0, 1.0] == [at for at, _ in sampled.points]


def test_a_second_sample_at_one_time_replaces_any_but_the_start() -> None:
    desk = Desk(account=margin_account("1000 USD"))
    sampled = Sampled(desk)
    desk.quote("1.1", "1.1")
    desk.trade_at(BUY, 1000, "1.0")
    sampled.sampler.sample()
    desk.quote("1.2", "1.2")
    sampled.sampler.sample()
    assert [(0.0, "1000.00"), (0.0, "1200.00")] == sampled.points


def test_a_curve_is_in_the_currency_of_the_first_balance() -> None:
    desk = Desk(account=cash_account("1000 EUR", "500 USD"))
    desk.quote("1.25", "1.25")
    sampled = Sampled(desk)
    assert EUR == sampled.sampler.curves[SIM].currency
    assert [(0.0, "1400.00")] == sampled.points


def test_a_curve_begins_once_the_rates_are_known() -> None:
    sampled = Sampled(Desk(account=cash_account("1000 EUR", "500 USD")))
    curve = sampled.sampler.curves[SIM]
    assert [] == sampled.points
    assert "no rate from USD to EUR is known" in str(curve.error)
    sampled.at(0.5, "1.25")
    sampled.at(0.7, "1.00")
    sampled.at(1)
    assert [(0.5, "1400.00"), (1.0, "1500.00")] == sampled.points
    assert curve.error is None


def test_the_start_is_what_the_account_had_whatever_it_did_before_its_rates_were_known() -> None:
    sampled = Sampled(Desk(EURUSD, GBPUSD, account=cash_account("1000 EUR", "500 USD", "100 GBP")))
    sampled.at(0.2, "1.25")
    sampled.desk.trade_at(BUY, 100, "1.20")
    assert [] == sampled.points
    sampled.desk.timeline.advance(NOW + HOUR // 2)
    sampled.desk.quote("1.50", "1.50", GBPUSD)
    assert [(0.5, "1520.00")] == sampled.points
    sampled.last_data = NOW + HOUR // 2
    sampled.at(1)
    assert (1.0, "1524.00") == sampled.points[-1]


def test_nobody_listens_any_more_once_the_rates_are_known() -> None:
    desk = Desk(EURUSD, GBPUSD, account=cash_account("1000 EUR", "500 USD", "100 GBP"))
    before = desk.bus.subscriptions()
    sampled = Sampled(desk)
    heard = {pattern for pattern, _ in desk.bus.subscriptions()} - {each for each, _ in before}
    expected = {f"data.{kind}.{pair}" for kind in ("quotes", "trades") for pair in PAIRS}
    assert expected == heard
    sampled.at(0.2, "1.25")
    assert 2 == len(desk.bus.subscriptions()) - len(before)
    desk.quote("1.50", "1.50", GBPUSD)
    assert before == desk.bus.subscriptions()


def test_a_currency_that_no_pair_connects_is_waited_for_in_vain() -> None:
    desk = Desk(account=cash_account("1000 EUR", "100 GBP"))
    before = desk.bus.subscriptions()
    sampled = Sampled(desk)
    sampled.at(0.5, "1.25")
    sampled.at(2)
    assert [] == sampled.points
    assert before == desk.bus.subscriptions()
    assert "no rate from GBP to EUR" in str(sampled.sampler.curves[SIM].error)


@pytest.mark.parametrize("kind", ["trade", "bar"])
def test_the_first_price_may_be_of_a_trade_or_a_bar(kind: str) -> None:
    desk = Desk(account=cash_account("1000 EUR", "500 USD"))
    bar_type = f"{EURUSD.id}-1-MINUTE-LAST-EXTERNAL"
    desk.data.declare_external(BarType.from_str(bar_type))
    sampled = Sampled(desk)
    if kind == "trade":
        desk.trade("1.25")
    else:
        desk.close(bar_type, "1.25")
    assert [(0.0, "1400.00")] == sampled.points


def test_a_rate_that_gets_lost_ends_the_curve_for_good() -> None:
    desk = Desk(account=cash_account("1000 EUR"))
    sampled = Sampled(desk)
    account = desk.cache.account_for_venue(SIM)
    assert account is not None
    desk.cache.add_instrument(EURUSD)
    balances = cash_account("1000 EUR", "5 USD")
    assert balances.last_event is not None
    account.apply(balances.last_event)
    sampled.sampler.sample()
    sampled.at(0.5, "1.25")
    sampled.at(1)
    assert [(0.0, "1000.00")] == sampled.points
    assert "no rate from USD to EUR" in str(sampled.sampler.curves[SIM].error)


def test_samples_lie_on_multiples_of_the_interval() -> None:
    desk = Desk(account=margin_account("1000 USD"))
    desk.timeline.advance(NOW + HOUR // 3)
    sampled = Sampled(desk)
    sampled.at(0.5, "1.1")
    sampled.at(2)
    moments = [
        datetime.fromtimestamp(ts // SECOND, UTC) for ts in sampled.sampler.curves[SIM].times
    ]
    assert [(0, 20), (1, 0)] == [(moment.hour, moment.minute) for moment in moments]


def test_an_account_says_what_its_worth_is_expressed_in() -> None:
    assert USD == report_currency(margin_account())
    assert EUR == report_currency(cash_account("1 EUR", "1 USD"))
    with pytest.raises(AccountError, match="SIM-001 has no balance and no base currency"):
        report_currency(CashAccount(ACCOUNT))


def test_amounts_are_exact() -> None:
    sampled = Sampled(Desk(account=margin_account("0.01 USD")))
    assert [Decimal("0.01")] == sampled.sampler.curves[SIM].amounts
