"""What an account has of one currency, and what one order holds back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.model.events.account import AccountBalance
from argosy.model.money import Money, money_from_raw

if TYPE_CHECKING:
    from argosy.model.currency import Currency


class Balance:
    """Total, locked and free money of one currency: total = locked + free, always.

    Orders and positions may hold more than there is, after a loss. `locked_raw` then is all of it;
    where the total is negative nothing is locked and what is free is negative.
    """

    currency: Currency
    total_raw: int
    held_raw: int
    locked_raw: int
    _nothing: Money
    _snapshot: AccountBalance | None

    def __init__(self, currency: Currency) -> None:
        self.currency = currency
        self._nothing = money_from_raw(0, currency)
        self.put(0, 0)

    @property
    def free_raw(self) -> int:
        """What is not locked."""
        return self.total_raw - self.locked_raw

    def add(self, raw: int) -> int:
        """Let money enter, or leave where `raw` is below zero."""
        self.total_raw += raw
        return self._change()

    def hold(self, raw: int) -> int:
        """Hold more, or less where `raw` is below zero."""
        self.held_raw += raw
        return self._change()

    def put(self, total: int, locked: int) -> int:
        """Take over what somebody else says."""
        self.total_raw = total
        self.held_raw = locked
        return self._change()

    def follow(self, snapshot: AccountBalance) -> int:
        """Take over what somebody else says, as it was said."""
        total, locked = snapshot.total, snapshot.locked
        self.total_raw = total.raw
        self.held_raw = self.locked_raw = locked.raw
        self._snapshot = snapshot
        return 0

    def _change(self) -> int:
        self.locked_raw = max(min(self.held_raw, self.total_raw), 0)
        self._snapshot = None
        return 0

    def snapshot(self) -> AccountBalance:
        """Return the balance as it is now; the same object until it changes."""
        if self._snapshot is None:
            total = money_from_raw(self.total_raw, self.currency)
            if self.locked_raw:
                locked = money_from_raw(self.locked_raw, self.currency)
                free = money_from_raw(self.total_raw - self.locked_raw, self.currency)
                self._snapshot = AccountBalance(total, locked, free)
            else:
                self._snapshot = AccountBalance(total, self._nothing, total)
        return self._snapshot

    def money(self, raw: int) -> Money:
        """Return an amount of the currency; nothing is always the same object."""
        return money_from_raw(raw, self.currency) if raw else self._nothing


class Lock:
    """What one working order holds back; `lock_of` makes them."""

    currency: Currency
    raw: int
    quantity: int
    sign: int

    def equals(self, other: Lock) -> bool:
        """Tell whether both hold the same."""
        return (
            self.raw == other.raw
            and self.quantity == other.quantity
            and self.currency.code == other.currency.code
        )


def lock_of(currency: Currency, raw: int, quantity: int, sign: int) -> Lock:
    """Return what an order holds back.

    Parameters
    ----------
    raw : units of the currency
    quantity : of the order's rest, x 10^18
    sign : +1 to buy, -1 to sell
    """
    lock = Lock.__new__(Lock)
    lock.currency = currency
    lock.raw = raw
    lock.quantity = quantity
    lock.sign = sign
    return lock
