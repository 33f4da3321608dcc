"""Accounting keeps the accounts up to date, and tells their states."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from argosy.errors import AccountError
from argosy.model.currency import BTC, USD, USDT
from argosy.model.enums import OrderSide
from argosy.model.events.account import FEE, REALIZED_PNL, TRADE_LEG, AccountState
from argosy.model.instruments import Instrument
from argosy.model.money import Money
from argosy.testing.instruments import btcusdt_spot, gold_cfd
from tests.host.engine.kit import BUY, EURUSD, GBPUSD, NOW, SECOND, SELL, SIM, Desk, cash_account


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
    desk.execution.canceled(order, NOW)
    assert [money("33.00 USD"), money("0.00 USD")] == [
        state.balances[0].locked for state in desk.accounting.states
    ]


def test_the_position_of_a_flip_and_the_one_before_both_count() -> None:
    desk = Desk()
    desk.trade_at(BUY, 1000, "1.0")
    desk.trade_at(SELL, 3000, "1.0")
    assert money("60.00 USD") == desk.accounting.states[-1].balances[0].locked


def test_a_frozen_account_stays_as_it_is() -> None:
    desk = Desk()
    desk.trade_at(BUY, 1000, "1.1")
    states = len(desk.accounting.states)
    desk.accounting.freeze(SIM)
    desk.trade_at(SELL, 1000, "1.2", fee="2 USD")
    assert states == len(desk.accounting.states)
    account = desk.cache.account_for_venue(SIM)
    assert account is not None
    assert money("1000000.00 USD") == account.balance_total(USD)
    assert USD == desk.accounting.quote_currency(EURUSD.id)
    assert 1 == len(desk.of(AccountState))


def test_a_venue_without_an_account_is_an_error() -> None:
    desk = Desk(EURUSD, account=None)
    with pytest.raises(AccountError, match="venue SIM has no account"):
        desk.accounting.quote_currency(EURUSD.id)


def test_a_new_definition_counts_at_once() -> None:
    gold = gold_cfd()
    desk = Desk(gold)
    assert USD == desk.accounting.quote_currency(gold.id)
    desk.data.add_instrument(replace(gold, margin_init=gold.margin_init * 2))
    order = desk.limit(BUY, 1, "1000.00")
    desk.execution.submit(order)
    desk.accept(order)
    assert money("100.00 USD") == desk.accounting.states[-1].balances[0].locked


def test_a_state_that_something_else_caused_is_remembered() -> None:
    desk = Desk()
    state = desk.cache.accounts()[0].last_event
    assert state is not None
    desk.accounting.note(state)
    assert [state] == desk.accounting.states


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
