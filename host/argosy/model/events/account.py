"""The state of an account after an event, and the flows of money that led to it.

Per account and currency the flows of all events add up to the last total: the event log alone is
enough to check the books.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from argosy.model.currency import Currency
from argosy.model.enums import AccountType
from argosy.model.identifiers import AccountId, InstrumentId
from argosy.model.money import Money

TRADE_LEG = "TRADE_LEG"
REALIZED_PNL = "REALIZED_PNL"
FEE = "FEE"
FUNDING = "FUNDING"
ROLLOVER = "ROLLOVER"
INTEREST = "INTEREST"
CONVERSION = "CONVERSION"
DEPOSIT = "DEPOSIT"
FLOW_KINDS = (TRADE_LEG, REALIZED_PNL, FEE, FUNDING, ROLLOVER, INTEREST, CONVERSION, DEPOSIT)


class AccountBalance(msgspec.Struct, frozen=True, gc=False):
    """What an account has of one currency: total = locked + free."""

    total: Money
    locked: Money
    free: Money

    @property
    def currency(self) -> Currency:
        """The currency of all three."""
        return self.total.currency


class MarginBalance(msgspec.Struct, frozen=True, gc=False):
    """What an account holds back as margin, for one instrument, or (None) for a whole currency."""

    initial: Money
    maintenance: Money
    instrument_id: InstrumentId | None = None

    @property
    def currency(self) -> Currency:
        """The currency of both."""
        return self.initial.currency


class AccountFlow(msgspec.Struct, frozen=True, gc=False):
    """Money that entered (> 0) or left (< 0) an account.

    Fields
    ------
    kind : one of `FLOW_KINDS`
    cause : the id of the event that moved it
    """

    kind: str
    amount: Money
    cause: int


class AccountState(msgspec.Struct, frozen=True, gc=False, tag=True):
    """An account after an event.

    Fields
    ------
    base_currency : None where the account holds several currencies
    balances : all of them, in the order in which the account got them
    margins : those that are not zero
    flows : what moved since the state before
    is_reported : whether the venue told it; else it was calculated here
    """

    code: ClassVar[int] = 20

    account_id: AccountId
    account_type: AccountType
    base_currency: Currency | None
    balances: tuple[AccountBalance, ...]
    margins: tuple[MarginBalance, ...]
    flows: tuple[AccountFlow, ...]
    is_reported: bool
    event_id: int
    ts_event: int
    ts_init: int
