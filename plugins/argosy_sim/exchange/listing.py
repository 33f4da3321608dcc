"""An instrument as the exchange lists it: its terms as raws, and its place in the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.kernel.matching import UNSET
from argosy.model.terms import terms_of
from argosy.model.values import Price, Quantity, price_from_raw, quantity_from_raw
from argosy_sim.exchange.order import fits, raw_at
from argosy_sim.exchange.resting import ANY_PRICE

if TYPE_CHECKING:
    from argosy.model.accounts.account import Account
    from argosy.model.instruments import Instrument
    from argosy_sim.exchange.holding import Holding
    from argosy_sim.profiles import Options

_UNSET = UNSET


class Listing:
    """The definition of an instrument, and what is held of it.

    Parameters
    ----------
    instrument : its definition
    index : of the instrument at the exchange, from 1
    account : that everybody's orders trade on
    """

    def __init__(
        self, instrument: Instrument, index: int, account: Account, options: Options
    ) -> None:
        self.index = index
        self.account = account
        self.holdings: dict[str, Holding] = {}
        self._points = options.price_protection_points
        self.define(instrument)

    def define(self, instrument: Instrument) -> None:
        """Trade by a definition of the instrument; the precisions never change."""
        self.instrument = instrument
        self.terms = terms_of(instrument)
        self.stake = self.account.stake(self.terms)
        self.price_precision = instrument.price_precision
        self.size_precision = instrument.size_precision
        self.size_step = instrument.size_increment.raw
        self.is_delivered = self.terms.delivers and self.account.base_currency is None
        self.tick = instrument.price_increment.raw
        self.least = -ANY_PRICE if instrument.allows_negative_price else self.tick
        self.protection = self._points * self.tick

    # -- prices and sizes -------------------------------------------------------------------------

    def price(self, raw: int) -> Price:
        """Return the price of a raw."""
        return price_from_raw(raw, self.price_precision)

    def size(self, raw: int) -> Quantity:
        """Return the quantity of a raw."""
        return quantity_from_raw(raw, self.size_precision)

    def price_or_none(self, raw: int) -> Price | None:
        """Return the price of a raw, None for UNSET."""
        return None if raw == _UNSET else price_from_raw(raw, self.price_precision)

    def raw_price(self, price: Price | None) -> int:
        """Return the raw of a price that was checked, UNSET for None."""
        return _UNSET if price is None else raw_at(price, self.price_precision)

    def raw_size(self, quantity: Quantity) -> int:
        """Return the raw of a quantity that was checked."""
        return raw_at(quantity, self.size_precision)

    def precision_refusal(
        self, quantity: Quantity | None, price: Price | None, trigger_price: Price | None
    ) -> str | None:
        """Return which value has decimals that the instrument does not have, or None."""
        if quantity is not None and not fits(quantity, self.size_precision):
            return f"QUANTITY_PRECISION: quantity={quantity}, precision={self.size_precision}"
        if price is not None and not fits(price, self.price_precision):
            return f"PRICE_PRECISION: price={price}, precision={self.price_precision}"
        if trigger_price is not None and not fits(trigger_price, self.price_precision):
            digits = self.price_precision
            return f"TRIGGER_PRICE_PRECISION: price={trigger_price}, precision={digits}"
        return None

    # -- what is held -----------------------------------------------------------------------------

    def held(self, key: str) -> int:
        """Return a holding: signed, raw, in whole increments."""
        holding = self.holdings.get(key)
        return 0 if holding is None else self._in_steps(self._whole(holding))

    def held_by_all(self) -> int:
        """Return what all strategies together hold: signed, raw, in whole increments."""
        return self._in_steps(sum(self._whole(each) for each in self.holdings.values()))

    def _whole(self, holding: Holding) -> int:
        finer: int = holding.size_precision - self.size_precision
        size: int = abs(holding.signed_raw) // 10**finer
        return size if holding.signed_raw > 0 else -size

    def _in_steps(self, total: int) -> int:
        step = self.size_step
        return total // step * step if total >= 0 else -(-total // step * step)
