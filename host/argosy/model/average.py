"""Averages as they are printed: 10 decimals, half to even. The only place that divides prices."""

from decimal import ROUND_HALF_EVEN, Context, Decimal

from argosy.errors import ValueRangeError
from argosy.model.powers import ten_to
from argosy.model.values import RAW_MAX, Price, price_from_raw
from argosy.model.wide import mul_div_i64, pow10

DECIMALS = 10
_DECIMALS = DECIMALS
_RAW_MAX = RAW_MAX
_LARGEST = RAW_MAX
_SMALLEST = -RAW_MAX
_HALF_EVEN = 1
_UNIT = Decimal(1).scaleb(-DECIMALS)
# Wide enough for a sum of products of two 18-digit numbers; never the caller's context.
_WIDE = Context(prec=200, rounding=ROUND_HALF_EVEN)


def ratio(numerator: int, denominator: int) -> Decimal:
    """Return the quotient with 10 decimals, half even."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    raw = _half_even(numerator * 10**DECIMALS, denominator)
    return _WIDE.multiply(Decimal(raw), _UNIT)


def quotient(numerator: Decimal, denominator: Decimal) -> Decimal:
    """Return `ratio` of two decimals."""
    return _WIDE.divide(numerator, denominator).quantize(_UNIT, context=_WIDE)


def average(cost: int, quantity: int, precision: int) -> Decimal:
    """Return the mean price of a cost, with 10 decimals, half even.

    Parameters
    ----------
    cost : sum of raw price x raw quantity
    quantity : sum of the raw quantities (> 0)
    precision : decimals of the raw prices
    """
    return ratio(cost, quantity * ten_to(precision))


def mean_price(cost: int, quantity: int, precision: int) -> Price:
    """Return `average` as a price; with fewer decimals where 18 digits do not hold ten."""
    if precision <= _DECIMALS and _SMALLEST < cost < _LARGEST and quantity < _LARGEST:
        try:
            raw = mul_div_i64(cost, pow10(_DECIMALS - precision), quantity, _HALF_EVEN)
            if -_RAW_MAX <= raw <= _RAW_MAX:
                return price_from_raw(raw, _DECIMALS)
        except ValueRangeError:
            pass  # the quotient has more than 64 bit
    return _long_mean_price(cost, quantity, precision)


def _long_mean_price(cost: int, quantity: int, precision: int) -> Price:
    """Do it with numbers of any size, and as many decimals as fit."""
    decimals = DECIMALS
    while True:
        if decimals >= precision:
            raw = _half_even(cost * ten_to(decimals - precision), quantity)
        else:
            raw = _half_even(cost, quantity * ten_to(precision - decimals))
        if _SMALLEST <= raw <= _LARGEST:
            return price_from_raw(raw, decimals)
        decimals -= 1


def _half_even(numerator: int, denominator: int) -> int:
    whole, rest = divmod(numerator, denominator)
    rest *= 2
    if rest > denominator or (rest == denominator and whole % 2):
        whole += 1
    return whole
