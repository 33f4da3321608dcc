"""Accounting keeps the accounts up to date, and tells their states."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import AccountError
from argosy.model.accounts import MarginAccount
from argosy.model.currency import BTC, USD, USDT
from argosy.model.enums import OrderSide
from argosy.model.events.account import (
    DEPOSIT,
    FEE,
    REALIZED_PNL,
    TRADE_LEG,
    AccountBalance,
    AccountFlow,
    AccountState,
)
from argosy.model.identifiers import VenueOrderId
from argosy.model.instruments import Instrument
from argosy.model.money import Money
from argosy.model.reports import Accepted, AccountChange
from argosy.testing.instruments import btcusdt_spot
from tests.host.engine.kit import (
    BUY,
    EURUSD,
    GBPUSD,
    NOW,
    SECOND,
    SELL,
    SIM,
    Desk,
    cash_account,
    margin_account,
)


def money(text: str) -> Money:
    return Money.from_str(text)


def test_a_fill_moves_money_and_is_told_with_its_cause() -> None:
    desk = Desk()
    desk.trade_at(BUY, 1000, "1.1")
    desk.timeline.advance(NOW + SECOND)
    desk.trade_at(SELL, 1000, "1.2", fee="2 USD")
    state = desk.accounting.states[-1]
    assert [(REALIZED_PNL, money("100.00 USD")), (FEE, money("-2.00 USD"))] == [
        (flow.kind, flow.amount) for flow in state.flows
    ]
    fill = desk.events[-3]
    assert {fill.event_id} == {flow.cause for flow in state.flows}
    assert (NOW + SECOND, NOW + SECOND) == (state.ts_event, state.ts_init)
    assert money("1000098.00 USD") == state.balances[0].total


def test_a_gain_is_booked_against_the_position_as_it_was_before() -> None:
    desk = Desk()
    desk.trade_at(BUY, 1000, "1.1")
    desk.trade_at(SELL, 3000, "1.2")  # closes 1000 and opens 2000 the other way
    assert [money("100.00 USD")] == [flow.amount for flow in desk.accounting.states[-1].flows]


def test_cash_pays_and_delivers() -> None:
    desk = Desk(btcusdt_spot(), account=cash_account("60000 USDT"))
    desk.trade_at(BUY, "1", "50000.00", fee="50 USDT")
    assert [(TRADE_LEG, BTC), (TRADE_LEG, USDT), (FEE, USDT)] == [
        (flow.kind, flow.amount.currency) for flow in desk.accounting.states[-1].flows
    ]


def test_a_state_is_told_only_where_what_is_held_changed() -> None:
    desk = Desk()
    order = desk.limit(BUY, 1000, "1.1")
    desk.execution.submit(order)
    assert [] == desk.accounting.states
    desk.accept(order)
    assert 1 == len(desk.accounting.states)
    desk.execution.cancel(order)
    assert 1 == len(desk.accounting.states)
    desk.venue.canceled(order, NOW)
    assert [money("33.00 USD"), money("0.00 USD")] == [
        state.balances[0].locked for state in desk.accounting.states
    ]


def test_the_position_of_a_flip_and_the_one_before_both_count() -> None:
    desk = Desk()
    desk.trade_at(BUY, 1000, "1.0")
    desk.trade_at(SELL, 3000, "1.0")
    assert money("60.00 USD") == desk.accounting.states[-1].balances[0].locked


def test_a_report_that_moved_nothing_tells_no_state() -> None:
    desk = Desk(account=None)
    desk.cache.add_account(SIM, margin_account())
    desk.trade_at(BUY, 1000, "1.1", fee="2 USD")
    assert [] == desk.accounting.states
    assert [] == desk.of(AccountState)


def test_a_venue_without_an_account_is_an_error() -> None:
    desk = Desk(EURUSD, account=None)
    order = desk.limit(BUY, 1000, "1.1")
    desk.execution.submit(order)
    change = AccountChange((), (), ())
    with pytest.raises(AccountError, match="venue SIM has no account"):
        desk.execution.take(
            Accepted(1, 1, 0, NOW, EURUSD.id, order.client_order_id, VenueOrderId("V"), change)
        )


def test_what_is_believed_is_what_the_venue_has() -> None:
    desk = Desk()
    desk.trade_at(BUY, 1000, "1.1")
    order = desk.limit(BUY, 1000, "1.1")
    desk.execution.submit(order)
    desk.accept(order)
    own = desk.cache.account_for_venue(SIM)
    assert isinstance(own, MarginAccount)
    assert desk.venue.clearing is not None
    venues = desk.venue.clearing.account
    assert isinstance(venues, MarginAccount)
    assert own is not venues
    assert venues.balances() == own.balances()
    assert venues.margins() == own.margins()


def test_a_state_that_no_order_caused_is_its_own_cause() -> None:
    desk = Desk()
    amount = money("5.00 USD")
    total = money("1000005.00 USD")
    change = AccountChange(
        (AccountBalance(total, money("0.00 USD"), total),),
        (),
        (AccountFlow(DEPOSIT, amount, 0),),
    )
    desk.venue.account_is(change, NOW)
    (state,) = desk.accounting.states
    assert [(amount, state.event_id)] == [(flow.amount, flow.cause) for flow in state.flows]
    assert [state] == desk.of(AccountState)


trades = st.lists(
    st.tuples(
        st.sampled_from([BUY, SELL]),
        st.integers(1, 5).map(lambda n: n * 1000),
        st.integers(90_000, 110_000).map(lambda raw: f"{raw // 100_000}.{raw % 100_000:05d}"),
        st.integers(0, 300).map(lambda cents: f"{cents / 100:.2f} USD"),
        st.sampled_from([EURUSD, GBPUSD]),
    ),
    max_size=20,
)


@given(trades)
def test_the_flows_of_all_states_add_up_to_the_last_balance(
    made: Sequence[tuple[OrderSide, int, str, str, Instrument]],
) -> None:
    desk = Desk(EURUSD, GBPUSD)
    for side, quantity, price, fee, instrument in made:
        desk.instrument = instrument
        desk.trade_at(side, quantity, price, fee=fee)
    start = money("1000000.00 USD")
    total = start
    for state in desk.accounting.states:
        for flow in state.flows:
            total += flow.amount
        (balance,) = state.balances
        assert total == balance.total == balance.locked + balance.free
    account = desk.cache.account_for_venue(SIM)
    assert account is not None
    assert total == account.balance_total(USD)
    realized = desk.portfolio.realized_pnls(SIM).get(USD, start - start)
    assert total == start + realized
