from argosy.model.accounts import MarginAccount
from argosy.model.accounts.statement import Statement
from argosy.model.currency import EUR, USD
from argosy.model.enums import AccountType
from argosy.model.events.account import AccountBalance, AccountState
from argosy.model.identifiers import AccountId
from argosy.model.money import Money
from tests.host.model.messages import CHANGE

ACCOUNT = AccountId("SIM-001")


def state(*balances: str, account_id: AccountId = ACCOUNT) -> AccountState:
    amounts = [Money.from_str(each) for each in balances]
    made = tuple(AccountBalance(each, each - each, each) for each in amounts)
    return AccountState(
        account_id,
        AccountType.MARGIN,
        None,
        made,
        (),
        (),
        is_reported=False,
        event_id=1,
        ts_event=0,
        ts_init=0,
    )


def test_a_statement_has_what_the_last_state_says() -> None:
    statement = Statement(ACCOUNT, AccountType.MARGIN, None)
    statement.follow(state("10 USD"))
    statement.follow(state("7 USD", "5 EUR"))
    assert [USD, EUR] == statement.currencies()
    assert {USD: Money(7, USD), EUR: Money(5, EUR)} == statement.balances_total()
    assert {USD: Money(10, USD)} == statement.starting_balances()
    statement.follow(state("5 EUR"))
    assert [EUR] == statement.currencies()
    assert 3 == statement.event_count


def test_other_currencies_take_the_place_of_those_that_were_known() -> None:
    statement = Statement(ACCOUNT, AccountType.MARGIN, None)
    statement.follow(state("10 USD"))
    statement.follow(state("5 EUR"))
    assert {EUR: Money(5, EUR)} == statement.balances_total()


def test_a_state_tells_what_a_report_said() -> None:
    statement = MarginAccount(ACCOUNT)
    told = statement.state_of(CHANGE, CHANGE.flows, 4, 5, 6)
    assert (CHANGE.balances, CHANGE.margins, CHANGE.flows) == (
        told.balances,
        told.margins,
        told.flows,
    )
    assert (4, 5, 6, False) == (told.event_id, told.ts_event, told.ts_init, told.is_reported)
    statement.apply(told)
    assert Money(4, USD) == statement.balance_locked(USD)
