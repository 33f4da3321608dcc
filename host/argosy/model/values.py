"""Prices and quantities: decimal numbers held as integers, exact and immutable.

Numbers of one kind are equal, ordered and hashed by value, whatever their precision, and equal the
int, Decimal or Fraction of the same value. ``+`` and ``-`` of one kind keep the kind, with the
larger precision; other arithmetic gives a Decimal, or a float where a float takes part. Nothing
rounds unless it is asked to, nothing wraps.
"""

from decimal import Decimal
from typing import Any, overload

from argosy.errors import ValueRangeError
from argosy.model.decimals import (
    ADD,
    DIVIDE,
    FLOOR_DIVIDE,
    MAX_PRECISION,
    MULTIPLY,
    REMAINDER,
    SUBTRACT,
    check_precision,
    combine,
    parse,
    rounded,
    to_decimal,
    to_int,
    to_text,
    with_separators,
)
from argosy.model.money import Money

__all__ = [
    "MAX_PRECISION",
    "RAW_MAX",
    "Fixed",
    "Money",
    "Price",
    "Quantity",
    "price_from_raw",
    "quantity_from_raw",
]

_RAW_MAX = 999_999_999_999_999_999
_EXACT_DOUBLE = 9_007_199_254_740_992
_HASH_TENTH = 230_584_300_921_369_395
_POW10 = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
    1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
    1_000_000_000_000_000_000,
]  # fmt: skip

RAW_MAX = _RAW_MAX
_NUMBERS = (int, float, Decimal)


class Fixed:
    """A number of at most 18 digits: ``raw / 10**precision``."""

    __slots__ = ("precision", "raw")

    raw: int
    precision: int

    def as_decimal(self) -> Decimal:
        """Return the Decimal of exactly this value."""
        return to_decimal(self.raw, self.precision)

    def as_double(self) -> float:
        """Return the float nearest to this value."""
        return float(self)

    def to_formatted_str(self) -> str:
        """Return the text with underscores between thousands: ``1_000.50``."""
        return with_separators(to_text(self.raw, self.precision))

    def __eq__(self, other: object) -> bool:
        if type(other) is type(self):
            return _compare(self, other) == 0
        if isinstance(other, _NUMBERS):
            return self.as_decimal() == other
        return NotImplemented

    def __lt__(self, other: Any) -> bool:
        if type(other) is type(self):
            return _compare(self, other) < 0
        if isinstance(other, _NUMBERS):
            return self.as_decimal() < other
        return NotImplemented

    def __le__(self, other: Any) -> bool:
        if type(other) is type(self):
            return _compare(self, other) <= 0
        if isinstance(other, _NUMBERS):
            return self.as_decimal() <= other
        return NotImplemented

    def __gt__(self, other: Any) -> bool:
        if type(other) is type(self):
            return _compare(self, other) > 0
        if isinstance(other, _NUMBERS):
            return self.as_decimal() > other
        return NotImplemented

    def __ge__(self, other: Any) -> bool:
        if type(other) is type(self):
            return _compare(self, other) >= 0
        if isinstance(other, _NUMBERS):
            return self.as_decimal() >= other
        return NotImplemented

    def __hash__(self) -> int:
        return _numeric_hash(self.raw, self.precision)

    def __bool__(self) -> bool:
        return self.raw != 0

    @overload
    def __radd__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __radd__(self, other: float) -> float: ...
    def __radd__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, Fixed) else combine(ADD, other, self)

    @overload
    def __rsub__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __rsub__(self, other: float) -> float: ...
    def __rsub__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, Fixed) else combine(SUBTRACT, other, self)

    @overload
    def __mul__(self, other: "Fixed | int | Decimal") -> Decimal: ...
    @overload
    def __mul__(self, other: float) -> float: ...
    def __mul__(self, other: Any) -> Any:
        return combine(MULTIPLY, self, other)

    @overload
    def __rmul__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __rmul__(self, other: float) -> float: ...
    def __rmul__(self, other: Any) -> Any:
        return combine(MULTIPLY, other, self)

    @overload
    def __truediv__(self, other: "Fixed | int | Decimal") -> Decimal: ...
    @overload
    def __truediv__(self, other: float) -> float: ...
    def __truediv__(self, other: Any) -> Any:
        return combine(DIVIDE, self, other)

    @overload
    def __rtruediv__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __rtruediv__(self, other: float) -> float: ...
    def __rtruediv__(self, other: Any) -> Any:
        return combine(DIVIDE, other, self)

    @overload
    def __floordiv__(self, other: "Fixed | int | Decimal") -> Decimal: ...
    @overload
    def __floordiv__(self, other: float) -> float: ...
    def __floordiv__(self, other: Any) -> Any:
        return combine(FLOOR_DIVIDE, self, other)

    @overload
    def __rfloordiv__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __rfloordiv__(self, other: float) -> float: ...
    def __rfloordiv__(self, other: Any) -> Any:
        return combine(FLOOR_DIVIDE, other, self)

    @overload
    def __mod__(self, other: "Fixed | int | Decimal") -> Decimal: ...
    @overload
    def __mod__(self, other: float) -> float: ...
    def __mod__(self, other: Any) -> Any:
        return combine(REMAINDER, self, other)

    @overload
    def __rmod__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __rmod__(self, other: float) -> float: ...
    def __rmod__(self, other: Any) -> Any:
        return combine(REMAINDER, other, self)

    def __round__(self, digits: int | None = None) -> Decimal:
        return rounded(self.as_decimal(), digits)

    def __int__(self) -> int:
        return int(self.as_decimal())

    def __float__(self) -> float:
        if -_EXACT_DOUBLE <= self.raw <= _EXACT_DOUBLE:
            return self.raw / _POW10[self.precision]
        return float(self.as_decimal())

    def __str__(self) -> str:
        return to_text(self.raw, self.precision)

    def __repr__(self) -> str:
        return f"{type(self).__name__}('{to_text(self.raw, self.precision)}')"

    def __format__(self, spec: str) -> str:
        return format(self.as_decimal(), spec) if spec else str(self)


class Price(Fixed):
    """A price, of either sign.

    Parameters
    ----------
    value : str, int, Decimal: taken exactly; float: rounded half to even, only with a precision
    precision : decimals, 0 to 18; those written when it is left out
    """

    __slots__ = ()

    def __init__(self, value: str | int | float | Decimal, precision: int | None = None) -> None:
        self.raw, self.precision = parse("Price", value, precision)

    @classmethod
    def from_raw(cls, raw: int, precision: int) -> "Price":
        """Return ``raw / 10**precision``."""
        return price_from_raw(_checked_raw("Price", raw), _checked_precision("Price", precision))

    @classmethod
    def from_str(cls, text: str) -> "Price":
        """Return the price that a text spells, with the decimals that are written."""
        return Price(_checked_text("Price", text))

    @classmethod
    def from_int(cls, value: int) -> "Price":
        """Return a whole price, of precision 0."""
        return price_from_raw(_checked_raw("Price", value), 0)

    @classmethod
    def zero(cls, precision: int = 0) -> "Price":
        """Return 0 at a precision."""
        return price_from_raw(0, _checked_precision("Price", precision))

    @overload
    def __add__(self, other: "Price") -> "Price": ...
    @overload
    def __add__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __add__(self, other: float) -> float: ...
    def __add__(self, other: Any) -> Any:
        if type(other) is Price:
            return price_from_raw(_sum(self, other, 1), _larger_precision(self, other))
        return NotImplemented if isinstance(other, Fixed) else combine(ADD, self, other)

    @overload
    def __sub__(self, other: "Price") -> "Price": ...
    @overload
    def __sub__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __sub__(self, other: float) -> float: ...
    def __sub__(self, other: Any) -> Any:
        if type(other) is Price:
            return price_from_raw(_sum(self, other, -1), _larger_precision(self, other))
        return NotImplemented if isinstance(other, Fixed) else combine(SUBTRACT, self, other)

    def __neg__(self) -> "Price":
        return price_from_raw(-self.raw, self.precision)

    def __pos__(self) -> "Price":
        return self

    def __abs__(self) -> "Price":
        return self if self.raw >= 0 else price_from_raw(-self.raw, self.precision)

    def __reduce__(self) -> tuple[Any, ...]:
        return price_from_raw, (self.raw, self.precision)


class Quantity(Fixed):
    """A size, never negative.

    Parameters
    ----------
    value : str, int, Decimal: taken exactly; float: rounded half to even, only with a precision
    precision : decimals, 0 to 18; those written when it is left out
    """

    __slots__ = ()

    def __init__(self, value: str | int | float | Decimal, precision: int | None = None) -> None:
        raw, self.precision = parse("Quantity", value, precision)
        self.raw = _not_negative(raw, value)

    @classmethod
    def from_raw(cls, raw: int, precision: int) -> "Quantity":
        """Return ``raw / 10**precision``."""
        return quantity_from_raw(
            _not_negative(_checked_raw("Quantity", raw), raw),
            _checked_precision("Quantity", precision),
        )

    @classmethod
    def from_str(cls, text: str) -> "Quantity":
        """Return the size that a text spells, with the decimals that are written."""
        return Quantity(_checked_text("Quantity", text))

    @classmethod
    def from_int(cls, value: int) -> "Quantity":
        """Return a whole size, of precision 0."""
        return quantity_from_raw(_not_negative(_checked_raw("Quantity", value), value), 0)

    @classmethod
    def zero(cls, precision: int = 0) -> "Quantity":
        """Return 0 at a precision."""
        return quantity_from_raw(0, _checked_precision("Quantity", precision))

    @overload
    def __add__(self, other: "Quantity") -> "Quantity": ...
    @overload
    def __add__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __add__(self, other: float) -> float: ...
    def __add__(self, other: Any) -> Any:
        if type(other) is Quantity:
            return quantity_from_raw(_sum(self, other, 1), _larger_precision(self, other))
        return NotImplemented if isinstance(other, Fixed) else combine(ADD, self, other)

    @overload
    def __sub__(self, other: "Quantity") -> "Quantity": ...
    @overload
    def __sub__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __sub__(self, other: float) -> float: ...
    def __sub__(self, other: Any) -> Any:
        if type(other) is Quantity:
            if _compare(self, other) < 0:
                raise ValueRangeError(f"Quantity: {self} - {other} is negative. Compare them first")
            return quantity_from_raw(_sum(self, other, -1), _larger_precision(self, other))
        return NotImplemented if isinstance(other, Fixed) else combine(SUBTRACT, self, other)

    def __neg__(self) -> Decimal:
        return to_decimal(-self.raw, self.precision)

    def __pos__(self) -> "Quantity":
        return self

    def __abs__(self) -> "Quantity":
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return quantity_from_raw, (self.raw, self.precision)


def price_from_raw(raw: int, precision: int) -> Price:
    """Return a price without checking it."""
    value = Price.__new__(Price)
    value.raw = raw
    value.precision = precision
    return value


def quantity_from_raw(raw: int, precision: int) -> Quantity:
    """Return a quantity without checking it."""
    value = Quantity.__new__(Quantity)
    value.raw = raw
    value.precision = precision
    return value


def _compare(a: Fixed, b: Fixed) -> int:
    """Return the sign of a - b; by division, since the product of a rescaling may not fit."""
    if a.precision == b.precision:
        return (a.raw > b.raw) - (a.raw < b.raw)
    if a.precision > b.precision:
        return -_compare(b, a)
    factor = _POW10[b.precision - a.precision]
    whole = b.raw // factor
    rest = b.raw - whole * factor
    if a.raw == whole:
        return -1 if rest else 0
    return 1 if a.raw > whole else -1


def _larger_precision(a: Fixed, b: Fixed) -> int:
    return a.precision if a.precision > b.precision else b.precision


def _sum(a: Fixed, b: Fixed, sign: int) -> int:
    precision = _larger_precision(a, b)
    total = _widened(a, precision) + sign * _widened(b, precision)
    if not -_RAW_MAX <= total <= _RAW_MAX:
        raise ValueRangeError(
            f"{type(a).__name__}: {a} {'+' if sign > 0 else '-'} {b} has more than 18 digits"
        )
    return total


def _widened(value: Fixed, precision: int) -> int:
    """Return the raw at a larger precision, up to twice the largest: the other part may cancel."""
    factor = _POW10[precision - value.precision]
    most = 2 * _RAW_MAX // factor
    if not -most <= value.raw <= most:
        raise ValueRangeError(
            f"{type(value).__name__}: {value} has more than 18 digits at precision {precision}"
        )
    return value.raw * factor


def _checked_raw(kind: str, raw: Any) -> int:
    if type(raw) is not int:
        raw = to_int(kind, raw)
    try:
        value: int = raw
        if -_RAW_MAX <= value <= _RAW_MAX:
            return value
    except OverflowError:
        pass
    raise ValueRangeError(f"{kind}: raw {raw} has more than 18 digits")


def _checked_text(kind: str, text: Any) -> str:
    if not isinstance(text, str):
        raise TypeError(f"{kind}.from_str takes a str, was {type(text).__name__}: {text!r}")
    return text


def _checked_precision(kind: str, precision: Any) -> int:
    if type(precision) is not int or not 0 <= precision <= 18:
        check_precision(kind, precision)
    return int(precision)


def _not_negative(raw: int, value: object) -> int:
    if raw < 0:
        raise ValueRangeError(f"Quantity({value!r}): negative. A side is not part of a size")
    return raw


def _numeric_hash(raw: int, precision: int) -> int:
    """Return the hash that Python gives an equal number: raw / 10**precision modulo 2**61 - 1."""
    residue = -raw if raw < 0 else raw
    for place in range(precision):  # noqa: B007 (typed in the .pxd)
        digit = residue % 10
        residue = residue // 10
        if digit:
            # The modulus ends in 1: adding it 10 - digit times makes a multiple of ten.
            residue += (10 - digit) * _HASH_TENTH + 1
    if raw < 0:
        residue = -residue
    return -2 if residue == -1 else residue
