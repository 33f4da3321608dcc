"""Betting accounts: what can be lost is held until the outcome pays.

Prices are decimal odds, quantities are stakes. To back is to sell, to lay is to buy. A back bet
loses its stake, a lay bet stake x (odds - 1). Matched bets move no money before the settlement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.errors import AccountError
from argosy.model.accounts.account import Account, Rate
from argosy.model.accounts.balance import Balance, Lock, lock_of
from argosy.model.enums import AccountType, OrderSide
from argosy.model.events.account import REALIZED_PNL, AccountFlow
from argosy.model.powers import ten_to
from argosy.model.terms import Terms, scaled

if TYPE_CHECKING:
    from argosy.model.currency import Currency
    from argosy.model.events.order import OrderFilled
    from argosy.model.identifiers import AccountId, InstrumentId
    from argosy.model.instruments import Instrument
    from argosy.model.orders.order import Order
    from argosy.model.values import Price

_BUY = OrderSide.BUY


class Book:
    """The bets on one selection, added up; two outcomes: it wins, or it loses.

    Parameters
    ----------
    balance : that holds what can be lost
    """

    balance: Balance
    wins: int
    loses: int
    held: int

    def __init__(self, balance: Balance) -> None:
        self.balance = balance
        self.wins = 0
        self.loses = 0
        self.held = 0
        self._lays = 0
        self._backs = 0

    def add_order(self, lock: Lock, sign: int) -> int:
        """Add what an unmatched bet can lose (sign +1), or take it away (-1)."""
        if lock.sign > 0:
            self._lays += sign * lock.raw
        else:
            self._backs += sign * lock.raw
        return 0

    def match(self, wins: int, loses: int) -> None:
        """Add what a matched bet pays in each outcome."""
        self.wins += wins
        self.loses += loses

    def forget_orders(self) -> None:
        """Hold nothing more for unmatched bets."""
        self._lays = 0
        self._backs = 0
        self.held = 0

    @property
    def has_orders(self) -> bool:
        """Whether there are unmatched bets."""
        return bool(self._lays or self._backs)

    def hold(self, alone: bool) -> int:  # noqa: FBT001 (compiled)
        """Hold the worst outcome; where unmatched bets stand alone, each of them in full."""
        if alone:
            worst = min(self.wins, self.loses, 0) - self._lays - self._backs
        else:
            worst = min(self.wins - self._lays, self.loses - self._backs, 0)
        self.balance.hold(-worst - self.held)
        self.held = -worst
        return 0


class BettingAccount(Account):
    """Holds, for each selection, what its worst outcome would cost.

    Parameters
    ----------
    account_id : issuer and number
    base_currency : the one currency that it is kept in; None for several
    xrate : (from, to) -> what one unit of `from` is worth, None where nobody knows
    holds_alone : whether each unmatched bet is held alone, as if no other could cover it
    """

    holds_alone: bool

    def __init__(
        self,
        account_id: AccountId,
        base_currency: Currency | None = None,
        *,
        xrate: Rate | None = None,
        holds_alone: bool = False,
    ) -> None:
        super().__init__(account_id, AccountType.BETTING, base_currency, xrate=xrate)
        self.holds_alone = holds_alone
        self._books: dict[InstrumentId, Book] = {}

    def payoffs(self, instrument: Instrument) -> tuple[int, int]:
        """Return what matched bets pay if the selection wins and if it loses, in currency units."""
        book = self._books.get(instrument.id)
        return (0, 0) if book is None else (book.wins, book.loses)

    def settle(
        self, instrument: Instrument, cause: int, *, won: bool | None
    ) -> tuple[AccountFlow, ...]:
        """Close the matched bets on a selection and return what they pay; then `apply_flows`.

        Parameters
        ----------
        cause : the id of the event that told the outcome
        won : None where the selection was taken out and its bets are void
        """
        book = self._books.pop(instrument.id, None)
        if book is None:
            return ()
        if book.has_orders:
            self._books[instrument.id] = book
            raise AccountError(
                f"account {self.id}: bets on {instrument.id} are unmatched: cancel them first"
            )
        book.balance.hold(-book.held)
        paid = 0 if won is None else book.wins if won else book.loses
        out: list[AccountFlow] = []
        self._add_flow(out, REALIZED_PNL, paid, book.balance.currency, cause)
        return tuple(out)

    def book(self, fill: OrderFilled, terms: Terms, flows: tuple[AccountFlow, ...]) -> int:
        """Do what `book_fill` does, for compiled callers."""
        self.apply_tuple(flows)
        quantity = fill.last_qty
        stake = _stake(terms, quantity.raw, quantity.precision)
        win = _win(terms, quantity.raw, quantity.precision, fill.last_px)
        if self.base_currency is not None:
            stake = self._in_base(stake, terms.cost)
            win = self._in_base(win, terms.cost)
        sign = -1 if fill.order_side is _BUY else 1
        book = self._book_of(terms)
        book.match(sign * win, -sign * stake)
        return book.hold(self.holds_alone)

    def _lock(self, order: Order, terms: Terms, price: Price | None) -> Lock | None:
        if price is None:
            return None
        if order.sign > 0:
            raw = _win(terms, order.leaves_raw, order.size_precision, price)
        else:
            raw = _stake(terms, order.leaves_raw, order.size_precision)
        if self.base_currency is not None:
            raw = self._in_base(raw, terms.cost)
        return lock_of(self.base_currency or terms.cost, raw, 0, order.sign)

    def _swap(self, old: Lock | None, new: Lock | None, terms: Terms) -> int:
        book = self._book_of(terms)
        if old is not None:
            book.add_order(old, -1)
        if new is not None:
            book.add_order(new, 1)
        return book.hold(self.holds_alone)

    def _book_of(self, terms: Terms) -> Book:
        book = self._books.get(terms.instrument_id)
        if book is None:
            book = Book(self._balance(self.base_currency or terms.cost))
            self._books[terms.instrument_id] = book
        return book

    def _clear_stakes(self) -> int:
        for book in self._books.values():
            book.forget_orders()
            book.hold(self.holds_alone)
        return 0


def _stake(terms: Terms, raw: int, precision: int) -> int:
    """Return a stake in units of the currency."""
    return scaled(raw, terms.cost_decimals - precision)


def _win(terms: Terms, raw: int, precision: int, odds: Price) -> int:
    """Return stake x (odds - 1) in units of the currency."""
    gain = odds.raw - ten_to(odds.precision)
    return scaled(raw * gain, terms.cost_decimals - precision - odds.precision)
