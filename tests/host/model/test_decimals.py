import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import PrecisionError, ValueRangeError
from argosy.model.decimals import (
    ADD,
    DIVIDE,
    FLOOR_DIVIDE,
    MULTIPLY,
    REMAINDER,
    SUBTRACT,
    check_precision,
    combine,
    parse,
    parse_rounded,
    read,
    rounded,
    to_decimal,
    to_int,
    to_text,
    with_separators,
)

WIDE = Context(prec=200)
precisions = st.integers(0, 18)
raws = st.integers(-(10**18) + 1, 10**18 - 1)
decimals = st.decimals(-(10**18), 10**18, allow_nan=False, allow_infinity=False)


@given(raws, precisions)
def test_text_and_decimal_of_a_raw_are_the_same_number(raw: int, precision: int) -> None:
    text, number = to_text(raw, precision), to_decimal(raw, precision)
    assert Decimal(text) == number
    assert number * 10**precision == raw
    assert max(0, -int(Decimal(text).as_tuple().exponent)) == precision
    assert parse("Price", text, None) == (raw, precision)
    assert parse("Price", number, precision) == (raw, precision)


@given(st.integers(), precisions)
def test_text_is_exact_for_a_raw_of_any_size(raw: int, precision: int) -> None:
    with localcontext(WIDE):
        assert Decimal(to_text(raw, precision)) * 10**precision == raw


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", (0, 0)),
        ("-0.00", (0, 2)),
        ("1.50", (150, 2)),
        ("1_000.50", (100050, 2)),
        ("007", (7, 0)),
        ("5.", (5, 0)),
        (".5", (5, 1)),
        ("+1.5", (15, 1)),
        ("-1.5", (-15, 1)),
        (" 1.5 ", (15, 1)),
        ("1e-8", (1, 8)),
        ("2.5E3", (2500, 0)),
        ("999999999999999999", (10**18 - 1, 0)),
        ("0.000000000000000001", (1, 18)),
        ("00000000000000000000.1", (1, 1)),
    ],
)
def test_a_text_has_the_decimals_that_are_written(text: str, expected: tuple[int, int]) -> None:
    assert expected == parse("Price", text, None)


@pytest.mark.parametrize("text", ["", " ", "abc", "1,000.50", "1.2.3", "--1", "0x10", "1 000", "."])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueRangeError, match=r"not a number. Write it like 1_000.50"):
        parse("Price", text, None)


@pytest.mark.parametrize("value", ["NaN", "-inf", float("nan"), float("inf"), Decimal("sNaN")])
def test_what_is_not_finite_is_refused(value: object) -> None:
    with pytest.raises(ValueRangeError, match="not a finite number"):
        parse("Price", value, 2)


@pytest.mark.parametrize("value", [None, True, [], b"1", 1j, object()])
def test_what_is_of_another_type_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="Price takes a str, an int, a Decimal, or a float"):
        parse("Price", value, 2)


def test_an_integer_of_another_library_is_one() -> None:
    numpy = pytest.importorskip("numpy")
    assert parse("Price", numpy.int64(7), 1) == (70, 1)
    assert parse("Price", numpy.float64(0.25), 2) == (25, 2)
    assert type(to_int("Price", numpy.int64(7))) is int


def test_a_float_needs_a_precision() -> None:
    with pytest.raises(PrecisionError, match=r"Price\(1.5\): a float has no decimals of its own"):
        parse("Price", 1.5, None)


@given(st.floats(-(10**12), 10**12), st.integers(0, 5))
def test_a_float_is_rounded_half_to_even_from_its_exact_value(value: float, precision: int) -> None:
    with localcontext(WIDE):
        expected = Decimal(value).quantize(Decimal(1).scaleb(-precision), ROUND_HALF_EVEN)
        assert (int(expected * 10**precision), precision) == parse("Price", value, precision)


@given(decimals, precisions)
def test_no_decimal_is_rounded_or_wrapped(value: Decimal, precision: int) -> None:
    with localcontext(WIDE):
        scaled = value * 10**precision
    try:
        raw, kept = parse("Price", value, precision)
    except PrecisionError:
        assert scaled != scaled.to_integral_value()
    except ValueRangeError:
        assert abs(scaled) >= 10**18
    else:
        assert (raw, kept) == (scaled, precision)
        assert abs(raw) < 10**18


@pytest.mark.parametrize(
    ("value", "precision"),
    [("1.23", 1), ("0.1", 0), ("1e-19", 18), ("1e-9999999", 18), (Decimal("1e-400"), 18)],
)
def test_more_decimals_than_the_precision_are_refused(value: object, precision: int) -> None:
    with pytest.raises(PrecisionError, match=rf"more decimals than precision {precision}\. Round"):
        parse("Price", value, precision)


def test_more_decimals_than_18_are_refused() -> None:
    with pytest.raises(PrecisionError, match="19 decimals, at most 18"):
        parse("Price", "0.0000000000000000001", None)


def test_a_long_row_of_nines_is_not_rounded_up() -> None:
    with pytest.raises(PrecisionError):
        parse("Price", Decimal("0." + "9" * 500), 2)
    assert parse("Price", Decimal("1." + "0" * 500), 2) == (100, 2)


@pytest.mark.parametrize(
    ("value", "precision"),
    [
        ("1000000000000000000", None),
        (10**18, 0),
        (1, 18),
        ("1e99999999", None),
        (Decimal("1e99999999"), 0),
        (1e300, 2),
        (0.9999999999999999999, 18),
    ],
)
def test_more_than_18_digits_are_refused(value: object, precision: int | None) -> None:
    with pytest.raises(ValueRangeError, match=r"more than 18 digits.* Give fewer decimals"):
        parse("Price", value, precision)


@pytest.mark.parametrize("precision", range(19))
def test_no_float_rounds_up_to_19_digits(precision: int) -> None:
    largest = math.nextafter(10.0 ** (18 - precision), 0)
    assert parse("Price", largest, precision)[0] < 10**18


@pytest.mark.parametrize("precision", [-1, 19, 1.0, "2", True, None])
def test_a_precision_is_an_int_from_0_to_18(precision: object) -> None:
    with pytest.raises(PrecisionError, match="Price: precision is 0 to 18"):
        check_precision("Price", precision)


@given(decimals, precisions)
def test_money_rounds_half_away_from_zero(value: Decimal, precision: int) -> None:
    with localcontext(WIDE):
        expected = value.quantize(Decimal(1).scaleb(-precision), ROUND_HALF_UP)
        assert int(expected * 10**precision) == parse_rounded("Money", value, precision)


@pytest.mark.parametrize(
    ("text", "expected"), [("1.005", 101), ("-1.005", -101), ("1.004", 100), ("-0.004", 0)]
)
def test_halves_of_a_cent_go_away_from_zero(text: str, expected: int) -> None:
    assert expected == parse_rounded("Money", text, 2)


def test_money_beyond_every_account_is_refused() -> None:
    with pytest.raises(ValueRangeError, match="more than 38 digits"):
        parse_rounded("Money", "1e99999999", 2)


@given(raws, raws)
def test_products_are_exact_whatever_the_context(left: int, right: int) -> None:
    a, b = to_decimal(left, 9), to_decimal(right, 9)
    with localcontext(Context(prec=3)):
        product, total, difference = (
            combine(operation, a, b) for operation in (MULTIPLY, ADD, SUBTRACT)
        )
    assert to_decimal(left * right, 18) == product
    assert to_decimal(left + right, 9) == total
    assert to_decimal(left - right, 9) == difference


@given(raws, raws.filter(bool))
def test_quotients_follow_decimal(left: int, right: int) -> None:
    a, b = Decimal(left), Decimal(right)
    with localcontext(Context(prec=38)):
        assert a / b == combine(DIVIDE, a, b)
        assert a // b == combine(FLOOR_DIVIDE, a, b)
        assert a % b == combine(REMAINDER, a, b)


def test_a_float_makes_the_result_a_float() -> None:
    assert combine(ADD, Decimal("1.5"), 0.25) == 1.75
    assert type(combine(MULTIPLY, 2.0, Decimal("1.5"))) is float


@pytest.mark.parametrize("other", ["1", None, True, [1]])
def test_what_is_no_number_is_not_implemented(other: object) -> None:
    assert combine(ADD, Decimal(1), other) is NotImplemented
    assert combine(ADD, other, Decimal(1)) is NotImplemented


def test_division_by_zero_raises() -> None:
    with pytest.raises(ZeroDivisionError):
        combine(DIVIDE, Decimal(1), 0)


def test_read_keeps_the_exact_value_of_a_float() -> None:
    assert read("Money", 0.1) == Decimal.from_float(0.1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1000.50", "1_000.50"), ("-1234567", "-1_234_567"), ("-0.5", "-0.5"), ("999", "999")],
)
def test_thousands_are_separated_by_underscores(text: str, expected: str) -> None:
    assert expected == with_separators(text)


def test_rounding_to_digits_is_half_to_even() -> None:
    assert rounded(Decimal("2.5"), None) == 2
    assert str(rounded(Decimal("1.25"), 1)) == "1.2"
    assert rounded(Decimal(1250), -2) == 1200
