"""What a risk rule is, and what it may look at."""

import pytest
from msgspec.structs import replace

from argosy.model.currency import USD
from argosy.model.identifiers import InstrumentId
from argosy.model.money import Money
from argosy.model.values import Price
from argosy.parts.risk_rule import RiskRule
from tests.host.engine.kit import BUY, EURUSD, GBPUSD, SELL, Desk, margin_account


@pytest.fixture
def desk() -> Desk:
    return Desk(EURUSD, GBPUSD)


def test_a_rule_that_says_nothing_lets_everything_pass(desk: Desk) -> None:
    rule = RiskRule(desk.context)
    assert rule.check(desk.buy(1000), None) is None
    assert rule.check_modify(desk.buy(1000), None, None, None) is None
    assert repr(rule) == "RiskRule()"
    assert rule.context is desk.context


def test_the_context_finds_the_instrument_of_an_order(desk: Desk) -> None:
    assert EURUSD is desk.context.instrument_of(desk.buy(1))
    assert GBPUSD is desk.context.instrument_of(desk.buy(1, instrument_id=GBPUSD.id))
    assert desk.context.instrument_of(desk.buy(1, instrument_id=InstrumentId("NO.SIM"))) is None


def test_the_context_tells_the_newest_definition(desk: Desk) -> None:
    order = desk.buy(1)
    assert EURUSD is desk.context.instrument_of(order)
    changed = replace(EURUSD, max_notional=Money(60_000_000, USD))
    desk.data.add_instrument(changed)
    assert changed is desk.context.instrument_of(order)


def test_the_context_finds_a_market_that_came_later(desk: Desk) -> None:
    later = replace(EURUSD, id=InstrumentId("LATER.SIM"))
    assert desk.context.instrument_of(desk.buy(1, instrument_id=later.id)) is None
    desk.data.add_instrument(later)
    assert later is desk.context.instrument_of(desk.buy(1, instrument_id=later.id))


def test_the_context_finds_the_account_of_an_order(desk: Desk) -> None:
    assert desk.account is desk.context.account_of(desk.buy(1))
    other = Desk(EURUSD, account=None)
    order = other.buy(1)
    assert other.context.account_of(order) is None
    other.cache.add_account(EURUSD.id.venue, account := margin_account())
    assert account is other.context.account_of(order)


def test_the_context_tells_the_price_that_an_order_is_judged_by(desk: Desk) -> None:
    order = desk.buy(1)
    assert desk.context.price_of(order) is None
    desk.quote("1.1", "1.2")
    assert Price("1.2") == desk.context.price_of(order)
    desk.quote("1.3", "1.4")
    assert Price("1.4") == desk.context.price_of(order)
    assert Price("1.3") == desk.context.price_of(desk.sell(1))
    assert Price("1.0") == desk.context.price_of(desk.limit(BUY, 1, "1.0"))
    assert Price("1.5") == desk.context.price_of(desk.stop(SELL, 1, "1.5"))
    assert desk.context.price_of(desk.buy(1, instrument_id=InstrumentId("NO.SIM"))) is None
