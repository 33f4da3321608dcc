from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import AccountError
from argosy.model.accounts import BettingAccount
from argosy.model.accounts.balance import Balance
from argosy.model.accounts.betting import Bets
from argosy.model.currency import EUR, GBP
from argosy.model.enums import OrderSide
from argosy.model.events.account import FEE, REALIZED_PNL
from argosy.model.events.order import OrderCanceled
from argosy.model.money import Money
from argosy.model.orders import Order
from argosy.model.terms import terms_of
from argosy.testing.instruments import betting_instrument
from tests.host.model.accounts.books import assert_balanced, funded
from tests.host.model.trades import ACCOUNT, BUY, SELL, a_fill, event, limit_order, working

RUNNER = betting_instrument()
BACK, LAY = SELL, BUY


def gbp(amount: str) -> Money:
    return Money.from_str(f"{amount} GBP")


def betting(*, holds_alone: bool = False) -> BettingAccount:
    account = BettingAccount(ACCOUNT, GBP, holds_alone=holds_alone)
    funded(account, "1000.00 GBP")
    return account


def bet(side: OrderSide, stake: str, odds: str) -> Order:
    return working(limit_order(side, stake, odds, instrument=RUNNER))


def match(account: BettingAccount, side: OrderSide, stake: str, odds: str, fee: str = "0") -> None:
    fill = a_fill(side, stake, odds, f"{fee} GBP", instrument=RUNNER)
    account.book_fill(fill, RUNNER, account.flows_for_fill(fill, RUNNER))


@pytest.mark.parametrize(("side", "liability"), [(BACK, "10.00"), (LAY, "25.00")])
def test_an_unmatched_bet_holds_what_it_can_lose(side: OrderSide, liability: str) -> None:
    account = betting()
    order = bet(side, "10.00", "3.50")
    assert gbp(liability) == account.lock_for(order, RUNNER)
    assert account.update_order(order, RUNNER)
    assert gbp(liability) == account.balance_locked()
    order.apply(event(OrderCanceled, order))
    assert account.update_order(order, RUNNER)
    assert gbp("0.00") == account.balance_locked()


def test_matched_bets_hold_their_worst_outcome() -> None:
    account = betting()
    match(account, BACK, "10.00", "3.00")
    assert (2_000, -1_000) == account.payoffs(RUNNER)
    assert gbp("10.00") == account.balance_locked()
    match(account, LAY, "15.00", "2.00")
    assert (500, 500) == account.payoffs(RUNNER)
    assert gbp("0.00") == account.balance_locked()
    assert gbp("1000.00") == account.balance_total()


def test_a_bet_on_the_other_side_is_covered_by_what_is_matched() -> None:
    account, alone = betting(), betting(holds_alone=True)
    for each in (account, alone):
        match(each, BACK, "10.00", "3.00")
        each.update_order(bet(LAY, "15.00", "2.00"), RUNNER)
    assert gbp("10.00") == account.balance_locked()
    assert gbp("25.00") == alone.balance_locked()


@pytest.mark.parametrize(("won", "paid"), [(True, "18.00"), (False, "-12.00"), (None, "-2.00")])
def test_the_outcome_pays(won: bool | None, paid: str) -> None:  # noqa: FBT001
    account = betting()
    match(account, BACK, "10.00", "3.00", "2.00")
    assert [] == [
        flow.kind
        for flow in account.flows_for_fill(
            a_fill(BACK, "1", "2.00", "0 GBP", instrument=RUNNER), RUNNER
        )
    ]
    flows = account.settle(RUNNER, 9, won=won)
    account.apply_flows(flows)
    assert gbp(paid) == account.balance_total() - gbp("1000.00")  # type: ignore[operator]
    assert gbp("0.00") == account.balance_locked()
    assert (0, 0) == account.payoffs(RUNNER)
    assert all((REALIZED_PNL, 9) == (flow.kind, flow.cause) for flow in flows)
    assert () == account.settle(RUNNER, 10, won=True)


def test_a_settlement_waits_for_unmatched_bets() -> None:
    account = betting()
    account.update_order(bet(BACK, "10.00", "3.00"), RUNNER)
    with pytest.raises(AccountError, match="are unmatched: cancel them first"):
        account.settle(RUNNER, 1, won=True)
    assert gbp("10.00") == account.balance_locked()


def test_another_currency_is_converted() -> None:
    account = BettingAccount(ACCOUNT, EUR, xrate=lambda *_: Decimal(2))
    funded(account, "100.00 EUR")
    assert Money(20, EUR) == account.lock_for(bet(BACK, "10.00", "3.00"), RUNNER)
    match(account, BACK, "10.00", "3.00")
    assert (4_000, -2_000) == account.payoffs(RUNNER)


def test_a_commission_is_the_only_flow_of_a_match() -> None:
    fill = a_fill(BACK, "10.00", "3.00", "0.50 GBP", instrument=RUNNER)
    assert [(FEE, gbp("-0.50"))] == [
        (flow.kind, flow.amount) for flow in betting().flows_for_fill(fill, RUNNER)
    ]


def test_locks_can_be_counted_again() -> None:
    account = betting()
    order = bet(BACK, "10.00", "3.00")
    account.update_order(order, RUNNER)
    match(account, LAY, "5.00", "4.00")
    before = account.balances()
    account.recompute_locks([order], [], lambda _: RUNNER)
    assert before == account.balances()


def test_bets_hold_nothing_where_nothing_can_be_lost() -> None:
    bets = Bets(terms_of(RUNNER))
    bets.match(5, 0)
    bets.hold(False, Balance(GBP))  # noqa: FBT003
    assert bets.held == 0
    assert not bets.has_orders


bets = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.integers(1, 10_000), st.integers(101, 2_000)),
    min_size=1,
    max_size=15,
)


@given(bets, st.booleans(), st.sampled_from([True, False, None]))
def test_what_is_held_covers_the_worst_that_can_happen(
    bets: list[tuple[bool, bool, int, int]],
    alone: bool,  # noqa: FBT001
    won: bool | None,  # noqa: FBT001
) -> None:
    account = BettingAccount(ACCOUNT, GBP, holds_alone=alone)
    states = [funded(account, "100000000.00 GBP")]
    orders: list[Order] = []
    wins = loses = lays = backs = 0
    for number, (is_back, is_matched, pence, points) in enumerate(bets, 2):
        stake, odds = str(Money.from_raw(pence, GBP)).split()[0], str(Decimal(points) / 100)
        win = int(Fraction(pence * (points - 100), 100) + Fraction(1, 2))
        side, sign = (BACK, 1) if is_back else (LAY, -1)
        if is_matched:
            match(account, side, stake, odds)
            wins, loses = wins + sign * win, loses - sign * pence
        else:
            orders.append(bet(side, stake, odds))
            account.update_order(orders[-1], RUNNER)
            lays, backs = lays + (not is_back) * win, backs + is_back * pence
        both = min(wins - lays, loses - backs, 0)
        worst = min(wins, loses, 0) - lays - backs if alone else both
        locked = account.balance_locked()
        assert locked is not None
        assert -worst == locked.raw
        states.append(account.state(number, number, number))
    for order in orders:
        order.apply(event(OrderCanceled, order))
        account.update_order(order, RUNNER)
    flows = account.settle(RUNNER, 99, won=won)
    account.apply_flows(flows)
    states.append(account.state(99, 99, 99, flows))
    assert_balanced(states)
    expected = 0 if won is None else wins if won else loses
    assert expected == sum(flow.amount.raw for flow in flows)
    assert gbp("0.00") == account.balance_locked()
