"""The account that a system file describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.model.accounts import Account, BettingAccount, CashAccount, MarginAccount
from argosy.model.enums import AccountType

if TYPE_CHECKING:
    from argosy.model.accounts.account import Rate
    from argosy.model.identifiers import AccountId
    from argosy_sim.profiles import Options
    from argosy_sim.settings import SimSettings


def build_account(
    settings: SimSettings, options: Options, account_id: AccountId, rates: Rate
) -> Account:
    """Return the account that a system file describes, still empty; each call makes another.

    Parameters
    ----------
    rates : (from, to) -> what one unit of `from` is worth, None where nobody knows
    """
    chosen = settings.account
    base = chosen.base_currency
    if chosen.type is AccountType.CASH:
        return CashAccount(
            account_id,
            base,
            xrate=rates,
            may_borrow=chosen.allow_borrowing,
            locks_fees=options.lock_fees,
        )
    if chosen.type is AccountType.BETTING:
        return BettingAccount(account_id, base, xrate=rates)
    return MarginAccount(
        account_id,
        base,
        xrate=rates,
        default_leverage=chosen.leverage,
        leverages=chosen.leverages,
        margin_model=None if chosen.margin_model is None else chosen.margin_model.build(),
        nets_worst_side=options.margin_netting == "worst_side",
    )
