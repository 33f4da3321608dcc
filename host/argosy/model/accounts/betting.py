"""Betting accounts: what can be lost is held until the outcome pays.

Prices are decimal odds, quantities are stakes. To back is to sell, to lay is to buy. A back bet
loses its stake, a lay bet stake x (odds - 1). Matched bets move no money before the settlement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.errors import AccountError
from argosy.model.accounts.account import Account, Rate
from argosy.model.accounts.balance import Balance, Lock, lock_of
from argosy.model.accounts.stake import Stake
from argosy.model.enums import AccountType
from argosy.model.events.account import REALIZED_PNL, AccountFlow
from argosy.model.powers import ten_to
from argosy.model.terms import Terms, scaled

if TYPE_CHECKING:
    from argosy.model.currency import Currency
    from argosy.model.identifiers import AccountId, InstrumentId
    from argosy.model.instruments import Instrument
    from argosy.model.orders.working import WorkingOrder
    from argosy.model.values import Price, Quantity


class Bets(Stake):
    """The bets on one selection, added up; two outcomes: it wins, or it loses.

    Parameters
    ----------
    terms : of the selection
    """

    balance: Balance | None
    wins: int
    loses: int
    held: int

    def __init__(self, terms: Terms) -> None:
        Stake.__init__(self, terms)
        self.balance = None
        self.clear()

    def clear(self) -> None:
        """Have nothing at stake."""
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

    def hold(self, alone: bool, balance: Balance) -> int:  # noqa: FBT001 (compiled)
        """Hold the worst outcome; where unmatched bets stand alone, each of them in full."""
        self.balance = balance
        if alone:
            worst = min(self.wins, self.loses, 0) - self._lays - self._backs
        else:
            worst = min(self.wins - self._lays, self.loses - self._backs, 0)
        balance.hold(-worst - self.held)
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

    def payoffs(self, instrument: Instrument) -> tuple[int, int]:
        """Return what matched bets pay if the selection wins and if it loses, in currency units."""
        bets = self._bets(instrument.id)
        return (0, 0) if bets is None else (bets.wins, bets.loses)

    def settle(
        self, instrument: Instrument, cause: int, *, won: bool | None
    ) -> tuple[AccountFlow, ...]:
        """Close the matched bets on a selection and return what they pay; then `apply_flows`.

        Parameters
        ----------
        cause : the id of the event that told the outcome
        won : None where the selection was taken out and its bets are void
        """
        bets = self._bets(instrument.id)
        if bets is None or bets.balance is None:
            return ()
        if bets.has_orders:
            raise AccountError(
                f"account {self.id}: bets on {instrument.id} are unmatched: cancel them first"
            )
        balance = bets.balance
        balance.hold(-bets.held)
        paid = 0 if won is None else bets.wins if won else bets.loses
        bets.clear()
        out: list[AccountFlow] = []
        self._add_flow(out, REALIZED_PNL, paid, balance.currency, cause)
        return tuple(out)

    def _bets(self, instrument_id: InstrumentId) -> Bets | None:
        stake = self._stakes.get(instrument_id)
        return stake if isinstance(stake, Bets) else None

    def _new_stake(self, terms: Terms) -> Stake:
        return Bets(terms)

    def book(
        self,
        sign: int,
        quantity: Quantity,
        price: Price,
        stake: Stake,
        flows: tuple[AccountFlow, ...],
    ) -> int:
        """Do what `book_fill` does, for compiled callers."""
        self.apply_tuple(flows)
        bets = stake
        assert isinstance(bets, Bets)
        terms = bets.terms
        lost = _stake(terms, quantity.raw, quantity.precision)
        win = _win(terms, quantity.raw, quantity.precision, price)
        if self.base_currency is not None:
            lost = self._in_base(lost, terms.cost)
            win = self._in_base(win, terms.cost)
        bets.match(-sign * win, sign * lost)
        return bets.hold(self.holds_alone, self._balance_of(bets))

    def _lock(self, order: WorkingOrder, stake: Stake, price: Price | None) -> Lock | None:
        if price is None:
            return None
        terms = stake.terms
        if order.sign > 0:
            raw = _win(terms, order.leaves_raw, order.size_precision, price)
        else:
            raw = _stake(terms, order.leaves_raw, order.size_precision)
        if self.base_currency is not None:
            raw = self._in_base(raw, terms.cost)
        return lock_of(self.base_currency or terms.cost, raw, 0, order.sign)

    def _swap(self, old: Lock | None, new: Lock | None, stake: Stake) -> int:
        bets = stake
        assert isinstance(bets, Bets)
        if old is not None:
            bets.add_order(old, -1)
        if new is not None:
            bets.add_order(new, 1)
        return bets.hold(self.holds_alone, self._balance_of(bets))

    def _balance_of(self, bets: Bets) -> Balance:
        if bets.balance is None:
            return self._balance(self.base_currency or bets.terms.cost)
        return bets.balance

    def _clear_stakes(self) -> int:
        for bets in self._stakes.values():
            if isinstance(bets, Bets) and bets.balance is not None:
                bets.forget_orders()
                bets.hold(self.holds_alone, bets.balance)
        return 0


def _stake(terms: Terms, raw: int, precision: int) -> int:
    """Return a stake in units of the currency."""
    return scaled(raw, terms.cost_decimals - precision)


def _win(terms: Terms, raw: int, precision: int, odds: Price) -> int:
    """Return stake x (odds - 1) in units of the currency."""
    gain = odds.raw - ten_to(odds.precision)
    return scaled(raw * gain, terms.cost_decimals - precision - odds.precision)
