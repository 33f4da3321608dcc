"""Exact products and quotients of 64-bit integers, through 128 bit and with a named rounding."""

from cpython.long cimport PyLong_FromLongLong
from libc.stdint cimport INT64_MAX, int64_t, uint64_t

from argosy.errors import PrecisionError, ValueRangeError

ROUNDINGS = ("HALF_AWAY", "HALF_EVEN", "FLOOR", "CEIL", "TRUNC")


cpdef int64_t mul_div_i64(int64_t a, int64_t b, int64_t c, int rounding) except? -1:
    """Return a * b / c, rounded."""
    cdef int64_t result = 0
    cdef int answer
    if not HALF_AWAY <= rounding <= TRUNC:
        raise ValueRangeError(f"no rounding {rounding}; there are {', '.join(ROUNDINGS)}, from 0")
    answer = wide_mul_div(a, b, c, rounding, &result)
    if answer == 1:
        return result
    if answer == 0:
        raise ValueRangeError(f"{a} * {b} / {c} does not fit into 64 bit")
    raise ZeroDivisionError(f"{a} * {b} / 0")


cpdef int64_t part_of_product(int64_t a, int64_t b, int64_t part, int64_t whole) except? -1:
    """Return a * b * part / whole, ties away from zero; what is too wide raises ValueRangeError."""
    cdef int64_t result = 0
    if whole <= 0 or not wide_part(a, b, part, whole, &result):
        raise ValueRangeError(f"{a} * {b} * {part} / {whole} does not fit")
    return result


cpdef int64_t rescale_i64(
    int64_t raw, int from_precision, int to_precision, int rounding
) except? -1:
    """Return the raw integer of the same number at another precision, rounded."""
    if to_precision >= from_precision:
        return mul_div_i64(raw, pow10(to_precision - from_precision), 1, rounding)
    return mul_div_i64(raw, 1, pow10(from_precision - to_precision), rounding)


cpdef int cmp_products(int64_t a, int64_t b, int64_t c, int64_t d) except -2:
    """Return the sign of a * b - c * d."""
    return wide_cmp(wide_mul(a, b), wide_mul(c, d))


cpdef object product(int64_t a, int64_t b):
    """Return a * b, whatever its size."""
    return wide_to_int(wide_mul(a, b))


cpdef int64_t pow10(int exponent) except -1:
    """Return 10**exponent, for an exponent from 0 to 18."""
    if not 0 <= exponent <= 18:
        raise PrecisionError(f"10**{exponent} is no scale of 64 bit: exponents are 0 to 18")
    return POW10[exponent]


cdef object wide_to_int(Wide x):
    if (x.hi == 0 and x.lo <= <uint64_t>INT64_MAX) or (x.hi == -1 and x.lo > <uint64_t>INT64_MAX):
        return PyLong_FromLongLong(<int64_t>x.lo)
    return ((<object>x.hi) << 64) | x.lo


def mul_div(a, b, c, rounding="HALF_AWAY"):
    """Return a * b / c, rounded as named.

    Parameters
    ----------
    a, b, c : int64
    rounding : one of `ROUNDINGS`

    Raises
    ------
    ValueRangeError : the result does not fit into 64 bit
    ZeroDivisionError : c is 0
    """
    return mul_div_i64(a, b, c, _rounding(rounding))


def rescale(raw, from_precision, to_precision, rounding="HALF_AWAY"):
    """Return the raw integer of the same number at another precision, rounded as named."""
    return rescale_i64(raw, from_precision, to_precision, _rounding(rounding))


def sum_of_products(pairs):
    """Return the sum of a * b over pairs of int64; it must fit into 128 bit."""
    cdef Wide total = wide_zero()
    cdef int64_t a, b
    for a, b in pairs:
        if not wide_add(total, wide_mul(a, b), &total):
            raise ValueRangeError("the sum does not fit into 128 bit")
    return wide_to_int(total)


cdef int _rounding(object name) except -1:
    if name not in ROUNDINGS:
        raise ValueRangeError(f"no rounding {name!r}; there are {', '.join(ROUNDINGS)}")
    return ROUNDINGS.index(name)
