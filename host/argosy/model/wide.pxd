"""Products of int64 that need 128 bit: the one place that writes such arithmetic.

The `cpdef` names are what most callers want: exact, with a named rounding, raising where the result
does not fit. They and the roundings exist in Python too, so a module with a .pxd reads the same
uncompiled: `from argosy.model import wide` in the .py, `from argosy.model cimport wide` in the .pxd.
The `wide_` names are inline C for loops. `Wide` is a running sum of products, held by value.
"""

from libc.stdint cimport int64_t, uint64_t

cdef extern from *:
    """
    #ifndef ARGOSY_WIDE
    #define ARGOSY_WIDE
    #include <stdint.h>
    typedef __int128 argosy_i128;
    typedef unsigned __int128 argosy_u128;
    typedef struct { uint64_t lo; int64_t hi; } argosy_wide;

    /* In the order of the roundings below. */
    enum { ARGOSY_HALF_AWAY, ARGOSY_HALF_EVEN, ARGOSY_FLOOR, ARGOSY_CEIL, ARGOSY_TRUNC };

    #ifdef __GNUC__
    __attribute__((unused))  /* many modules see this file and need only a part of it */
    #endif
    static const int64_t argosy_pow10[19] = {
        1LL, 10LL, 100LL, 1000LL, 10000LL, 100000LL, 1000000LL, 10000000LL, 100000000LL,
        1000000000LL, 10000000000LL, 100000000000LL, 1000000000000LL, 10000000000000LL, 100000000000000LL,
        1000000000000000LL, 10000000000000000LL, 100000000000000000LL, 1000000000000000000LL
    };

    static inline argosy_i128 argosy_join(argosy_wide w) {
        return (argosy_i128)(((argosy_u128)(uint64_t)w.hi << 64) | w.lo);
    }
    static inline argosy_wide argosy_part(argosy_i128 x) {
        argosy_wide w;
        w.lo = (uint64_t)x;
        w.hi = (int64_t)((argosy_u128)x >> 64);
        return w;
    }
    static inline argosy_wide wide_zero(void) { argosy_wide w = {0, 0}; return w; }
    static inline argosy_wide wide_mul(int64_t a, int64_t b) {
        return argosy_part((argosy_i128)a * b);
    }
    static inline int wide_add(argosy_wide a, argosy_wide b, argosy_wide *out) {
        argosy_i128 sum;
        if (__builtin_add_overflow(argosy_join(a), argosy_join(b), &sum)) return 0;
        *out = argosy_part(sum);
        return 1;
    }
    static inline int wide_cmp(argosy_wide a, argosy_wide b) {
        argosy_i128 x = argosy_join(a), y = argosy_join(b);
        return (x > y) - (x < y);
    }
    /* n / d, d not 0: C cuts towards zero, the rounding may add one away from zero. */
    static inline argosy_i128 argosy_round(argosy_i128 n, argosy_i128 d, int rounding) {
        argosy_i128 q = n / d, r = n % d;
        int negative = (n < 0) != (d < 0), away = 0;
        argosy_u128 rest, whole, gap;
        if (r == 0) return q;
        rest = r < 0 ? -(argosy_u128)r : (argosy_u128)r;
        whole = d < 0 ? -(argosy_u128)d : (argosy_u128)d;
        gap = whole - rest;
        switch (rounding) {
            case ARGOSY_HALF_AWAY: away = rest >= gap; break;
            case ARGOSY_HALF_EVEN: away = rest > gap || (rest == gap && (q & 1)); break;
            case ARGOSY_FLOOR: away = negative; break;
            case ARGOSY_CEIL: away = !negative; break;
            default: break;
        }
        return away ? (negative ? q - 1 : q + 1) : q;
    }
    /* x / d, rounded. 1: done, 0: too large, -1: d is 0. */
    static inline int wide_div(argosy_wide x, int64_t d, int rounding, int64_t *out) {
        argosy_i128 n = argosy_join(x), q;
        if (d == 0) return -1;
        if (d == -1 && n == (argosy_i128)((argosy_u128)1 << 127)) return 0;
        q = argosy_round(n, d, rounding);
        *out = (int64_t)q;
        return q >= INT64_MIN && q <= INT64_MAX;
    }
    /* a * b / d, rounded; the same answers. */
    static inline int wide_mul_div(int64_t a, int64_t b, int64_t d, int rounding, int64_t *out) {
        return wide_div(wide_mul(a, b), d, rounding, out);
    }
    /* a * b * part / d, ties away from zero, d > 0. 1: done, 0: too large on the way or at its end. */
    static inline int wide_part(int64_t a, int64_t b, int64_t part, int64_t d, int64_t *out) {
        argosy_i128 n, q;
        if (__builtin_mul_overflow((argosy_i128)a * b, (argosy_i128)part, &n)) return 0;
        q = argosy_round(n, d, ARGOSY_HALF_AWAY);
        *out = (int64_t)q;
        return q >= INT64_MIN && q <= INT64_MAX;
    }
    #endif
    """
    ctypedef struct Wide "argosy_wide":
        uint64_t lo  # the low 64 bits
        int64_t hi   # the high 64 bits, with the sign

    const int64_t POW10 "argosy_pow10"[19]  # 10**0 to 10**18

    Wide wide_zero() noexcept nogil
    Wide wide_mul(int64_t a, int64_t b) noexcept nogil
    int wide_cmp(Wide a, Wide b) noexcept nogil  # -1, 0, 1
    # 1, or 0 where 128 bit do not hold the sum; *out is then untouched.
    int wide_add(Wide a, Wide b, Wide *out) noexcept nogil
    # 1, 0 where int64 does not hold the quotient, -1 where the divisor is 0.
    int wide_div(Wide x, int64_t d, int rounding, int64_t *out) noexcept nogil
    int wide_mul_div(int64_t a, int64_t b, int64_t d, int rounding, int64_t *out) noexcept nogil
    # 1, 0 where 128 bit do not hold the product, or int64 the quotient.
    int wide_part(int64_t a, int64_t b, int64_t part, int64_t d, int64_t *out) noexcept nogil

cpdef enum:
    HALF_AWAY = 0  # ties away from zero: money
    HALF_EVEN = 1  # ties to the even neighbour: printed averages
    FLOOR = 2      # towards minus infinity
    CEIL = 3       # towards plus infinity
    TRUNC = 4      # towards zero

cpdef int64_t mul_div_i64(int64_t a, int64_t b, int64_t c, int rounding) except? -1  # a * b / c
cpdef int64_t part_of_product(
    int64_t a, int64_t b, int64_t part, int64_t whole
) except? -1  # a * b * part / whole, ties away from zero
cpdef int64_t rescale_i64(
    int64_t raw, int from_precision, int to_precision, int rounding
) except? -1
cpdef int cmp_products(int64_t a, int64_t b, int64_t c, int64_t d) except -2  # sign of a*b - c*d
cpdef object product(int64_t a, int64_t b)  # a * b, a Python int of any size
cpdef int64_t pow10(int exponent) except -1  # exponent 0 to 18

cdef object wide_to_int(Wide x)
