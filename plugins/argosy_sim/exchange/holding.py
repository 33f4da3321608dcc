"""What is held at the exchange: for a strategy, or for a book of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.model.cost import OpenCost
from argosy.model.powers import ten_to
from argosy.model.terms import same_currency

if TYPE_CHECKING:
    from argosy.model.money import Money
    from argosy.model.terms import Terms
    from argosy.model.values import Price, Quantity

NOTHING = 0


class Holding(OpenCost):
    """What one strategy holds of an instrument, or one of its books does."""

    def __init__(self, terms: Terms) -> None:
        self.begin(terms)

    def gain_of(self, sign: int, quantity: Quantity, price: Price) -> int:
        """Return what a fill realises, in units of the settlement currency."""
        if self.signed_raw * sign >= 0:
            return NOTHING
        raw = self.fit_size(quantity)  # before the holding is read, whose unit it may change
        raw = min(raw, abs(self.signed_raw))
        gain: int = self.gain_raw(self.fit_price(price), raw)
        return gain

    def trade(self, sign: int, quantity: Quantity, price: Price, commission: Money) -> int:
        """Take a fill: enlarge the holding, or close it and open the rest on the other side."""
        return self.open(sign, self.close(sign, quantity, price), price, commission)

    def close(self, sign: int, quantity: Quantity, price: Price) -> int:
        """Close as much as a fill does; return what is left of the fill (raw)."""
        raw = self.fit_size(quantity)
        if self.signed_raw * sign >= 0:
            return raw
        closed = min(raw, abs(self.signed_raw))
        self.reduce(self.fit_price(price), closed)
        return raw - closed

    def open(self, sign: int, raw: int, price: Price, commission: Money) -> int:
        """Open what is left of a fill, and take its commission."""
        at = self.fit_price(price)
        if raw:
            self.enlarge(at, raw, sign)
        if commission.raw and self.terms.is_pair:
            self._deduct(commission, at)
        return 0

    def _deduct(self, commission: Money, price: int) -> int:
        """Take a commission in the base currency out of the quantity: it may leave dust."""
        currency = commission.currency
        if same_currency(currency, self.terms.settlement) or not same_currency(
            currency, self.terms.base
        ):
            return 0
        self.fit_sizes(currency.precision)
        raw = commission.raw * ten_to(self.size_precision - currency.precision)
        return self.resize(self.signed_raw - raw, price)
