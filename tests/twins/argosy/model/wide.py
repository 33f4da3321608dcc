"""Reference twin of wide.pyx on plain Python ints: what it must answer, and pure mode's source."""

from argosy.errors import PrecisionError, ValueRangeError

HALF_AWAY, HALF_EVEN, FLOOR, CEIL, TRUNC = range(5)
ROUNDINGS = ("HALF_AWAY", "HALF_EVEN", "FLOOR", "CEIL", "TRUNC")


def mul_div_i64(a, b, c, rounding):
    _check_i64(a, b, c)
    if not 0 <= rounding < len(ROUNDINGS):
        raise ValueRangeError(f"no rounding {rounding}")
    if c == 0:
        raise ZeroDivisionError(f"{a} * {b} / 0")
    result = _divide(a * b, c, ROUNDINGS[rounding])
    if not -(2**63) <= result < 2**63:
        raise ValueRangeError(f"{a} * {b} / {c} does not fit into 64 bit")
    return result


def part_of_product(a, b, part, whole):
    _check_i64(a, b, part, whole)
    amount = a * b * part
    result = _divide(amount, whole, "HALF_AWAY") if whole > 0 else 0
    if whole <= 0 or not -(2**127) <= amount < 2**127 or not -(2**63) <= result < 2**63:
        raise ValueRangeError(f"{a} * {b} * {part} / {whole} does not fit")
    return result


def rescale_i64(raw, from_precision, to_precision, rounding):
    if to_precision >= from_precision:
        return mul_div_i64(raw, pow10(to_precision - from_precision), 1, rounding)
    return mul_div_i64(raw, 1, pow10(from_precision - to_precision), rounding)


def cmp_products(a, b, c, d):
    _check_i64(a, b, c, d)
    return (a * b > c * d) - (a * b < c * d)


def product(a, b):
    _check_i64(a, b)
    return a * b


def pow10(exponent):
    if not 0 <= exponent <= 18:
        raise PrecisionError(f"10**{exponent} is no scale of 64 bit")
    return 10**exponent


def mul_div(a, b, c, rounding="HALF_AWAY"):
    return mul_div_i64(a, b, c, _rounding(rounding))


def rescale(raw, from_precision, to_precision, rounding="HALF_AWAY"):
    return rescale_i64(raw, from_precision, to_precision, _rounding(rounding))


def sum_of_products(pairs):
    total = 0
    for a, b in pairs:
        _check_i64(a, b)
        total += a * b
        if not -(2**127) <= total < 2**127:
            raise ValueRangeError("the sum does not fit into 128 bit")
    return total


def _rounding(name):
    if name not in ROUNDINGS:
        raise ValueRangeError(f"no rounding {name!r}")
    return ROUNDINGS.index(name)


def _check_i64(*values):
    for value in values:
        if not -(2**63) <= value < 2**63:
            raise OverflowError(f"{value} does not fit into 64 bit")


def _divide(numerator, denominator, rounding):
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    floor, rest = divmod(numerator, denominator)
    if rest == 0 or rounding == "FLOOR":
        return floor
    if rounding == "CEIL":
        return floor + 1
    if rounding == "TRUNC":
        return floor if numerator > 0 else floor + 1
    if 2 * rest != denominator:
        return floor + (2 * rest > denominator)
    if rounding == "HALF_EVEN":
        return floor + floor % 2
    return floor + 1 if numerator > 0 else floor
