"""A statement: what an account is known to have, and how its last state said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.errors import AccountError
from argosy.model.accounts.balance import Balance
from argosy.model.enums import AccountType
from argosy.model.events.account import AccountBalance, AccountState
from argosy.model.money import Money, money_from_raw

if TYPE_CHECKING:
    from argosy.model.currency import Currency
    from argosy.model.events.account import AccountFlow
    from argosy.model.identifiers import AccountId
    from argosy.model.reports import AccountChange


class Statement:
    """The balances of an account, whoever calculates them.

    Parameters
    ----------
    account_id : issuer and number
    base_currency : the one currency that it is kept in; None for several
    """

    id: AccountId
    account_type: AccountType
    base_currency: Currency | None
    last_event: AccountState | None
    event_count: int
    _balances: dict[str, Balance]
    _starting: tuple[AccountBalance, ...]

    def __init__(
        self, account_id: AccountId, account_type: AccountType, base_currency: Currency | None
    ) -> None:
        self.id = account_id
        self.account_type = account_type
        self.base_currency = base_currency
        self.last_event = None
        self.event_count = 0
        self._balances = {}
        self._starting = ()

    # -- what it has --------------------------------------------------------------------------

    def currencies(self) -> list[Currency]:
        """Return the currencies that it has a balance of, in the order of their coming."""
        return [balance.currency for balance in self._balances.values()]

    def balance(self, currency: Currency | None = None) -> AccountBalance | None:
        """Return the balance of a currency, or None; without one: of the base currency."""
        wanted = self.base_currency if currency is None else currency
        if wanted is None:
            raise AccountError(f"account {self.id} has several currencies: name one")
        balance = self._known_balance(wanted)
        return None if balance is None else balance.snapshot()

    def balances(self) -> dict[Currency, AccountBalance]:
        """Return all balances."""
        return {balance.currency: balance.snapshot() for balance in self._balances.values()}

    def balance_total(self, currency: Currency | None = None) -> Money | None:
        """Return everything that it has of a currency, None where it never had any."""
        balance = self.balance(currency)
        return None if balance is None else balance.total

    def balance_locked(self, currency: Currency | None = None) -> Money | None:
        """Return what orders and positions hold of a currency."""
        balance = self.balance(currency)
        return None if balance is None else balance.locked

    def balance_free(self, currency: Currency | None = None) -> Money | None:
        """Return what can be used of a currency."""
        balance = self.balance(currency)
        return None if balance is None else balance.free

    def balances_total(self) -> dict[Currency, Money]:
        """Return the totals of all currencies."""
        return {currency: balance.total for currency, balance in self.balances().items()}

    def balances_locked(self) -> dict[Currency, Money]:
        """Return what is locked of each currency."""
        return {currency: balance.locked for currency, balance in self.balances().items()}

    def balances_free(self) -> dict[Currency, Money]:
        """Return what is free of each currency."""
        return {currency: balance.free for currency, balance in self.balances().items()}

    def starting_balances(self) -> dict[Currency, Money]:
        """Return the totals of its first state."""
        return {balance.currency: balance.total for balance in self._starting}

    def free(self, currency: Currency) -> Money:
        """Return what can be used of a currency, nothing where it has none."""
        balance = self._known_balance(currency)
        raw = 0 if balance is None else balance.total_raw - balance.locked_raw
        return money_from_raw(raw, currency)

    @property
    def is_cash_account(self) -> bool:
        """Whether everything is paid in full."""
        return self.account_type is AccountType.CASH

    @property
    def is_margin_account(self) -> bool:
        """Whether positions are carried on margin."""
        return self.account_type is AccountType.MARGIN

    # -- its states -------------------------------------------------------------------------------

    def state_of(
        self,
        change: AccountChange,
        flows: tuple[AccountFlow, ...],
        event_id: int,
        ts_event: int,
        ts_init: int,
    ) -> AccountState:
        """Return the event that tells a change of this account; `apply` takes it over.

        Parameters
        ----------
        flows : those of the change, with their causes
        """
        return AccountState(
            self.id,
            self.account_type,
            self.base_currency,
            change.balances,
            change.margins,
            flows,
            False,  # noqa: FBT003 (fields by place)
            event_id,
            ts_event,
            ts_init,
        )

    def follow(self, event: AccountState) -> int:
        """Have the balances that a state tells.

        Raises
        ------
        AccountError : the state is of another account
        """
        if event.account_id is not self.id and event.account_id != self.id:
            raise AccountError(f"account {self.id}: the state is of account {event.account_id}")
        balances = event.balances
        if not self._follow_known(balances):  # mostly they are those that were known
            self._balances = {each.currency.code: Balance(each.currency) for each in balances}
            self._follow_known(balances)
        self._note(event)
        return 0

    def _follow_known(self, balances: tuple[AccountBalance, ...]) -> bool:
        """Have these balances, if they are of the currencies that are known, in their order."""
        if len(balances) != len(self._balances):
            return False
        for at, balance in enumerate(self._balances.values()):
            told = balances[at]
            total = told.total
            if total.currency is not balance.currency:
                return False
            balance.follow(told)
        return True

    def _note(self, event: AccountState) -> AccountState:
        if self.event_count == 0:
            self._starting = event.balances
        self.event_count += 1
        self.last_event = event
        return event

    def _balance(self, currency: Currency) -> Balance:
        balance = self._known_balance(currency)
        if balance is None:
            balance = self._balances[currency.code] = Balance(currency)
        return balance

    def _known_balance(self, currency: Currency) -> Balance | None:
        """Return the balance of a currency, or None."""
        return self._balances.get(currency.code)

    def __repr__(self) -> str:
        balances = ", ".join(str(balance) for balance in self.balances_total().values())
        return f"{type(self).__name__}({self.id}, {balances or 'empty'})"
