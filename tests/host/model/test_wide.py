"""The compiled module against its twin on Python ints, and the twin against Decimal."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
)
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from argosy.errors import PrecisionError, ValueRangeError
from argosy.model import wide
from tests.twins.argosy.model import wide as twin

MIN, MAX = -(2**63), 2**63 - 1
EDGES = st.sampled_from([MIN, MIN + 1, -1, 0, 1, 2, 10**18, MAX - 1, MAX])
i64 = EDGES | st.integers(MIN, MAX) | st.integers(-100, 100)
codes = st.integers(0, 4)
DECIMAL = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_FLOOR, ROUND_CEILING, ROUND_DOWN)


def outcome(function: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return function(*arguments)
    except (ArithmeticError, ValueError) as error:
        return type(error)


@given(i64, i64, i64, codes)
@example(MIN, MIN, -1, 0)
@example(MIN, 1, -1, 0)
@example(MAX, MAX, MAX, 1)
@example(1, 1, 0, 1)
def test_mul_div_answers_as_python_ints(a: int, b: int, c: int, rounding: int) -> None:
    expected = outcome(twin.mul_div_i64, a, b, c, rounding)
    assert expected == outcome(wide.mul_div_i64, a, b, c, rounding)


@given(i64, i64, i64, i64)
@example(MIN, MIN, 1, 1)
@example(MIN, MIN, 2, MAX)
@example(1, 1, 1, 2)
@example(-1, 1, 1, 2)
def test_a_part_of_a_product_is_that_of_python_ints(a: int, b: int, part: int, whole: int) -> None:
    expected = outcome(twin.part_of_product, a, b, part, whole)
    assert expected == outcome(wide.part_of_product, a, b, part, whole)


@given(st.integers(-60, 60), st.integers(-60, 60), st.integers(-12, 12).filter(bool), codes)
def test_small_quotients_round_as_decimal_does(a: int, b: int, c: int, rounding: int) -> None:
    context = Context(prec=60)
    quotient = context.divide(Decimal(a * b), Decimal(c))
    expected = int(quotient.to_integral_value(DECIMAL[rounding]))
    assert expected == twin.mul_div_i64(a, b, c, rounding)
    assert expected == wide.mul_div_i64(a, b, c, rounding)


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        ("HALF_AWAY", [-3, -2, -1, 1, 2, 3]),
        ("HALF_EVEN", [-2, -2, 0, 0, 2, 2]),
        ("FLOOR", [-3, -2, -1, 0, 1, 2]),
        ("CEIL", [-2, -1, 0, 1, 2, 3]),
        ("TRUNC", [-2, -1, 0, 0, 1, 2]),
    ],
)
def test_each_rounding_does_with_halves_what_its_name_says(
    rounding: Any, expected: list[int]
) -> None:
    halves = [-5, -3, -1, 1, 3, 5]
    assert expected == [wide.mul_div(half, 1, 2, rounding) for half in halves]
    assert expected == [wide.mul_div(half, -1, -2, rounding) for half in halves]
    assert expected == [wide.mul_div(-half, 1, -2, rounding) for half in halves]


@given(i64, st.integers(-1, 19), st.integers(-1, 19), codes)
def test_rescale_answers_as_python_ints(raw: int, old: int, new: int, rounding: int) -> None:
    expected = outcome(twin.rescale_i64, raw, old, new, rounding)
    assert expected == outcome(wide.rescale_i64, raw, old, new, rounding)


def test_rescale_keeps_the_number_and_rounds_as_named() -> None:
    assert wide.rescale(12345, 2, 4) == 1234500
    assert wide.rescale(12345, 3, 2) == 1235
    assert wide.rescale(12345, 3, 2, "HALF_EVEN") == 1234
    with pytest.raises(ValueRangeError, match="does not fit into 64 bit"):
        wide.rescale(10**18, 0, 1)


@given(i64, i64, i64, i64)
def test_products_compare_as_python_ints(a: int, b: int, c: int, d: int) -> None:
    assert twin.cmp_products(a, b, c, d) == wide.cmp_products(a, b, c, d)


@given(i64, i64)
def test_a_product_is_the_python_int(a: int, b: int) -> None:
    assert a * b == wide.product(a, b)


@given(st.lists(st.tuples(i64, i64), max_size=6))
@example([(MIN, MIN), (MIN, MIN)])
@example([(MIN, MIN), (MAX, MAX), (MAX, 1), (MAX, 1)])
@example([(MIN, MAX), (MIN, MAX), (MIN, 2)])
def test_a_sum_of_products_is_exact_or_raises(pairs: list[tuple[int, int]]) -> None:
    assert outcome(twin.sum_of_products, pairs) == outcome(wide.sum_of_products, pairs)


def test_powers_of_ten_end_at_18() -> None:
    assert [10**exponent for exponent in range(19)] == [wide.pow10(e) for e in range(19)]
    for exponent in (-1, 19):
        with pytest.raises(PrecisionError, match="is no scale of 64 bit"):
            wide.pow10(exponent)


def test_roundings_have_a_name_and_a_code() -> None:
    codes = [wide.HALF_AWAY, wide.HALF_EVEN, wide.FLOOR, wide.CEIL, wide.TRUNC]
    assert codes == list(range(len(wide.ROUNDINGS)))
    with pytest.raises(ValueRangeError, match="no rounding 'UP'"):
        wide.mul_div(1, 1, 1, "UP")  # type: ignore[arg-type]
    with pytest.raises(ValueRangeError, match="no rounding 5"):
        wide.mul_div_i64(1, 1, 1, 5)


def test_what_is_no_64_bit_integer_is_refused() -> None:
    with pytest.raises(OverflowError):
        wide.product(2**63, 1)
