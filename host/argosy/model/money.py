"""Money: an exact amount of one currency."""

from decimal import Decimal
from typing import Any, overload

from argosy.errors import CurrencyMismatchError, ValueRangeError
from argosy.model.currency import Currency
from argosy.model.decimals import (
    ADD,
    DIVIDE,
    FLOOR_DIVIDE,
    MULTIPLY,
    REMAINDER,
    SUBTRACT,
    Operation,
    combine,
    parse_rounded,
    rounded,
    to_decimal,
    to_int,
    to_text,
    with_separators,
)

_RAW_MAX = 10**38 - 1
_NUMBERS = (int, float, Decimal)


class Money:
    """An amount of a currency, rounded half away from zero to the currency's decimals.

    Sums and differences need one currency. Compared with a plain number, it is the amount.

    Parameters
    ----------
    value : str, int, Decimal or float
    currency : a currency or its code
    """

    __slots__ = ("currency", "raw")

    raw: int
    currency: Currency

    def __init__(self, value: str | int | float | Decimal, currency: Currency | str) -> None:
        self.currency = _currency(currency)
        self.raw = _in_range(parse_rounded("Money", value, self.currency.precision), self.currency)

    @classmethod
    def from_raw(cls, raw: int, currency: Currency) -> "Money":
        """Return `raw` of the smallest units that the currency's precision has."""
        return money_from_raw(_in_range(to_int("Money", raw), currency), _currency(currency))

    @classmethod
    def from_str(cls, text: str) -> "Money":
        """Return the money that a text such as ``1_000.00 USD`` spells, without rounding it."""
        parts = text.split()
        if len(parts) != 2:
            raise ValueRangeError(f"Money({text!r}): write amount, space and code: 10.00 USD")
        money = Money(parts[0], parts[1])
        if money.as_decimal() != Decimal(parts[0]):
            raise ValueRangeError(
                f"Money({text!r}): {parts[1]} has {money.currency.precision} decimals. "
                "Round the amount first"
            )
        return money

    @classmethod
    def zero(cls, currency: Currency) -> "Money":
        """Return nothing, in a currency."""
        return money_from_raw(0, _currency(currency))

    def as_decimal(self) -> Decimal:
        """Return the amount as the Decimal of exactly its value."""
        return to_decimal(self.raw, self.currency.precision)

    def as_double(self) -> float:
        """Return the float nearest to the amount."""
        return float(self)

    def to_formatted_str(self) -> str:
        """Return the text with underscores between thousands: ``1_000.50 USD``."""
        return f"{with_separators(to_text(self.raw, self.currency.precision))} {self.currency}"

    def __eq__(self, other: object) -> bool:
        if type(other) is Money:
            return _is_same(self, other)
        if isinstance(other, _NUMBERS):
            return self.as_decimal() == other
        return NotImplemented

    def __lt__(self, other: "Money | float | Decimal") -> bool:
        if type(other) is Money:
            return self.raw < _raw_beside(self, other, "<")
        if isinstance(other, _NUMBERS):
            return self.as_decimal() < other
        return NotImplemented

    def __le__(self, other: "Money | float | Decimal") -> bool:
        if type(other) is Money:
            return self.raw <= _raw_beside(self, other, "<=")
        if isinstance(other, _NUMBERS):
            return self.as_decimal() <= other
        return NotImplemented

    def __gt__(self, other: "Money | float | Decimal") -> bool:
        if type(other) is Money:
            return self.raw > _raw_beside(self, other, ">")
        if isinstance(other, _NUMBERS):
            return self.as_decimal() > other
        return NotImplemented

    def __ge__(self, other: "Money | float | Decimal") -> bool:
        if type(other) is Money:
            return self.raw >= _raw_beside(self, other, ">=")
        if isinstance(other, _NUMBERS):
            return self.as_decimal() >= other
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.as_decimal())

    def __bool__(self) -> bool:
        return self.raw != 0

    @overload
    def __add__(self, other: "Money") -> "Money": ...
    @overload
    def __add__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __add__(self, other: float) -> float: ...
    def __add__(self, other: Any) -> Any:
        if type(other) is Money:
            total = self.raw + _raw_beside(self, other, "+")
            return money_from_raw(_in_range(total, self.currency), self.currency)
        return combine(ADD, self, other)

    @overload
    def __radd__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __radd__(self, other: float) -> float: ...
    def __radd__(self, other: Any) -> Any:
        return combine(ADD, other, self)

    @overload
    def __sub__(self, other: "Money") -> "Money": ...
    @overload
    def __sub__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __sub__(self, other: float) -> float: ...
    def __sub__(self, other: Any) -> Any:
        if type(other) is Money:
            total = self.raw - _raw_beside(self, other, "-")
            return money_from_raw(_in_range(total, self.currency), self.currency)
        return combine(SUBTRACT, self, other)

    @overload
    def __rsub__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __rsub__(self, other: float) -> float: ...
    def __rsub__(self, other: Any) -> Any:
        return combine(SUBTRACT, other, self)

    @overload
    def __mul__(self, other: "Money | int | Decimal") -> Decimal: ...
    @overload
    def __mul__(self, other: float) -> float: ...
    def __mul__(self, other: Any) -> Any:
        return _combined(MULTIPLY, self, other, "*")

    @overload
    def __rmul__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __rmul__(self, other: float) -> float: ...
    def __rmul__(self, other: Any) -> Any:
        return combine(MULTIPLY, other, self)

    @overload
    def __truediv__(self, other: "Money | int | Decimal") -> Decimal: ...
    @overload
    def __truediv__(self, other: float) -> float: ...
    def __truediv__(self, other: Any) -> Any:
        return _combined(DIVIDE, self, other, "/")

    @overload
    def __rtruediv__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __rtruediv__(self, other: float) -> float: ...
    def __rtruediv__(self, other: Any) -> Any:
        return combine(DIVIDE, other, self)

    @overload
    def __floordiv__(self, other: "Money | int | Decimal") -> Decimal: ...
    @overload
    def __floordiv__(self, other: float) -> float: ...
    def __floordiv__(self, other: Any) -> Any:
        return _combined(FLOOR_DIVIDE, self, other, "//")

    @overload
    def __rfloordiv__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __rfloordiv__(self, other: float) -> float: ...
    def __rfloordiv__(self, other: Any) -> Any:
        return combine(FLOOR_DIVIDE, other, self)

    @overload
    def __mod__(self, other: "Money | int | Decimal") -> Decimal: ...
    @overload
    def __mod__(self, other: float) -> float: ...
    def __mod__(self, other: Any) -> Any:
        return _combined(REMAINDER, self, other, "%")

    @overload
    def __rmod__(self, other: int | Decimal) -> Decimal: ...
    @overload
    def __rmod__(self, other: float) -> float: ...
    def __rmod__(self, other: Any) -> Any:
        return combine(REMAINDER, other, self)

    def __neg__(self) -> "Money":
        return money_from_raw(-self.raw, self.currency)

    def __pos__(self) -> "Money":
        return self

    def __abs__(self) -> "Money":
        return self if self.raw >= 0 else money_from_raw(-self.raw, self.currency)

    def __round__(self, digits: int | None = None) -> Decimal:
        return rounded(self.as_decimal(), digits)

    def __int__(self) -> int:
        return int(self.as_decimal())

    def __float__(self) -> float:
        # Of Python ints, so rounded once.
        return self.raw / int(10**self.currency.precision)

    def __str__(self) -> str:
        return f"{to_text(self.raw, self.currency.precision)} {self.currency}"

    def __repr__(self) -> str:
        return f"Money('{to_text(self.raw, self.currency.precision)}', {self.currency})"

    def __format__(self, spec: str) -> str:
        return format(self.as_decimal(), spec) if spec else str(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return money_from_raw, (self.raw, self.currency)


def money_from_raw(raw: int, currency: Currency) -> Money:
    """Return money without checking it."""
    value = Money.__new__(Money)
    value.raw = raw
    value.currency = currency
    return value


def _is_same(self: Money, other: Any) -> bool:
    money = other
    return bool(
        self.raw == money.raw
        and (self.currency is money.currency or self.currency == money.currency)
    )


def _raw_beside(self: Money, money: Money, doing: str) -> int:
    """Return the raw of another amount, which must be of the same currency."""
    if money.currency is not self.currency and money.currency != self.currency:
        message = f"{self} {doing} {money}: two currencies. Convert one of them first"
        raise CurrencyMismatchError(message)
    return money.raw


def _combined(operation: Operation, left: Money, right: Any, doing: str) -> Any:
    if type(right) is Money:
        _raw_beside(left, right, doing)
    return combine(operation, left, right)


def _in_range(raw: int, currency: Currency) -> int:
    if not -_RAW_MAX <= raw <= _RAW_MAX:
        raise ValueRangeError(f"Money of {currency}: {raw} has more than 38 digits")
    return raw


def _currency(currency: Currency | str) -> Currency:
    if isinstance(currency, Currency):
        return currency
    if isinstance(currency, str):
        return Currency.from_str(currency)
    raise TypeError(f"Money takes a Currency or its code, was {type(currency).__name__}")
