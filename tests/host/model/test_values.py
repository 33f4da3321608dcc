import copy
import operator
import pickle
from collections.abc import Callable
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import PrecisionError, ValueRangeError
from argosy.model.values import (
    MAX_PRECISION,
    RAW_MAX,
    Price,
    Quantity,
    price_from_raw,
    quantity_from_raw,
)
from tests.pure import is_pure, run_compiled, run_pure

Value = Price | Quantity

WIDE = Context(prec=200)
KINDS = [Price, Quantity]
ORDER = [operator.lt, operator.le, operator.eq, operator.ne, operator.gt, operator.ge]

edges = st.sampled_from([0, 1, 9, 10, 2**53, 2**53 + 1, RAW_MAX - 1, RAW_MAX])
sizes = edges | st.integers(0, RAW_MAX) | st.integers(0, 1000)
raws = sizes | sizes.map(operator.neg)
precisions = st.integers(0, MAX_PRECISION)
prices = st.builds(Price.from_raw, raws, precisions)
quantities = st.builds(Quantity.from_raw, sizes, precisions)
values = prices | quantities
# Pairs of one kind, many of them equal in value and not in precision.
small = st.builds(Price.from_raw, st.integers(-20, 20).map(lambda n: n * 10), st.integers(0, 3))
pairs = st.tuples(prices, prices) | st.tuples(quantities, quantities) | st.tuples(small, small)


def fits(number: Decimal, precision: int) -> bool:
    with localcontext(WIDE):
        return abs(number * 10**precision) <= RAW_MAX


@given(values)
def test_the_text_of_a_value_gives_it_back(value: Value) -> None:
    again = type(value).from_str(str(value))
    assert (value.raw, value.precision) == (again.raw, again.precision)
    assert repr(value) == f"{type(value).__name__}('{value}')"
    assert Decimal(str(value)) == value.as_decimal()


@given(values)
def test_a_value_survives_pickle_copy_and_decimal(value: Value) -> None:
    kind = type(value)
    copies = [pickle.loads(pickle.dumps(value, protocol)) for protocol in range(2, 6)]
    copies += [copy.copy(value), copy.deepcopy(value), kind(value.as_decimal(), value.precision)]
    for again in copies:
        assert type(again) is kind
        assert (value.raw, value.precision) == (again.raw, again.precision)


@given(pairs)
def test_values_compare_as_their_decimals(pair: tuple[Value, Value]) -> None:
    a, b = pair
    expected = [compare(a.as_decimal(), b.as_decimal()) for compare in ORDER]
    assert expected == [compare(a, b) for compare in ORDER]


@given(pairs)
def test_equal_values_have_equal_hashes(pair: tuple[Value, Value]) -> None:
    a, b = pair
    if a == b:
        assert hash(a) == hash(b)


@given(values)
def test_a_value_equals_and_hashes_as_the_number_that_it_is(value: Value) -> None:
    number = value.as_decimal()
    assert value == number
    assert number == value
    assert hash(number) == hash(value)
    assert hash(Fraction(number)) == hash(value)
    if value.precision == 0:
        assert value == value.raw
        assert hash(value.raw) == hash(value)


@pytest.mark.parametrize("kind", KINDS)
def test_precision_does_not_matter_to_equality(kind: type[Value]) -> None:
    assert kind("1.23") == kind("1.230")
    assert len({kind("1.23"), kind("1.230"), Decimal("1.23")}) == 1


@given(pairs, st.sampled_from([operator.add, operator.sub]))
def test_sums_are_exact_or_raise(
    pair: tuple[Value, Value], operation: Callable[[Any, Any], Any]
) -> None:
    a, b = pair
    with localcontext(WIDE):
        expected = operation(a.as_decimal(), b.as_decimal())
    precision = max(a.precision, b.precision)
    if fits(expected, precision) and (expected >= 0 or type(a) is Price):
        total = operation(a, b)
        assert type(total) is type(a)
        assert (expected, precision) == (total.as_decimal(), total.precision)
    else:
        with pytest.raises(ValueRangeError):
            operation(a, b)


def test_a_sum_whose_parts_cancel_may_pass_through_large_numbers() -> None:
    total = Price(10**17) + Price("-99999999999999999.9")
    assert (str(total), total.precision) == ("0.1", 1)


OPERATIONS = [operator.mul, operator.truediv, operator.floordiv, operator.mod]


@given(values, values, st.sampled_from(OPERATIONS))
def test_products_and_quotients_are_decimals(
    a: Value, b: Value, operation: Callable[[Any, Any], Any]
) -> None:
    if operation is not operator.mul and b.raw == 0:
        with pytest.raises(ArithmeticError):
            operation(a, b)
        return
    result = operation(a, b)
    assert type(result) is Decimal
    with localcontext(Context(prec=38 if operation is operator.truediv else 200)):
        assert operation(a.as_decimal(), b.as_decimal()) == result


@pytest.mark.parametrize("operation", [operator.add, operator.sub, *OPERATIONS])
@pytest.mark.parametrize("other", [3, Decimal("0.7")])
@pytest.mark.parametrize("value", [Price("2.50"), Quantity("2.50")])
def test_arithmetic_with_an_exact_number_is_exact(
    value: Value, other: int | Decimal, operation: Callable[[Any, Any], Any]
) -> None:
    number = value.as_decimal()
    with localcontext(Context(prec=38)):
        assert operation(number, other) == operation(value, other)
        assert operation(other, number) == operation(other, value)
    assert type(operation(value, other)) is type(operation(other, value)) is Decimal


@pytest.mark.parametrize("operation", [operator.add, operator.sub, *OPERATIONS])
@pytest.mark.parametrize("value", [Price("2.50"), Quantity("2.50")])
def test_arithmetic_with_a_float_is_a_float(
    value: Value, operation: Callable[[Any, Any], Any]
) -> None:
    assert operation(2.5, 0.75) == operation(value, 0.75)
    assert operation(0.75, 2.5) == operation(0.75, value)
    assert type(operation(value, 0.75)) is type(operation(0.75, value)) is float


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.lt, operator.ge])
def test_prices_and_quantities_do_not_mix(operation: Callable[[Any, Any], Any]) -> None:
    with pytest.raises(TypeError):
        operation(Price("1.0"), Quantity("1.0"))
    with pytest.raises(TypeError):
        operation(Quantity("1.0"), Price("1.0"))
    assert Price("1.0") != Quantity("1.0")


@pytest.mark.parametrize("other", ["1", None, True, [1]])
@pytest.mark.parametrize("operation", [operator.add, operator.mul, operator.mod])
def test_what_is_no_number_is_a_type_error(
    other: object, operation: Callable[[Any, Any], Any]
) -> None:
    with pytest.raises(TypeError):
        operation(Price("1.0"), other)
    with pytest.raises(TypeError):
        operation(other, Quantity("1.0"))


def test_values_are_ordered_among_numbers() -> None:
    assert Price("1.5") > 1
    assert Price("1.5") >= Decimal("1.5")
    assert Quantity("1.5") < 1.75
    assert Price("1.5") <= 1.5 == Quantity("1.5")
    assert Price("1.5") != "1.5"
    with pytest.raises(TypeError):
        _ = Price("1.5") < "2"


@given(prices)
def test_signs(price: Price) -> None:
    assert str(-price) == str(Price.zero(price.precision) - price)
    assert +price is price
    assert abs(price) == abs(price.as_decimal())
    assert type(abs(price)) is type(-price) is Price


@given(quantities)
def test_the_negative_of_a_quantity_is_a_decimal(quantity: Quantity) -> None:
    assert -quantity == -quantity.as_decimal()
    assert type(-quantity) is Decimal
    assert +quantity is abs(quantity) is quantity


@given(values)
def test_a_value_converts_as_its_decimal_does(value: Value) -> None:
    number = value.as_decimal()
    assert int(number) == int(value)
    assert float(number) == float(value) == value.as_double()
    assert bool(number) == bool(value)


def test_rounding_gives_a_decimal() -> None:
    assert str(round(Price("2.50"))) == "2"
    assert str(round(Price("2.675"), 2)) == "2.68"
    assert type(round(Quantity("2.50"))) is Decimal


def test_a_value_formats_like_its_text_or_as_a_number() -> None:
    price = Price("1234.50")
    assert f"{price}" == "1234.50"
    assert f"{price:.1f} {price:,.3f} {price:>8.0f}" == "1234.5 1,234.500     1234"
    assert price.to_formatted_str() == "1_234.50"


@pytest.mark.parametrize("kind", KINDS)
def test_the_ways_to_make_a_value(kind: type[Value]) -> None:
    assert str(kind("1_000.50")) == "1000.50"
    assert str(kind(5)) == str(kind.from_int(5)) == "5"
    assert str(kind(5, 2)) == "5.00"
    assert str(kind("5", 2)) == "5.00"
    assert str(kind(Decimal("1.10"))) == "1.10"
    assert str(kind(1.005, 2)) == "1.00"
    assert str(kind.from_raw(105, 2)) == "1.05"
    assert str(kind.zero(3)) == "0.000"
    assert kind.zero().precision == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_float_without_a_precision_is_refused(kind: type[Value]) -> None:
    with pytest.raises(PrecisionError, match=r"a float has no decimals .*Give a precision"):
        kind(1.5)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", [RAW_MAX + 1, -RAW_MAX - 1, 2**63, -(2**63), 10**40])
def test_a_raw_of_more_than_18_digits_is_refused(kind: type[Value], raw: int) -> None:
    with pytest.raises(
        ValueRangeError, match=f"{kind.__name__}: raw {raw} has more than 18 digits"
    ):
        kind.from_raw(raw, 2)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", [1.0, 1.5, "1", None, True, Decimal(1)])
def test_a_raw_that_is_no_int_is_refused(kind: type[Value], raw: Any) -> None:
    with pytest.raises(TypeError, match=f"{kind.__name__} takes"):
        kind.from_raw(raw, 2)
    with pytest.raises(TypeError, match=f"{kind.__name__} takes"):
        kind.from_int(raw)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("precision", [-1, 19, 2**40, 1.0, "1", True])
def test_a_precision_out_of_range_is_refused(kind: type[Value], precision: Any) -> None:
    for make in (kind.zero, lambda p: kind.from_raw(1, p), lambda p: kind("1", p)):
        with pytest.raises(PrecisionError, match=f"{kind.__name__}: precision is 0 to 18"):
            make(precision)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", [1.5, 5, None, Decimal(1)])
def test_from_str_takes_text_only(kind: type[Value], text: Any) -> None:
    with pytest.raises(TypeError, match=f"{kind.__name__}.from_str takes a str"):
        kind.from_str(text)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Quantity(-1),
        lambda: Quantity("-0.01"),
        lambda: Quantity.from_raw(-1, 2),
        lambda: Quantity.from_int(-1),
        lambda: Quantity("1.00") - Quantity("1.01"),
    ],
)
def test_a_quantity_is_never_negative(make: Callable[[], Quantity]) -> None:
    with pytest.raises(ValueRangeError, match="negative"):
        make()


@pytest.mark.skipif(is_pure(), reason="only compiled fields are read-only")
def test_a_value_cannot_be_changed() -> None:
    for value in (Price("1.5"), Quantity("1.5")):
        with pytest.raises(AttributeError):
            value.raw = 3
        with pytest.raises(AttributeError):
            value.note = "x"  # type: ignore[union-attr]


def test_the_unchecked_factories_give_the_same_values() -> None:
    assert str(price_from_raw(-15, 1)) == str(Price("-1.5"))
    assert str(quantity_from_raw(15, 1)) == str(Quantity("1.5"))


def test_pure_and_compiled_agree() -> None:
    code = """
from argosy.model.values import Price, Quantity, RAW_MAX
raws = [0, 1, -1, 10, 12345, -99990, 2**53 + 1, 7**21, RAW_MAX, -RAW_MAX]
values = [Price.from_raw(raw, precision) for raw in raws for precision in (0, 1, 5, 17, 18)]
for a in values:
    print(a, hash(a), float(a).hex(), int(a), a.to_formatted_str())
    for b in values:
        try:
            total = repr(a + b)
        except ValueError as error:
            total = str(error)
        print(a < b, a == b, a >= b, total, a * b)
"""
    assert run_pure(code) == run_compiled(code)
