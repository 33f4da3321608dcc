"""The free balance must carry an order together with those that the venue has yet to answer."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from argosy.model.accounts import Account
from argosy.model.currency import USD
from argosy.model.identifiers import InstrumentId
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy_risk.balance import BalanceRule
from tests.host.engine.kit import (
    ACCOUNT,
    BUY,
    EURUSD,
    GBPUSD,
    NETTING,
    SELL,
    SIM,
    Desk,
    cash_account,
    margin_account,
)
from tests.host.engine.venue import ScriptedVenue
from tests.plugins.argosy_risk.kit import rule
from tests.plugins.argosy_risk.test_balance import desk_of, working


@pytest.mark.parametrize(
    ("account", "what", "need"),
    [(cash_account("1500 USD"), "NOTIONAL", "1000.00"), (margin_account("45 USD"), "MARGIN", "30")],
)
def test_what_the_venue_has_yet_to_answer_counts(account: Account, what: str, need: str) -> None:
    desk = desk_of(account)
    first, second = (desk.limit(BUY, 1000, "1.0") for _ in range(2))
    desk.execution.submit(first)
    reason = desk.risk.check(second)
    free, total = account.free(USD), Decimal(need) * 2
    assert reason == f"CUM_{what}_EXCEEDS_FREE_BALANCE: free={free}, need={total:.2f} USD"
    desk.venue.rejected(first, "NO", desk.timeline.now)
    assert desk.risk.check(second) is None


@given(st.lists(st.tuples(st.sampled_from("sar"), st.integers(1, 400)), max_size=30))
def test_what_is_under_way_is_added_up_whatever_was_answered(steps: list[tuple[str, int]]) -> None:
    desk = desk_of(cash_account("1000 USD"))
    sent: list[Order] = []
    held = 0
    for step, size in steps:
        under_way = [each for each in sent if each.is_inflight]
        if step == "s":
            order = desk.limit(BUY, size, "1.0")
            total = size + sum(int(each.quantity) for each in under_way)
            expected = None
            if size > 1000 - held:
                expected = "NOTIONAL"
            elif total > 1000 - held:
                expected = (
                    f"CUM_NOTIONAL_EXCEEDS_FREE_BALANCE: free={1000 - held}.00 USD, need={total}"
                )
            reason = desk.risk.check(order)
            assert (expected is None) == (reason is None)
            assert str(reason).startswith(str(expected))
            if expected is None:
                desk.execution.submit(order)
                sent.append(order)
        elif under_way and step == "a":
            desk.accept(under_way[size % len(under_way)])
            held += int(under_way[size % len(under_way)].quantity)
        elif under_way:
            desk.venue.rejected(under_way[size % len(under_way)], "NO", desk.timeline.now)


def test_orders_sent_at_one_moment_are_counted_as_they_come() -> None:
    desk = Desk(EURUSD, account=cash_account("1000 USD"))
    balance = rule(desk, "balance")
    assert isinstance(balance, BalanceRule)
    desk.rules(balance)
    for number in range(50):
        desk.execution.submit(desk.limit(BUY, 10, "1.0"))
        assert max(number, 0) == (balance.needs[SIM].counted if balance.needs else 0)
    assert "490.00 USD" == str(balance.needs[SIM].of[USD])
    desk.timeline.advance(desk.timeline.now + 1)
    assert desk.risk.check(desk.limit(BUY, 500, "1.0")) is None
    assert (50, "500.00 USD") == (balance.needs[SIM].counted, str(balance.needs[SIM].of[USD]))


def test_what_is_under_way_to_another_venue_does_not_count() -> None:
    elsewhere = replace(GBPUSD, id=InstrumentId("GBP/USD.OTHER"))
    desk = desk_of(cash_account("1500 USD"), EURUSD, elsewhere)
    desk.cache.add_account(elsewhere.id.venue, cash_account("1500 USD"))
    desk.execution.add_client(
        ScriptedVenue(desk.timeline, elsewhere.id.venue, ACCOUNT, NETTING, None)
    )
    order = desk.factory.limit(elsewhere.id, BUY, Quantity("1000"), Price("1.0"))
    desk.execution.submit(order)
    assert 1 == len(desk.cache.orders_inflight())
    assert desk.risk.check(desk.limit(BUY, 1000, "1.0")) is None


def test_what_is_under_way_counts_in_its_own_currency() -> None:
    desk = desk_of(cash_account("1000 USD", "1000 EUR"))
    desk.execution.submit(desk.limit(BUY, 1000, "1.0"))
    assert desk.risk.check(desk.limit(SELL, 1000, "1.0")) is None
    desk.execution.submit(desk.limit(SELL, 600, "1.0"))
    assert desk.risk.check(desk.limit(SELL, 600, "1.0")) == (
        "CUM_NOTIONAL_EXCEEDS_FREE_BALANCE: free=1000.00 EUR, need=1200.00 EUR"
    )


def test_a_change_wants_what_it_adds_beside_what_is_under_way() -> None:
    desk = desk_of(cash_account("2200 USD"))
    order = working(desk, desk.limit(BUY, 1000, "1.0"))
    desk.execution.submit(desk.limit(BUY, 1000, "1.0"))
    change = desk.risk.check_modify
    assert change(order, Quantity("1200"), None, None) is None
    assert change(order, Quantity("1201"), None, None) == (
        "CUM_NOTIONAL_EXCEEDS_FREE_BALANCE: free=1200.00 USD, need=1201.00 USD"
    )
