"""Independent book-keeping for account tests: what the event log says, added up."""

from collections.abc import Iterable

from argosy.model.accounts import Account
from argosy.model.events.account import DEPOSIT, AccountState
from argosy.model.money import Money


def funded(account: Account, *amounts: str) -> AccountState:
    """Deposit money and return the first state of the account."""
    flows = tuple(account.flow(DEPOSIT, Money.from_str(amount), 1) for amount in amounts)
    account.apply_flows(flows)
    return account.state(1, 0, 0, flows)


def assert_balanced(states: Iterable[AccountState]) -> None:
    """Check, from events alone: totals are the sums of flows, and total = locked + free."""
    sums: dict[str, int] = {}
    for state in states:
        for flow in state.flows:
            code = flow.amount.currency.code
            sums[code] = sums.get(code, 0) + flow.amount.raw
        totals = {each.currency.code: each.total.raw for each in state.balances}
        assert {code: total for code, total in sums.items() if total} == {
            code: total for code, total in totals.items() if total
        }
        for each in state.balances:
            assert each.total == each.locked + each.free
            assert each.locked.raw >= 0
