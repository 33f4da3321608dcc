from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import AccountError
from argosy.model.accounts import Account, CashAccount, MarginAccount
from argosy.model.currency import EUR, GBP, JPY, USD, Currency
from argosy.model.enums import AccountType
from argosy.model.events.account import (
    CONVERSION,
    DEPOSIT,
    FUNDING,
    INTEREST,
    AccountFlow,
)
from argosy.model.identifiers import AccountId
from argosy.model.money import Money
from argosy.testing.instruments import equity
from tests.host.model.accounts.books import assert_balanced, funded
from tests.host.model.trades import (
    ACCOUNT,
    BUY,
    GBPUSD,
    a_fill,
    instrument_of,
    limit_order,
    working,
)

AAPL = equity()


def usd(amount: str) -> Money:
    return Money.from_str(f"{amount} USD")


def cash(*amounts: str) -> CashAccount:
    account = CashAccount(ACCOUNT)
    funded(account, *amounts)
    return account


# -- reading ------------------------------------------------------------------------------------


def test_an_account_tells_its_balances() -> None:
    account = cash("100.00 USD", "50.00 GBP")
    assert [USD, GBP] == account.currencies()
    assert usd("100.00") == account.balance_total(USD) == account.balance_free(USD)
    assert usd("0.00") == account.balance_locked(USD)
    assert {USD: usd("100.00"), GBP: Money(50, GBP)} == account.balances_total()
    assert account.balances_total() == account.balances_free() == account.starting_balances()
    assert {USD: usd("0.00"), GBP: Money(0, GBP)} == account.balances_locked()
    assert account.balance_total(EUR) is None
    assert Money(0, EUR) == account.free(EUR)
    assert account.is_cash_account
    assert not account.is_margin_account
    assert "CashAccount(SIM-001, 100.00 USD, 50.00 GBP)" == repr(account)


def test_an_account_of_one_currency_needs_no_name_for_it() -> None:
    account = CashAccount(ACCOUNT, USD)
    funded(account, "100.00 USD")
    assert usd("100.00") == account.balance_total()


def test_an_account_of_several_currencies_wants_one_named() -> None:
    with pytest.raises(AccountError, match="name one"):
        cash("100.00 USD").balance_total()


def test_states_are_counted() -> None:
    account = cash("100.00 USD")
    state = account.state(7, 8, 9)
    assert state is account.last_event
    assert account.event_count == 2
    assert (7, 8, 9) == (state.event_id, state.ts_event, state.ts_init)
    assert () == state.flows
    assert not state.is_reported


# -- flows --------------------------------------------------------------------------------------


def test_flows_of_other_events_are_booked() -> None:
    account = cash("100.00 USD")
    flows = (
        account.flow(INTEREST, usd("1.25"), 5),
        account.flow(CONVERSION, usd("-50.00"), 6),
        account.flow(CONVERSION, Money(40, GBP), 6),
    )
    account.apply_flows(flows)
    assert usd("51.25") == account.balance_total(USD)
    assert Money(40, GBP) == account.balance_total(GBP)


def test_flows_that_take_more_than_there_is_are_refused_whole() -> None:
    account = cash("100.00 USD", "5.00 GBP")
    before = account.balances()
    flows = (account.flow(DEPOSIT, Money(1, GBP), 1), account.flow(FUNDING, usd("-100.01"), 1))
    with pytest.raises(AccountError, match=r"FUNDING of -100.01 USD leaves -0.01 USD"):
        account.apply_flows(flows)
    assert before == account.balances()


def test_a_balance_falls_below_zero_where_borrowing_is_declared() -> None:
    account = CashAccount(ACCOUNT, may_borrow=True)
    account.apply_flows([account.flow(FUNDING, usd("-3.00"), 1)])
    assert usd("-3.00") == account.balance_free(USD)
    assert usd("0.00") == account.balance_locked(USD)


def test_a_debt_can_be_paid_back_in_part() -> None:
    account = CashAccount(ACCOUNT, may_borrow=True)
    account.apply_flows([account.flow(FUNDING, usd("-3.00"), 1)])
    account.apply_flows([account.flow(DEPOSIT, usd("1.00"), 2)])
    assert usd("-2.00") == account.balance_total(USD)


# -- exchange rates -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "amount", "expected"),
    [
        ("150.255", "1.00 USD", "150 JPY"),
        ("150.5", "1.00 USD", "151 JPY"),
        ("150.5", "-1.00 USD", "-151 JPY"),
        ("0.00650", "100 JPY", "0.65 USD"),
    ],
)
def test_an_amount_is_converted_and_rounded_once(rate: str, amount: str, expected: str) -> None:
    wanted = Money.from_str(expected)
    account = CashAccount(ACCOUNT, wanted.currency, xrate=lambda *_: Decimal(rate))
    assert wanted == account.flow(DEPOSIT, Money.from_str(amount), 1).amount


def test_a_missing_rate_is_an_error_and_never_one() -> None:
    for xrate in (None, lambda *_: None):
        account = CashAccount(ACCOUNT, USD, xrate=xrate)
        with pytest.raises(AccountError, match="no exchange rate from JPY to USD"):
            account.flow(DEPOSIT, Money(1, JPY), 1)


def test_the_rate_is_asked_in_the_direction_of_the_money() -> None:
    asked: list[tuple[Currency, Currency]] = []

    def xrate(source: Currency, target: Currency) -> Decimal:
        asked.append((source, target))
        return Decimal(2)

    account = MarginAccount(ACCOUNT, USD, xrate=xrate)
    account.flow(DEPOSIT, Money(1, EUR), 1)
    account.flow(DEPOSIT, usd("1.00"), 1)
    assert [(EUR, USD)] == asked


# -- what can be carried ------------------------------------------------------------------------


def test_what_others_hold_cannot_be_spent() -> None:
    account = cash("100.00 USD")
    own = working(limit_order(BUY, "30", "1.00000"))
    other = working(limit_order(BUY, "50", "1.00000"))
    account.update_order(own, GBPUSD)
    account.update_order(other, GBPUSD)
    flows = (AccountFlow(FUNDING, usd("-50.00"), 1),)
    assert account.carries((AccountFlow(FUNDING, usd("-20.00"), 1),))
    assert not account.carries(flows)
    assert account.carries(flows, own)
    assert not account.carries((AccountFlow(FUNDING, usd("-50.01"), 1),), own)
    assert not account.carries((AccountFlow(FUNDING, Money(-1, GBP), 1),))


@given(st.integers(0, 10**7), st.integers(1, 10**4), st.integers(1, 500), st.integers(0, 300))
def test_the_largest_fill_is_the_largest_that_is_carried(
    funds: int, price: int, wanted: int, fee_bps: int
) -> None:
    account = CashAccount(ACCOUNT)
    funded(account, str(Money.from_raw(funds, USD)))

    def flows_at(raw: int) -> tuple[AccountFlow, ...]:
        paid = raw * price
        fee = (paid * fee_bps + 9_999) // 10_000
        return (
            AccountFlow(DEPOSIT, Money.from_raw(-paid, USD), 1),
            AccountFlow(DEPOSIT, Money.from_raw(-fee, USD), 1),
        )

    found = account.largest_fill(flows_at, wanted, 5 if wanted % 5 == 0 else 1)
    step = 5 if wanted % 5 == 0 else 1
    expected = max(
        (raw for raw in range(0, wanted + 1, step) if account.carries(flows_at(raw))), default=0
    )
    assert expected == found


# -- taking over --------------------------------------------------------------------------------


def test_a_state_is_taken_over() -> None:
    account = cash("100.00 USD", "50.00 GBP")
    account.update_order(working(limit_order(BUY, "30", "1.00000")), GBPUSD)
    state = account.state(2, 3, 4)
    fresh = CashAccount(ACCOUNT)
    fresh.apply(state)
    assert account.balances() == fresh.balances()
    assert state is fresh.last_event
    assert usd("30.00") == fresh.balance_locked(USD)


def test_what_is_free_is_asked_of_the_state_that_was_taken_over() -> None:
    account = cash("100.00 USD")
    state = account.state(2, 3, 4)
    account.apply_flows([account.flow(DEPOSIT, usd("50.00"), 1)])
    assert usd("150.00") == account.free(USD)
    account.apply(state)
    assert usd("100.00") == account.free(USD)
    assert Money("0.00", GBP) == account.free(GBP)


def test_a_state_of_another_account_is_refused() -> None:
    state = cash("100.00 USD").state(2, 3, 4)
    with pytest.raises(AccountError, match="the state is of account SIM-001"):
        CashAccount(AccountId("SIM-002")).apply(state)


def test_locks_can_be_counted_again() -> None:
    account = cash("100.00 USD", "50.00 GBP")
    orders = [working(limit_order(BUY, "30", "1.00000")), working(limit_order(BUY, "9", "1.00000"))]
    for order in orders:
        account.update_order(order, GBPUSD)
    before = account.balances()
    account.recompute_locks(orders, [], instrument_of)
    assert before == account.balances()
    account.recompute_locks(orders[:1], [], instrument_of)
    assert usd("30.00") == account.balance_locked(USD)


def test_a_bare_account_holds_nothing_and_moves_only_fees() -> None:
    account = Account(ACCOUNT, AccountType.CASH)
    order = working(limit_order(BUY, "30", "1.00000"))
    assert account.lock_for(order, GBPUSD) is None
    assert not account.update_order(order, GBPUSD)
    fill = a_fill(BUY, "1", "1.25000", commission="0.10 USD")
    assert [usd("-0.10")] == [flow.amount for flow in account.flows_for_fill(fill, GBPUSD)]


def test_the_books_balance_from_the_first_state_on() -> None:
    account = CashAccount(ACCOUNT)
    first = funded(account, "100.00 USD")
    assert_balanced([first, account.state(2, 3, 4)])
    assert AAPL.quote_currency == first.balances[0].currency
