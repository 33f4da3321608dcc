"""What all instruments have in common."""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from typing import Any, ClassVar, Final, Self, cast

import msgspec
from msgspec.structs import force_setattr

from argosy.errors import DataError, ValueRangeError
from argosy.model.codec import convert, to_builtins
from argosy.model.currency import Currency
from argosy.model.enums import AssetClass, InstrumentClass
from argosy.model.identifiers import InstrumentId, Symbol, Venue
from argosy.model.instruments.check import check_instrument
from argosy.model.instruments.rounding import (
    Number,
    divide_half_away,
    divide_half_even,
    to_raw,
)
from argosy.model.instruments.tick_scheme import TickScheme, tick_scheme_of
from argosy.model.values import Money, Price, Quantity

# The default of a field that `__post_init__` derives from others where it is not given.
DERIVED: Final = cast(Any, None)
ONE: Final = Quantity.from_int(1)
ZERO: Final = Decimal(0)


class Instrument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag=True):
    """What can be quoted and, mostly, traded.

    Parameters
    ----------
    id : symbol and venue
    quote_currency : what prices are in
    price_increment, size_increment : the least steps; their decimals are the precisions
    price_precision, size_precision : as the increments say; refused where they say otherwise
    raw_symbol : the venue's own name, else the symbol
    base_currency : what is bought, where that is a currency
    settlement_currency : what profit is paid in, else the base (inverse) or quote currency
    is_inverse : whether contracts are in the quote currency and profit in the base currency
    multiplier : units in one contract
    lot_size : what is traded at once by custom
    min_price, max_price : of orders; a `min_price` below zero allows prices below zero
    margin_init, margin_maint : as a part of the notional
    maker_fee, taker_fee : as a part of the notional; a rebate is negative
    tick_scheme_name : where steps depend on the price
    info : what else the venue tells
    ts_event : ns, since when the definition holds
    ts_init : ns, when it became known here
    """

    is_tradable: ClassVar[bool] = True

    id: InstrumentId
    asset_class: AssetClass
    instrument_class: InstrumentClass
    quote_currency: Currency
    base_currency: Currency | None
    settlement_currency: Currency
    price_increment: Price
    size_increment: Quantity
    multiplier: Quantity
    price_precision: int = DERIVED
    size_precision: int = DERIVED
    raw_symbol: Symbol = DERIVED
    is_inverse: bool = False
    lot_size: Quantity | None = None
    max_quantity: Quantity | None = None
    min_quantity: Quantity | None = None
    max_notional: Money | None = None
    min_notional: Money | None = None
    max_price: Price | None = None
    min_price: Price | None = None
    margin_init: Decimal = ZERO
    margin_maint: Decimal = ZERO
    maker_fee: Decimal = ZERO
    taker_fee: Decimal = ZERO
    tick_scheme_name: str | None = None
    info: dict[str, Any] = {}
    ts_event: int = 0
    ts_init: int = 0

    def __post_init__(self) -> None:
        """Derive what was not given, then check everything."""
        if self.raw_symbol is None and isinstance(self.id, InstrumentId):
            force_setattr(self, "raw_symbol", self.id.symbol)
        if self.price_precision is None and isinstance(self.price_increment, Price):
            force_setattr(self, "price_precision", self.price_increment.precision)
        if self.size_precision is None and isinstance(self.size_increment, Quantity):
            force_setattr(self, "size_precision", self.size_increment.precision)
        if self.settlement_currency is None:
            settled = self.base_currency if self.is_inverse else self.quote_currency
            force_setattr(self, "settlement_currency", settled)
        check_instrument(self)

    @property
    def symbol(self) -> Symbol:
        """The symbol of the id."""
        return self.id.symbol

    @property
    def venue(self) -> Venue:
        """The venue of the id."""
        return self.id.venue

    @property
    def is_quanto(self) -> bool:
        """Whether profit is paid in a currency that is neither base nor quote."""
        return self.settlement_currency not in {self.base_currency, self.quote_currency}

    @property
    def is_spread(self) -> bool:
        """Whether it has legs that are instruments of their own."""
        return self.instrument_class in {
            InstrumentClass.FUTURES_SPREAD,
            InstrumentClass.OPTION_SPREAD,
        }

    @property
    def allows_negative_price(self) -> bool:
        """Whether a price below zero can be right: by its class, or by a `min_price` below zero."""
        if self.is_spread or self.instrument_class is InstrumentClass.OPTION:
            return True
        return self.min_price is not None and self.min_price.raw < 0

    @property
    def cost_currency(self) -> Currency:
        """The currency of notional values, margins and locks."""
        if self.is_inverse and self.base_currency is not None:
            return self.base_currency
        # The multiplier of a quanto turns prices into the settlement currency.
        return self.settlement_currency if self.is_quanto else self.quote_currency

    @property
    def tick_scheme(self) -> TickScheme:
        """The prices that are possible: of the named scheme, else each price increment."""
        return tick_scheme_of(self.tick_scheme_name, self.price_increment)

    def make_price(self, value: Number) -> Price:
        """Round to the price precision, ties to even; not to the increment."""
        return Price.from_raw(to_raw(value, self.price_precision), self.price_precision)

    def make_qty(
        self,
        value: Number,
        round_down: bool = False,  # noqa: FBT001, FBT002 - the order that users know
    ) -> Quantity:
        """Round to the size precision, ties to even, or down to the size increment.

        Raises
        ------
        ValueRangeError : a value above zero would become zero, or is below zero
        """
        if round_down:
            raw = to_raw(value, self.size_precision, ROUND_FLOOR)
            raw -= raw % self.size_increment.raw
        else:
            raw = to_raw(value, self.size_precision)
        if raw == 0 and to_raw(value, self.size_precision, "ROUND_UP") > 0:
            raise ValueRangeError(
                f"{self.id}: quantity {value} is less than the size increment {self.size_increment}"
            )
        return Quantity.from_raw(raw, self.size_precision)

    def notional_value(
        self, quantity: Quantity, price: Price, *, use_quote_for_inverse: bool = False
    ) -> Money:
        """Return what a quantity is worth at a price, in the cost currency.

        An inverse contract is worth quantity x multiplier / price in its base currency, or, on
        request, as many units of the quote currency as the quantity says.
        """
        if self.is_inverse and use_quote_for_inverse:
            return _money(quantity.raw, 1, quantity.precision, self.quote_currency)
        size = quantity.raw * self.multiplier.raw
        digits = quantity.precision + self.multiplier.precision
        if not self.is_inverse:
            return _money(size * price.raw, 1, digits + price.precision, self.cost_currency)
        if price.raw == 0:
            raise ValueRangeError(f"{self.id}: an inverse contract has no value at price 0")
        return _money(size, price.raw, digits - price.precision, self.cost_currency)

    def calculate_base_quantity(self, quantity: Quantity, last_px: Price) -> Quantity:
        """Return how much of the base a quantity of the quote currency buys, ties to even."""
        if last_px.raw <= 0:
            raise ValueRangeError(f"{self.id}: a quantity cannot be converted at {last_px}")
        # quantity / price x 10^size_precision, as one quotient of integers.
        exponent = self.size_precision + last_px.precision - quantity.precision
        numerator = quantity.raw * 10 ** max(exponent, 0)
        denominator = last_px.raw * 10 ** max(-exponent, 0)
        return Quantity.from_raw(divide_half_even(numerator, denominator), self.size_precision)

    def next_bid_price(self, value: Number, num_ticks: int = 0) -> Price | None:
        """Return the possible price at or below a value, and `num_ticks` further down."""
        return self.tick_scheme.next_bid_price(value, num_ticks)

    def next_ask_price(self, value: Number, num_ticks: int = 0) -> Price | None:
        """Return the possible price at or above a value, and `num_ticks` further up."""
        return self.tick_scheme.next_ask_price(value, num_ticks)

    def next_bid_prices(self, value: Number, num_ticks: int = 100) -> list[Price]:
        """Return the possible prices from a value down, nearest first."""
        return _ladder(self.next_bid_price, value, num_ticks)

    def next_ask_prices(self, value: Number, num_ticks: int = 100) -> list[Price]:
        """Return the possible prices from a value up, nearest first."""
        return _ladder(self.next_ask_price, value, num_ticks)

    def to_dict(self) -> dict[str, Any]:
        """Return the definition as JSON would spell it."""
        values: dict[str, Any] = to_builtins(self)
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Return the instrument that `to_dict` spelled; `instrument_from_dict` finds the class."""
        if cls is Instrument:
            raise DataError(
                "no class is named", place="Instrument", cure="Use instrument_from_dict"
            )
        return convert(values, cls)

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id})"


class ExpiringInstrument(Instrument, frozen=True, kw_only=True):
    """An instrument that begins and ends.

    Parameters
    ----------
    activation_ns, expiration_ns : ns, first and last moment of trading
    """

    activation_ns: int
    expiration_ns: int

    def __post_init__(self) -> None:
        """Check the life time too."""
        super().__post_init__()
        if self.expiration_ns < self.activation_ns:
            raise DataError(
                "expiration_ns is before activation_ns",
                place=f"{type(self).__name__} {self.id}",
                cure="Swap them",
            )


def _money(numerator: int, denominator: int, digits: int, currency: Currency) -> Money:
    """Return numerator / denominator x 10^-digits, rounded half away from zero."""
    shift = currency.precision - digits
    raw = divide_half_away(numerator * 10 ** max(shift, 0), denominator * 10 ** max(-shift, 0))
    return Money.from_raw(raw, currency)


def _ladder(step: Any, value: Number, num_ticks: int) -> list[Price]:
    prices = (step(value, i) for i in range(num_ticks))
    return [price for price in prices if price is not None]
