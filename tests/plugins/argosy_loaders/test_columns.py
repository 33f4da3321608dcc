"""Text to exact values, and the row of a value that is wrong."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.model.enums import AggressorSide
from argosy_loaders.columns import (
    BadValue,
    codes,
    decimals,
    plain,
    rounded_decimals,
)

PRECISE = st.decimals(-(10**9), 10**9, places=6)


def text(*values: str) -> Any:
    return pa.array(values, pa.string())


@given(st.lists(PRECISE, min_size=1))
def test_decimals_are_exact(numbers: list[Decimal]) -> None:
    column = text(*(f"{number:f}" for number in numbers))
    assert numbers == decimals(column, 6).to_pylist()


@pytest.mark.parametrize(
    ("value", "expected"),
    [(" 1.5 ", "1.50000"), ("+2", "2.00000"), ("1e-5", "0.00001"), ("1.500000", "1.50000")],
)
def test_spellings_of_numbers(value: str, expected: str) -> None:
    assert [Decimal(expected)] == decimals(text(value), 5).to_pylist()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "the value is missing"),
        ("NaN", "'NaN' is no finite number"),
        ("inf", "'inf' is no finite number"),
        ("-Infinity", "'-Infinity' is no finite number"),
        ("1,5", "'1,5' is no finite number"),
        ("0x10", "'0x10' is no finite number"),
        ("1.234567", "1.234567 has 6 decimals, the precision is 5"),
        ("1e-6", "1e-6 has 6 decimals, the precision is 5"),
        ("12345678901234.5", "12345678901234.5 has more than 18 digits"),
        ("1e99999999999", "1e99999999999 has more than 18 digits"),
        ("1e-99999999999", "1e-99999999999 has 99999999999 decimals, the precision is 5"),
        ("\u0661", "'\u0661' is no finite number"),
    ],
)
def test_what_is_no_decimal_is_told_with_its_row(value: str, message: str) -> None:
    with pytest.raises(BadValue) as caught:
        decimals(text("1", "2", value, "3"), 5)
    assert (2, message) == (caught.value.row, caught.value.message)


@given(PRECISE, st.sampled_from(["half_even", "half_away"]), st.integers(0, 6))
def test_rounding_is_that_of_decimals(number: Decimal, rounding: str, precision: int) -> None:
    mode = ROUND_HALF_EVEN if rounding == "half_even" else ROUND_HALF_UP
    expected = number.quantize(Decimal(1).scaleb(-precision), mode)
    assert [expected] == rounded_decimals(
        text(f"{number:f}"), precision, rounding=rounding
    ).to_pylist()


def test_prices_are_scaled_exactly_before_they_are_rounded() -> None:
    found = rounded_decimals(
        text("132.06", "130.31"),
        4,
        rounding="half_even",
        scale=(text("4.186662803811", "4.186662803811"), text("130.31", "130.31")),
    )
    exact = Decimal("132.06") * Decimal("4.186662803811") / Decimal("130.31")
    assert [round(exact, 4), Decimal("4.1867")] == found.to_pylist()


@pytest.mark.parametrize(
    ("value", "divisor", "message"),
    [
        ("x", "1", "'x' is no finite number"),
        ("1e-99999999999", "1", "has 99999999999 decimals"),
        ("1e99999999999", "1", "more than 18 digits"),
        ("1", "0", "the column to divide by is 0"),
        ("1", "0.0000000000000000001", "more than 18 digits"),
    ],
)
def test_scaling_names_the_bad_row(value: str, divisor: str, message: str) -> None:
    with pytest.raises(BadValue) as caught:
        rounded_decimals(
            text("1", value), 4, rounding="half_even", scale=(text("1", "1"), text("1", divisor))
        )
    assert 1 == caught.value.row
    assert message in caught.value.message


def test_codes_are_spelled_as_the_file_spells_them() -> None:
    words = {"b": "BUYER", "s": "SELLER"}
    found = codes(text("b", "s", "b", "buyer", "NO_AGGRESSOR"), AggressorSide, words)
    assert [1, 2, 1, 1, 0] == found.to_pylist()
    with pytest.raises(BadValue) as caught:
        codes(text("b", "x"), AggressorSide, words)
    assert (1, "'x' is none of NO_AGGRESSOR, BUYER, SELLER") == (
        caught.value.row,
        caught.value.message,
    )


def test_plain_values_are_never_missing() -> None:
    assert [1, 2**64 - 1] == plain(text("1", "18446744073709551615"), pa.uint64()).to_pylist()
    assert [True, False] == plain(text("true", "0"), pa.bool_()).to_pylist()
    for values, kind in [(("1", "-1"), pa.uint64()), (("a", ""), pa.string())]:
        with pytest.raises(BadValue) as caught:
            plain(text(*values), kind)
        assert 1 == caught.value.row
