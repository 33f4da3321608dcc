from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import ValueRangeError
from argosy.model.instruments.rounding import (
    divide_half_away,
    divide_half_even,
    to_decimal,
    to_raw,
)
from argosy.model.values import Price, Quantity

LARGE = st.integers(-(10**40), 10**40)


def test_a_float_is_what_it_prints() -> None:
    assert Decimal("0.1") == to_decimal(0.1)
    assert Decimal("1.015") == to_decimal(1.015)


def test_values_are_what_they_are() -> None:
    assert [Decimal("1.50")] * 4 == [
        to_decimal(each) for each in (Price("1.50"), Quantity("1.50"), "1.50", Decimal("1.5"))
    ]


@pytest.mark.parametrize("value", ["x", float("inf"), "nan"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValueRangeError):
        to_decimal(value)


def test_the_rounding_can_be_named() -> None:
    assert (1, 2, 2) == (
        to_raw("0.15", 1, ROUND_FLOOR),
        to_raw("0.11", 1, ROUND_CEILING),
        to_raw("0.15", 1),
    )


@given(LARGE, st.integers(1, 10**30))
def test_half_even_is_that_of_fractions(numerator: int, denominator: int) -> None:
    assert round(Fraction(numerator, denominator)) == divide_half_even(numerator, denominator)


@given(LARGE, st.integers(1, 10**30), st.booleans())
def test_half_away_is_symmetric(numerator: int, denominator: int, flip: bool) -> None:  # noqa: FBT001
    divisor = -denominator if flip else denominator
    exact = abs(Fraction(numerator, divisor))
    found = divide_half_away(numerator, divisor)
    assert int(exact + Fraction(1, 2)) == abs(found)
    assert found == 0 or (found < 0) == (Fraction(numerator, divisor) < 0)
