"""Plain twin of runs: only the middle is needed, since the plain market takes row by row."""

from argosy.errors import DataError


def middle(a: int, b: int, precision: int) -> int:
    if precision < 18:
        if abs(a + b) * 5 >= 10**18:
            raise DataError(
                f"the middle of {a} and {b} (raw) has more than 18 digits with one more decimal",
                cure="Build BID or ASK bars, or give the instrument fewer decimals",
            )
        return (a + b) * 5
    half, odd = divmod(a + b, 2)
    return half + (odd and half % 2)
