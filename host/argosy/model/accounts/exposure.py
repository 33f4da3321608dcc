"""What a margin account has at stake in one instrument: sums, never a walk over orders.

The net of hedged positions is valued at the average opening price of its larger side.
"""

from __future__ import annotations

from argosy.model.accounts.balance import Balance, Lock
from argosy.model.accounts.stake import Stake
from argosy.model.cost import OpenCost
from argosy.model.powers import ten_to
from argosy.model.terms import INVERSE, Terms, rounded
from argosy.model.values import Price, price_from_raw

_INVERSE = INVERSE
Rational = tuple[int, int]  # numerator and denominator


class Exposure(Stake):
    """The working orders and open positions of an instrument, added up.

    Parameters
    ----------
    terms : of the instrument
    """

    balance: Balance | None
    initial_rate: Rational | None
    maintenance_rate: Rational | None
    has_rates: bool
    initial: int
    maintenance: int
    mark: Price | None
    _only: OpenCost | None
    _shares: dict[OpenCost, tuple[int, int]]

    def __init__(self, terms: Terms) -> None:
        Stake.__init__(self, terms)
        self.forget_rates()
        self.clear()

    def define(self, terms: Terms) -> int:
        """Go by a new definition of the instrument."""
        self.terms = terms
        return self.forget_rates()

    def set_rates(self, initial: Rational | None, maintenance: Rational | None) -> int:
        """Keep the parts of the notional that are held, None where the model has no rates."""
        self.initial_rate = initial
        self.maintenance_rate = maintenance
        self.has_rates = True
        return 0

    def forget_rates(self) -> int:
        """Have the margin model asked again."""
        self.initial_rate = self.maintenance_rate = None
        self.has_rates = False
        return 0

    def clear(self) -> int:
        """Have nothing at stake."""
        self.balance = None
        self.mark = None
        self.initial = 0
        self.maintenance = 0
        self._buys = 0
        self._sells = 0
        self._buy_qty = 0
        self._sell_qty = 0
        self._only = None
        self._shares = {}
        self._long_qty = 0
        self._long_cost = 0
        self._short_qty = 0
        self._short_cost = 0
        return 0

    def set_margins(self, initial: int, maintenance: int, balance: Balance) -> int:
        """Hold these margins in a balance instead of the ones before."""
        self.balance = balance
        balance.hold(initial - self.initial + maintenance - self.maintenance)
        self.initial = initial
        self.maintenance = maintenance
        return 0

    def add_order(self, lock: Lock, sign: int) -> int:
        """Add what a working order holds (sign +1), or take it away (-1)."""
        if lock.sign > 0:
            self._buys += sign * lock.raw
            self._buy_qty += sign * lock.quantity
        else:
            self._sells += sign * lock.raw
            self._sell_qty += sign * lock.quantity
        return 0

    def initial_of(self, nets: bool) -> int:  # noqa: FBT001 (compiled)
        """Return what all working orders hold.

        Parameters
        ----------
        nets : only the worse side counts, and of it only what would not close the position
        """
        if not nets:
            return self._buys + self._sells
        buys = _beyond(self._buys, self._buy_qty, -self.net())
        sells = _beyond(self._sells, self._sell_qty, self.net())
        return max(buys, sells)

    def closable(self, sign: int) -> int:
        """Return how much an order of a side could close that no working order will (x 10^18)."""
        net = self.net_raw()
        if net * sign >= 0:
            return 0
        closing = self._buy_qty if sign > 0 else self._sell_qty
        return max(abs(net) * ten_to(18 - self.net_precision()) - closing, 0)

    def place(self, position: OpenCost) -> int:
        """Take over a position as it is now."""
        if self._shares:
            return self._share_out(position)
        if self._only is None or self._only is position:
            self._only = position if position.signed_raw else None
            return 0
        if position.signed_raw:
            first = self._only
            self._only = None
            self._share_out(first)
            self._share_out(position)
        return 0

    def _share_out(self, position: OpenCost) -> int:
        known = self._shares.pop(position, None)
        if known is not None:
            self._add_share(known, -1)
        if position.signed_raw:
            share = position.share()
            self._shares[position] = share
            self._add_share(share, 1)
        return 0

    def _add_share(self, share: tuple[int, int], sign: int) -> int:
        quantity, cost = share
        if quantity > 0:
            self._long_qty += sign * quantity
            self._long_cost += sign * cost
        else:
            self._short_qty -= sign * quantity
            self._short_cost += sign * cost
        return 0

    def net(self) -> int:
        """Return the signed sum of the open positions (x 10^18)."""
        return self.net_raw() * ten_to(18 - self.net_precision())

    def net_raw(self) -> int:
        """Return the signed sum of the open positions, at `net_precision`."""
        if self._only is not None:
            return self._only.signed_raw
        return self._long_qty - self._short_qty

    def net_precision(self) -> int:
        """Return the decimals of `net_raw`."""
        return 18 if self._only is None else self._only.size_precision

    def price(self) -> Price:
        """Return what the net position is valued at."""
        if self.mark is not None:
            return self.mark
        if self._only is not None:
            return self._only.open_price()
        longs = self._long_qty > self._short_qty
        cost = self._long_cost if longs else self._short_cost
        quantity = self._long_qty if longs else self._short_qty
        terms = self.terms
        if terms.kind == _INVERSE:
            worth = quantity * terms.multiplier_raw * ten_to(18 + terms.price_precision)
            ticks = rounded(worth, cost * terms.tick_raw * ten_to(terms.multiplier_precision))
        else:
            tick = terms.tick_raw * ten_to(18 - terms.price_precision)
            ticks = rounded(cost, quantity * tick)
        return price_from_raw(ticks * terms.tick_raw, terms.price_precision)


def _beyond(held: int, quantity: int, covered: int) -> int:
    """Return the part of what orders hold that lies beyond the quantity they would close."""
    if covered <= 0:
        return held
    return rounded(held * (quantity - covered), quantity) if covered < quantity else 0
