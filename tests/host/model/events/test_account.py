from argosy.model.codec import convert, to_builtins
from argosy.model.currency import USD
from argosy.model.enums import AccountType
from argosy.model.events.account import (
    DEPOSIT,
    AccountBalance,
    AccountFlow,
    AccountState,
    MarginBalance,
)
from argosy.model.money import Money
from tests.host.model.trades import ACCOUNT, GBPUSD


def usd(amount: int) -> Money:
    return Money(amount, USD)


def a_state() -> AccountState:
    return AccountState(
        ACCOUNT,
        AccountType.MARGIN,
        USD,
        (AccountBalance(usd(10), usd(4), usd(6)),),
        (MarginBalance(usd(1), usd(3), GBPUSD.id),),
        (AccountFlow(DEPOSIT, usd(10), 1),),
        is_reported=False,
        event_id=2,
        ts_event=3,
        ts_init=4,
    )


def test_balances_and_margins_know_their_currency() -> None:
    state = a_state()
    assert USD == state.balances[0].currency == state.margins[0].currency


def test_a_state_survives_the_codec() -> None:
    assert a_state() == convert(to_builtins(a_state()), AccountState)
