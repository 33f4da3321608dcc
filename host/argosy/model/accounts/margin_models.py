"""How much margin orders and positions need: models, as small objects.

A model that takes a plain part of the notional says so by `rates`, and accounts then calculate on
integers; any other is asked by its two `calculate` methods.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from argosy.model.instruments import Instrument
from argosy.model.money import Money, money_from_raw
from argosy.model.terms import terms_of
from argosy.model.values import Price, Quantity


class MarginModel(Protocol):
    """What accounts ask of a margin model; amounts are in the instrument's cost currency."""

    def calculate_margin_init(
        self, instrument: Instrument, quantity: Quantity, price: Price, leverage: Decimal
    ) -> Money:
        """Return what a working order of a quantity at a price holds."""
        ...

    def calculate_margin_maint(
        self, instrument: Instrument, quantity: Quantity, price: Price, leverage: Decimal
    ) -> Money:
        """Return what a position of a quantity that was opened at a price holds."""
        ...

    def rates(self, instrument: Instrument, leverage: Decimal) -> tuple[Fraction, Fraction] | None:
        """Return the parts of the notional for orders (initial) and positions (maintenance).

        Accounts then calculate on integers and ask nothing else; None where it is no plain part.
        """
        return None


class LeveragedMarginModel(MarginModel):
    """Takes notional / leverage x the instrument's margin rate."""

    def rates(self, instrument: Instrument, leverage: Decimal) -> tuple[Fraction, Fraction]:
        """Return the parts for orders (initial) and for positions (maintenance)."""
        divisor = Fraction(leverage)
        return Fraction(instrument.margin_init) / divisor, Fraction(
            instrument.margin_maint
        ) / divisor

    def calculate_margin_init(
        self, instrument: Instrument, quantity: Quantity, price: Price, leverage: Decimal
    ) -> Money:
        """Return what a working order of a quantity at a price holds."""
        return _part_of(instrument, quantity, price, self.rates(instrument, leverage)[0])

    def calculate_margin_maint(
        self, instrument: Instrument, quantity: Quantity, price: Price, leverage: Decimal
    ) -> Money:
        """Return what a position of a quantity that was opened at a price holds."""
        return _part_of(instrument, quantity, price, self.rates(instrument, leverage)[1])


class StandardMarginModel(LeveragedMarginModel):
    """Takes notional x the instrument's margin rate, whatever the leverage."""

    def rates(self, instrument: Instrument, leverage: Decimal) -> tuple[Fraction, Fraction]:
        """Return the parts for orders (initial) and for positions (maintenance)."""
        return Fraction(instrument.margin_init), Fraction(instrument.margin_maint)


def _part_of(instrument: Instrument, quantity: Quantity, price: Price, part: Fraction) -> Money:
    terms = terms_of(instrument)
    raw = terms.margin_raw(
        price.raw, price.precision, quantity.raw, quantity.precision, part.as_integer_ratio()
    )
    return money_from_raw(raw, terms.cost)
