"""Accounts: what a trader has at a venue, what is held back of it, and what every event moves."""

from argosy.model.accounts.account import Account
from argosy.model.accounts.betting import BettingAccount
from argosy.model.accounts.cash import CashAccount
from argosy.model.accounts.margin import MarginAccount
from argosy.model.accounts.margin_models import (
    LeveragedMarginModel,
    MarginModel,
    StandardMarginModel,
)

__all__ = [
    "Account",
    "BettingAccount",
    "CashAccount",
    "LeveragedMarginModel",
    "MarginAccount",
    "MarginModel",
    "StandardMarginModel",
]
