"""Averages as they are printed, half to even. The only place that divides prices.

They have four decimals more than what they are averages of, at least 10 and at most 18.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal

from argosy.errors import ValueRangeError
from argosy.model.powers import ten_to
from argosy.model.values import RAW_MAX, Price, price_from_raw
from argosy.model.wide import mul_div_i64, pow10

LEAST_DECIMALS = 10
MOST_DECIMALS = 18
_MORE = 4
_RAW_MAX = RAW_MAX
_LARGEST = RAW_MAX
_SMALLEST = -RAW_MAX
_HALF_EVEN = 1
_UNIT = Decimal(1).scaleb(-LEAST_DECIMALS)
# Wide enough for a sum of products of two 18-digit numbers; never the caller's context.
_WIDE = Context(prec=200, rounding=ROUND_HALF_EVEN)


def decimals_of(precision: int) -> int:
    """Return the decimals of an average of numbers that have so many."""
    return min(max(precision + _MORE, LEAST_DECIMALS), MOST_DECIMALS)


def ratio(numerator: int, denominator: int, decimals: int = LEAST_DECIMALS) -> Decimal:
    """Return the quotient with so many decimals, half even."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    return Decimal(half_even(numerator * 10**decimals, denominator)).scaleb(-decimals, _WIDE)


def quotient(numerator: Decimal, denominator: Decimal) -> Decimal:
    """Return `ratio` of two decimals."""
    return _WIDE.divide(numerator, denominator).quantize(_UNIT, context=_WIDE)


def mean_price(cost: int, quantity: int, precision: int, decimals: int) -> Price:
    """Return cost / quantity as a price; with fewer decimals where 18 digits do not hold them.

    Parameters
    ----------
    cost : sum of raw price x raw quantity
    quantity : sum of the raw quantities (> 0)
    precision : decimals of the raw prices
    decimals : of the average
    """
    if precision <= decimals and _SMALLEST < cost < _LARGEST and quantity < _LARGEST:
        try:
            raw = mul_div_i64(cost, pow10(decimals - precision), quantity, _HALF_EVEN)
            if -_RAW_MAX <= raw <= _RAW_MAX:
                return price_from_raw(raw, decimals)
        except ValueRangeError:
            pass  # the quotient has more than 64 bit
    return price_of(cost, quantity * ten_to(precision), decimals)


def price_of(numerator: int, denominator: int, decimals: int) -> Price:
    """Return a quotient of any size as a price, with as many of these decimals as fit."""
    while True:
        raw = half_even(numerator * ten_to(decimals), denominator)
        if _SMALLEST <= raw <= _LARGEST:
            return price_from_raw(raw, decimals)
        decimals -= 1


def half_even(numerator: int, denominator: int) -> int:
    """Return the quotient, half even; the denominator is above zero."""
    whole, rest = divmod(numerator, denominator)
    rest *= 2
    if rest > denominator or (rest == denominator and whole % 2):
        whole += 1
    return whole
