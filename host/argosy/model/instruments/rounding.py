"""Numbers as users give them, made integers at a precision."""

from decimal import ROUND_HALF_EVEN, Context, Decimal

from argosy.model.decimals import read
from argosy.model.values import Price, Quantity

Number = int | float | str | Decimal | Price | Quantity

# Wide enough for every digit of a float; never the caller's context.
_EXACT = Context(prec=1_200, rounding=ROUND_HALF_EVEN)


def to_decimal(value: Number) -> Decimal:
    """Return the decimal that a user means: of a float, the shortest that gives the same float.

    Raises
    ------
    ValueRangeError : no number, NaN or infinity
    """
    if isinstance(value, Price | Quantity):
        return value.as_decimal()
    # Not repr: that of a numpy float names its type.
    return read("a number", float.__repr__(value) if isinstance(value, float) else value)


def to_raw(value: Number, precision: int, rounding: str = ROUND_HALF_EVEN) -> int:
    """Return value x 10^precision, rounded to an integer."""
    scaled = to_decimal(value).scaleb(precision, _EXACT)
    return int(scaled.to_integral_value(rounding, _EXACT))


def divide_half_even(numerator: int, denominator: int) -> int:
    """Return the quotient, ties to the even neighbour; the denominator is above zero."""
    quotient, rest = divmod(numerator, denominator)
    return quotient + (2 * rest > denominator or (2 * rest == denominator and quotient & 1))


def divide_half_away(numerator: int, denominator: int) -> int:
    """Return the quotient, ties away from zero: how money rounds; the denominator is not zero."""
    size, rest = divmod(abs(numerator), abs(denominator))
    size += 2 * rest >= abs(denominator)
    return size if (numerator < 0) == (denominator < 0) else -size
