"""What one contract says about money: prices and quantities in, whole units of a currency out.

Every amount is rounded once, half away from zero, to the decimals of its currency.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.errors import ValueRangeError
from argosy.model.average import decimals_of, half_even
from argosy.model.enums import InstrumentClass
from argosy.model.instruments import BettingInstrument, CurrencyPair
from argosy.model.powers import ten_to
from argosy.model.wide import mul_div_i64, part_of_product, pow10, product

if TYPE_CHECKING:
    from argosy.model.currency import Currency
    from argosy.model.identifiers import InstrumentId
    from argosy.model.instruments import Instrument

LINEAR, INVERSE, BETTING = range(3)
COST_DECIMALS = 18
PREMIUM = (
    InstrumentClass.OPTION,
    InstrumentClass.OPTION_SPREAD,
    InstrumentClass.BINARY_OPTION,
    InstrumentClass.WARRANT,
)
_HALF_AWAY = 0
_INT64 = 1 << 63
_LEAST_INT64 = -(1 << 63)
_MOST = 4_096
# What was worked out, by the id of an instrument that it keeps alive. Terms never change, and
# another definition is another object: no run can see what others asked for.
_known: dict[int, Terms] = {}


class Terms:
    """The terms of an instrument as integers; `terms_of` keeps them.

    The multiplier of a quanto contract says what a point is worth in its settlement currency, so
    its notional and its gains are in that currency without any rate.
    """

    __slots__ = (
        "average_decimals",
        "base",
        "base_decimals",
        "cost",
        "cost_decimals",
        "decimals",
        "delivers",
        "instrument",
        "instrument_id",
        "is_pair",
        "is_premium",
        "kind",
        "multiplier_precision",
        "multiplier_raw",
        "price_precision",
        "quote",
        "settlement",
        "size_precision",
        "tick_raw",
    )

    instrument: Instrument
    instrument_id: InstrumentId
    quote: Currency
    base: Currency | None
    cost: Currency
    settlement: Currency
    kind: int
    is_pair: bool
    is_premium: bool
    delivers: bool
    price_precision: int
    average_decimals: int
    size_precision: int
    tick_raw: int
    multiplier_raw: int
    multiplier_precision: int
    base_decimals: int
    cost_decimals: int
    decimals: int

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.instrument_id = instrument.id
        self.quote = instrument.quote_currency
        self.base = instrument.base_currency
        self.cost = instrument.cost_currency
        self.settlement = instrument.settlement_currency
        self.kind = INVERSE if instrument.is_inverse else LINEAR
        if isinstance(instrument, BettingInstrument):
            self.kind = BETTING
        self.is_pair = isinstance(instrument, CurrencyPair)
        kind = instrument.instrument_class
        self.is_premium = kind in PREMIUM
        self.delivers = self.base is not None and kind is InstrumentClass.SPOT
        self.price_precision = instrument.price_precision
        self.average_decimals = decimals_of(self.price_precision)
        self.size_precision = instrument.size_precision
        self.tick_raw = instrument.price_increment.raw
        self.multiplier_raw = instrument.multiplier.raw
        self.multiplier_precision = instrument.multiplier.precision
        self.base_decimals = 0 if self.base is None else self.base.precision
        self.cost_decimals = self.cost.precision
        self.decimals = self.settlement.precision

    def notional_raw(
        self, price: int, price_precision: int, quantity: int, size_precision: int
    ) -> int:
        """Return what a quantity is worth at a price, in units of the cost currency."""
        exponent = size_precision + self.multiplier_precision - self.cost_decimals
        if self.kind == LINEAR:
            exponent += price_precision
            if self.multiplier_raw == 1 and 0 <= exponent <= 18:
                try:
                    return mul_div_i64(price, quantity, pow10(exponent), _HALF_AWAY)
                except ValueRangeError:
                    pass  # more money than 64 bit hold: the long way
            return scaled(product(price, quantity) * self.multiplier_raw, -exponent)
        if self.kind == BETTING:
            return scaled(product(quantity, 1) * self.multiplier_raw, -exponent)
        numerator = product(quantity, 1) * self.multiplier_raw * ten_to(price_precision)
        if exponent < 0:
            return rounded(numerator * ten_to(-exponent), product(price, 1))
        return rounded(numerator, product(price, 1) * ten_to(exponent))

    def margin_raw(
        self,
        price: int,
        price_precision: int,
        quantity: int,
        size_precision: int,
        rate: tuple[int, int],
    ) -> int:
        """Return a part of what a quantity is worth, in units of the cost currency, never negative.

        Parameters
        ----------
        rate : the part, as numerator and denominator
        """
        part, whole = rate
        exponent = size_precision + self.multiplier_precision - self.cost_decimals
        places = exponent + price_precision
        if self.kind == LINEAR and 0 <= places <= 18:
            try:
                worth = part if self.multiplier_raw == 1 else part * self.multiplier_raw
                scale: int = whole  # as a C integer, like the others
                held = part_of_product(price, quantity, worth, scale * pow10(places))
                return abs(held)
            except (ValueRangeError, OverflowError):
                pass  # more than 128 bit hold: the long way
        amount = abs(quantity) * self.multiplier_raw * part
        if self.kind == INVERSE:
            amount = amount * ten_to(price_precision)
            whole = whole * abs(price)
        else:
            amount = amount * abs(price)
            exponent += price_precision
        if exponent < 0:
            return rounded(amount * ten_to(-exponent), whole)
        return rounded(amount, whole * ten_to(exponent))

    def gain_raw(self, points: int, divisor: int, precisions: int) -> int:
        """Return the gain of a linear contract, in units of the settlement currency.

        Parameters
        ----------
        points : (closing - opening price) x quantity, raw, times `divisor`
        precisions : decimals of price and quantity together
        """
        exponent = precisions + self.multiplier_precision - self.decimals
        if self.multiplier_raw != 1:
            points = points * self.multiplier_raw
        if divisor == 1:
            return scaled(points, -exponent)
        if exponent < 0:
            return rounded(points * ten_to(-exponent), divisor)
        return rounded(points, divisor * ten_to(exponent))

    def inverse_cost(
        self, price: int, price_precision: int, quantity: int, size_precision: int
    ) -> int:
        """Return what a quantity of an inverse contract costs: base currency x 10^18, half even.

        Raises
        ------
        ValueRangeError : at a price of zero or less it costs nothing that could be told
        """
        if price <= 0:
            raise ValueRangeError(
                f"{self.instrument_id}: an inverse contract has no value at a price of zero or less"
            )
        return half_even(
            quantity * self.multiplier_raw * ten_to(price_precision + COST_DECIMALS),
            price * ten_to(size_precision + self.multiplier_precision),
        )

    def inverse_gain_raw(self, points: int, divisor: int) -> int:
        """Return the gain of an inverse contract, in units of the settlement currency.

        Parameters
        ----------
        points : what was paid less what is paid back, as `inverse_cost`, times `divisor`
        """
        return rounded(points * ten_to(self.decimals), divisor * ten_to(COST_DECIMALS))


def terms_of(instrument: Instrument) -> Terms:
    """Return the terms of an instrument; another definition of it has other terms."""
    terms = _known.get(id(instrument))
    if terms is None:
        if len(_known) >= _MOST:
            _known.clear()
        terms = _known.setdefault(id(instrument), Terms(instrument))
    return terms


def same_currency(a: Currency | None, b: Currency | None) -> bool:
    """Tell whether two currencies are the same; quick where they are one object."""
    return a is b or a == b


def rounded(numerator: int, denominator: int) -> int:
    """Return the quotient, half away from zero."""
    if _LEAST_INT64 < numerator < _INT64 and 0 < denominator < _INT64:
        return mul_div_i64(numerator, 1, denominator, _HALF_AWAY)
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    if numerator < 0:
        return -((denominator - 2 * numerator) // (2 * denominator))
    return (denominator + 2 * numerator) // (2 * denominator)


def scaled(value: int, exponent: int) -> int:
    """Return value x 10**exponent, half away from zero."""
    if exponent >= 0:
        return value * ten_to(exponent)
    return rounded(value, ten_to(-exponent))
