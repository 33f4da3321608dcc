"""What is open in one contract, and what it cost: exact, as integers.

The cost is the sum of raw price x raw quantity; of an inverse contract, which is worth quantity x
multiplier / price, the sum of that over the fills, each kept at 18 decimals. A partial close takes
its proportional part; where that does not divide evenly the cost becomes a fraction, so that
nothing is rounded before a gain is, once per fill, half away from zero, into money.
"""

from __future__ import annotations

from decimal import Decimal

from argosy.errors import ValueRangeError
from argosy.model.average import mean_price, price_of, ratio
from argosy.model.enums import OrderSide, PositionSide
from argosy.model.powers import ten_to
from argosy.model.terms import BETTING, COST_DECIMALS, INVERSE, Terms, rounded
from argosy.model.values import RAW_MAX, Price, Quantity, price_from_raw, quantity_from_raw
from argosy.model.wide import pow10, product

_INVERSE = INVERSE
_BETTING = BETTING
_BUY = OrderSide.BUY
_SELL = OrderSide.SELL
_FLAT = PositionSide.FLAT
_LONG = PositionSide.LONG
_SHORT = PositionSide.SHORT
_RAW_MAX = RAW_MAX
# Past this a fractional cost is rounded, 77 digits below the point: no sum of money can tell.
_LARGEST_DIVISOR = 1 << 256
_ONE = 1


class OpenCost:
    """A signed quantity and the prices that it was opened and closed at.

    Parameters
    ----------
    terms : of the contract
    """

    terms: Terms
    signed_raw: int
    peak_raw: int
    price_precision: int
    size_precision: int

    def __init__(self, terms: Terms) -> None:
        self.begin(terms)

    def begin(self, terms: Terms) -> int:
        """Start flat; compiled callers skip the constructor."""
        self.terms = terms
        self.signed_raw = 0
        self.peak_raw = 0
        self.price_precision = terms.price_precision
        self.size_precision = terms.size_precision
        self._cost = 0
        self._divisor = _ONE
        self._flat_cost = 0
        self._flat_raw = 0
        self._closed_cost = 0
        self._closed_raw = 0
        return 0

    def enlarge(self, price: int, quantity: int, sign: int) -> int:
        """Open more at a price (raws at the precisions here; sign +1 to buy)."""
        if abs(self.signed_raw) > _RAW_MAX - quantity:
            raise ValueRangeError(
                f"{self.terms.instrument_id}: a position of more than 18 digits does not fit"
            )
        cost = self._worth(price, quantity)
        self._cost += cost if self._divisor == 1 else cost * self._divisor
        self.signed_raw += sign * quantity
        self.peak_raw = max(self.peak_raw, abs(self.signed_raw))
        return 0

    def reduce(self, price: int, quantity: int) -> int:
        """Close a part, or all, at a price."""
        self._closed_cost += self._worth(price, quantity)
        self._closed_raw += quantity
        rest = abs(self.signed_raw) - quantity
        return self.resize(rest if self.signed_raw > 0 else -rest, price)

    def resize(self, signed: int, price: int) -> int:
        """Set the quantity and keep its average price; on the other side it starts at `price`."""
        was = self.signed_raw
        if signed == 0:
            self._flat_cost = self._cost
            self._flat_raw = abs(was) * self._divisor
            self._cost = 0
            self._divisor = _ONE
        elif was == 0 or (was > 0) != (signed > 0):
            self._cost = self._worth(price, abs(signed))
            self._divisor = _ONE
        else:
            cost = self._cost * abs(signed)
            whole, rest = divmod(cost, abs(was))
            if rest:
                self._split_cost(cost, self._divisor * abs(was))
            else:
                self._cost = whole
        self.signed_raw = signed
        self.peak_raw = max(self.peak_raw, abs(signed))
        return 0

    def _worth(self, price: int, quantity: int) -> int:
        """Return what a quantity costs at a price, in the unit of the costs here."""
        if self.terms.kind == _INVERSE:
            return self.terms.inverse_cost(
                price, self.price_precision, quantity, self.size_precision
            )
        return product(price, quantity)

    def _split_cost(self, cost: int, divisor: int) -> int:
        if divisor > _LARGEST_DIVISOR:
            cost = rounded(cost * _LARGEST_DIVISOR, divisor)
            divisor = _LARGEST_DIVISOR
        self._cost = cost
        self._divisor = divisor
        return 0

    def gain_raw(self, price: int, quantity: int) -> int:
        """Return what closing so much at a price gains, in units of the settlement currency."""
        if self.terms.kind == _BETTING:
            return 0  # a bet is worth what its outcome pays, and nothing before
        open_raw = abs(self.signed_raw)
        cost = self._cost
        divisor = self._divisor
        if quantity != open_raw:
            cost = cost * quantity
            divisor = divisor * open_raw
        points = self._worth(price, quantity)
        if divisor != 1:
            points = points * divisor
        points = points - cost
        if self.signed_raw < 0:
            points = -points
        if self.terms.kind == _INVERSE:  # it is worth less of the base where the price is higher
            return self.terms.inverse_gain_raw(-points, divisor)
        return self.terms.gain_raw(points, divisor, self.price_precision + self.size_precision)

    def unrealized_raw(self, price: Price) -> int:
        """Return what closing at a price would gain, in units of the settlement currency."""
        if not self.signed_raw:
            return 0
        return self.gain_raw(self.fit_price(price), abs(self.signed_raw))

    def fit_price(self, price: Price) -> int:
        """Return the raw of a price at the precision here, which grows where the price is finer."""
        if price.precision == self.price_precision:
            return price.raw
        if price.precision > self.price_precision:
            factor = ten_to(price.precision - self.price_precision)
            self.price_precision = price.precision
            self._scale_costs(factor)
            return price.raw
        return price.raw * pow10(self.price_precision - price.precision)

    def fit_size(self, quantity: Quantity) -> int:
        """Return the raw of a quantity at the precision here, which grows where it is finer."""
        if quantity.precision > self.size_precision:
            self.fit_sizes(quantity.precision)
        if quantity.precision == self.size_precision:
            return quantity.raw
        return quantity.raw * pow10(self.size_precision - quantity.precision)

    def fit_sizes(self, precision: int) -> int:
        """Let quantities have at least so many decimals."""
        if precision <= self.size_precision:
            return 0
        factor = pow10(precision - self.size_precision)
        if self.peak_raw > _RAW_MAX // factor:
            raise ValueRangeError(
                f"{self.terms.instrument_id}: {self.peak_qty} with {precision} decimals has more"
                " than 18 digits"
            )
        self.size_precision = precision
        self.signed_raw *= factor
        self.peak_raw *= factor
        self._flat_raw *= factor
        self._closed_raw *= factor
        return self._scale_costs(factor)

    def _scale_costs(self, factor: int) -> int:
        """Keep the costs what they are in a smaller unit of price or quantity."""
        if self.terms.kind == _INVERSE:
            return 0  # theirs is of the base currency
        self._cost *= factor
        self._flat_cost *= factor
        self._closed_cost *= factor
        return 0

    @property
    def side(self) -> PositionSide:
        """LONG, SHORT or FLAT."""
        return side_of(self.signed_raw)

    @property
    def is_open(self) -> bool:
        """Whether there is anything to close."""
        return self.signed_raw != 0

    @property
    def is_closed(self) -> bool:
        """Whether it was opened and closed again."""
        return self.signed_raw == 0

    @property
    def is_long(self) -> bool:
        """Whether more was bought than sold."""
        return self.signed_raw > 0

    @property
    def is_short(self) -> bool:
        """Whether more was sold than bought."""
        return self.signed_raw < 0

    @property
    def quantity(self) -> Quantity:
        """What is open, never negative."""
        return quantity_from_raw(abs(self.signed_raw), self.size_precision)

    @property
    def peak_qty(self) -> Quantity:
        """The largest quantity so far."""
        return quantity_from_raw(self.peak_raw, self.size_precision)

    @property
    def signed_qty(self) -> Decimal:
        """The quantity, negative while short."""
        return Decimal(self.signed_raw).scaleb(-self.size_precision)

    @property
    def closing_order_side(self) -> OrderSide:
        """The side of an order that closes it, NO_ORDER_SIDE when it is flat."""
        if not self.signed_raw:
            return OrderSide.NO_ORDER_SIDE
        return _SELL if self.signed_raw > 0 else _BUY

    @property
    def avg_px_open(self) -> Decimal:
        """The average opening price, half even; its decimals are `Terms.average_decimals`."""
        if self.signed_raw:
            return self._average(self._cost, abs(self.signed_raw) * self._divisor)
        return self._average(self._flat_cost, self._flat_raw)

    @property
    def avg_px_close(self) -> Decimal | None:
        """The average closing price, likewise; None while nothing was closed."""
        if not self._closed_raw:
            return None
        return self._average(self._closed_cost, self._closed_raw)

    def is_opposite_side(self, side: OrderSide) -> bool:
        """Tell whether an order of a side would make the position smaller."""
        return self.signed_raw < 0 if side is _BUY else self.signed_raw > 0

    def open_price(self) -> Price:
        """Return the average opening price, rounded to the tick (half away from zero)."""
        terms = self.terms
        cost = self._cost if self.signed_raw else self._flat_cost
        raw = abs(self.signed_raw) * self._divisor if self.signed_raw else self._flat_raw
        if terms.kind == _INVERSE:
            numerator, denominator = self._price_of(cost, raw)
            ticks = rounded(numerator * ten_to(terms.price_precision), denominator * terms.tick_raw)
            return price_from_raw(ticks * terms.tick_raw, terms.price_precision)
        finer = ten_to(self.price_precision - terms.price_precision)
        ticks = rounded(cost, raw * terms.tick_raw * finer)
        return price_from_raw(ticks * terms.tick_raw, terms.price_precision)

    def share(self) -> tuple[int, int]:
        """Return the signed quantity x 10^18 and its cost x 10^36."""
        quantity = self.signed_raw * ten_to(18 - self.size_precision)
        if self.terms.kind == _INVERSE:
            return quantity, rounded(self._cost * ten_to(36 - COST_DECIMALS), self._divisor)
        scale = ten_to(36 - self.price_precision - self.size_precision)
        return quantity, rounded(self._cost * scale, self._divisor)

    def mean_open(self) -> Price:
        """Return `avg_px_open` as a price."""
        if self.signed_raw:
            return self._mean(self._cost, abs(self.signed_raw) * self._divisor)
        return self._mean(self._flat_cost, self._flat_raw)

    def mean_close(self) -> Price | None:
        """Return `avg_px_close` as a price."""
        if not self._closed_raw:
            return None
        return self._mean(self._closed_cost, self._closed_raw)

    def _mean(self, cost: int, raw: int) -> Price:
        """Return the average price of a quantity (raw, > 0) that cost so much."""
        decimals = self.terms.average_decimals
        if self.terms.kind == _INVERSE:
            numerator, denominator = self._price_of(cost, raw)
            return price_of(numerator, denominator, decimals)
        return mean_price(cost, raw, self.price_precision, decimals)

    def _average(self, cost: int, raw: int) -> Decimal:
        numerator, denominator = self._price_of(cost, raw)
        return ratio(numerator, denominator, self.terms.average_decimals)

    def _price_of(self, cost: int, raw: int) -> tuple[int, int]:
        """Return an average price as numerator and denominator (> 0)."""
        terms = self.terms
        if terms.kind != _INVERSE:
            return cost, raw * ten_to(self.price_precision)
        return (
            raw * terms.multiplier_raw * ten_to(COST_DECIMALS),
            cost * ten_to(self.size_precision + terms.multiplier_precision),
        )


def side_of(signed: int) -> PositionSide:
    """Return the side of a signed quantity."""
    if signed > 0:
        return _LONG
    return _SHORT if signed < 0 else _FLAT
