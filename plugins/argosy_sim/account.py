"""The account of a simulated venue."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from argosy.model.accounts import Account, BettingAccount, CashAccount, MarginAccount
from argosy.model.enums import AccountType
from argosy.model.events.account import DEPOSIT

if TYPE_CHECKING:
    from argosy.engine.simulation import SimulationContext
    from argosy.model.currency import Currency
    from argosy.model.events.account import AccountState
    from argosy.model.identifiers import AccountId
    from argosy.model.money import Money
    from argosy_sim.profiles import Options
    from argosy_sim.settings import SimSettings


def build_account(
    settings: SimSettings, options: Options, account_id: AccountId, context: SimulationContext
) -> Account:
    """Return the account that a system file describes, still empty."""
    chosen = settings.account
    base = chosen.base_currency

    def xrate(from_currency: Currency, to_currency: Currency) -> Decimal | None:
        return context.cache.get_xrate(context.venue, from_currency, to_currency)

    if chosen.type is AccountType.CASH:
        return CashAccount(
            account_id,
            base,
            xrate=xrate,
            may_borrow=chosen.allow_borrowing,
            locks_fees=options.lock_fees,
        )
    if chosen.type is AccountType.BETTING:
        return BettingAccount(account_id, base, xrate=xrate)
    return MarginAccount(
        account_id,
        base,
        xrate=xrate,
        default_leverage=chosen.leverage,
        leverages=chosen.leverages,
        margin_model=None if chosen.margin_model is None else chosen.margin_model.build(),
        nets_worst_side=options.margin_netting == "worst_side",
    )


def deposit(
    account: Account, balances: Sequence[Money], context: SimulationContext
) -> AccountState:
    """Put the first money into an account and return the state that tells it."""
    event_id = context.execution.event_ids.take()
    now = context.timeline.now
    flows = tuple(account.flow(DEPOSIT, amount, event_id) for amount in balances)
    account.apply_flows(flows)
    return account.state(event_id, now, now, flows)
