import copy
import operator
import pickle
from collections.abc import Callable
from decimal import Context, Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import CurrencyMismatchError, UnknownNameError, ValueRangeError
from argosy.model.currency import BTC, EUR, JPY, USD, Currency
from argosy.model.money import Money, money_from_raw
from argosy.model.values import Price, Quantity
from tests.pure import is_pure

MOST = 10**38 - 1
ORDER = [operator.lt, operator.le, operator.gt, operator.ge]
DIVISIONS = [operator.mul, operator.truediv, operator.floordiv, operator.mod]

raws = st.integers(-MOST, MOST) | st.integers(-1000, 1000)
currencies = st.sampled_from([USD, EUR, JPY, BTC])
amounts = st.builds(Money.from_raw, raws, currencies)
dollars = st.builds(Money.from_raw, raws, st.just(USD))


@given(amounts)
def test_the_text_of_money_gives_it_back(money: Money) -> None:
    again = Money.from_str(str(money))
    assert again == money
    assert (again.raw, again.currency) == (money.raw, money.currency)


@given(amounts)
def test_money_survives_pickle_copy_and_decimal(money: Money) -> None:
    copies = [pickle.loads(pickle.dumps(money)), copy.copy(money), copy.deepcopy(money)]
    copies.append(Money(money.as_decimal(), money.currency))
    for again in copies:
        assert again == money
        assert again.currency is money.currency
        assert hash(again) == hash(money)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1.005", "1.01 USD"),
        ("-1.005", "-1.01 USD"),
        (Decimal("0.0049999"), "0.00 USD"),
        (7, "7.00 USD"),
        (0.125, "0.13 USD"),
        (1.005, "1.00 USD"),
        ("1_000", "1000.00 USD"),
    ],
)
def test_money_rounds_half_away_from_zero_to_its_currency(value: Any, expected: str) -> None:
    assert expected == str(Money(value, USD))


def test_each_currency_has_its_decimals() -> None:
    assert [str(Money("1.5", each)) for each in (JPY, USD, BTC)] == [
        "2 JPY",
        "1.50 USD",
        "1.50000000 BTC",
    ]


def test_a_currency_may_be_given_by_its_code() -> None:
    assert Money("1.5", "USD") == Money("1.5", USD)
    with pytest.raises(UnknownNameError, match="unknown currency 'USX'"):
        Money(1, "USX")
    with pytest.raises(TypeError, match="Money takes a Currency or its code, was int"):
        Money(1, 840)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["10.00", "10.00USD", "USD 10 x", "", "ten USD", "1.005 USD"])
def test_a_text_that_is_no_money_is_refused(text: str) -> None:
    with pytest.raises(ValueRangeError):
        Money.from_str(text)


@pytest.mark.parametrize("value", [float("nan"), "inf", 10**37, Decimal("-1e37"), "1e999999"])
def test_what_is_not_finite_or_too_large_is_refused(value: Any) -> None:
    with pytest.raises(ValueRangeError, match=r"finite|more than 38 digits"):
        Money(value, USD)


@pytest.mark.parametrize("raw", [1.0, "1", None, True])
def test_a_raw_that_is_no_int_is_refused(raw: Any) -> None:
    with pytest.raises(TypeError, match="Money takes"):
        Money.from_raw(raw, USD)


@given(dollars, dollars, st.sampled_from([operator.add, operator.sub]))
def test_sums_are_exact_or_raise(a: Money, b: Money, operation: Callable[[Any, Any], Any]) -> None:
    expected = operation(a.raw, b.raw)
    if abs(expected) <= MOST:
        assert Money.from_raw(expected, USD) == operation(a, b)
    else:
        with pytest.raises(ValueRangeError, match="more than 38 digits"):
            operation(a, b)


@given(dollars, dollars)
def test_money_of_one_currency_is_ordered_by_amount(a: Money, b: Money) -> None:
    assert [compare(a.raw, b.raw) for compare in ORDER] == [compare(a, b) for compare in ORDER]
    assert (a.raw == b.raw) == (a == b)


@pytest.mark.parametrize("operation", [operator.add, operator.sub, *ORDER, *DIVISIONS])
def test_two_currencies_do_not_mix(operation: Callable[[Any, Any], Any]) -> None:
    with pytest.raises(CurrencyMismatchError, match=r"1.00 USD .* 1.00 EUR: two currencies"):
        operation(Money(1, USD), Money(1, EUR))


def test_a_currency_of_another_definition_is_another_currency() -> None:
    finer = Money(1, Currency("USD", 4, 840, "US dollar"))
    assert finer != Money(1, USD)
    with pytest.raises(CurrencyMismatchError):
        _ = finer + Money(1, USD)


def test_money_of_two_currencies_is_not_equal() -> None:
    assert Money(1, USD) != Money(1, EUR)
    assert Money(0, USD) != Money(0, EUR)


@given(amounts)
def test_money_compares_with_a_number_by_its_amount(money: Money) -> None:
    amount = money.as_decimal()
    assert money == amount
    assert hash(money) == hash(amount)
    assert (money > 0, money < 0, money >= 0, money <= 0) == (
        money.raw > 0,
        money.raw < 0,
        money.raw >= 0,
        money.raw <= 0,
    )


def test_money_does_not_compare_with_text() -> None:
    assert Money(1, USD) != "1.00 USD"
    with pytest.raises(TypeError):
        _ = Money(1, USD) < "2"


@pytest.mark.parametrize("operation", DIVISIONS)
def test_other_arithmetic_is_decimal_or_float(operation: Callable[[Any, Any], Any]) -> None:
    money, amount = Money("10.50", USD), Decimal("10.50")
    with localcontext(Context(prec=38)):
        for other in (3, Decimal("0.7")):
            assert operation(amount, other) == operation(money, other)
            assert operation(other, amount) == operation(other, money)
            assert type(operation(money, other)) is Decimal
        assert operation(amount, amount) == operation(money, money)
    assert operation(10.5, 0.75) == operation(money, 0.75)
    assert operation(0.75, 10.5) == operation(0.75, money)


def test_a_sum_with_a_plain_number_is_a_decimal() -> None:
    money = Money("10.50", USD)
    assert (money + 1, 1 + money, money - 1, 1 - money) == (
        Decimal("11.50"),
        Decimal("11.50"),
        Decimal("9.50"),
        Decimal("-9.50"),
    )
    assert (money + 0.25, 0.25 + money, money - 0.25, 0.25 - money) == (10.75, 10.75, 10.25, -10.25)


def test_a_product_with_a_price_or_a_quantity_is_a_decimal() -> None:
    assert Money("10.50", USD) * Quantity(2) == Decimal(21)
    assert Money("10.50", USD) / Price("0.5") == Decimal(21)


@given(amounts)
def test_signs_and_conversions(money: Money) -> None:
    amount = money.as_decimal()
    with localcontext(Context(prec=60)):
        assert (-money).as_decimal() == -amount
        assert abs(money).as_decimal() == abs(amount)
    assert +money is money
    assert (int(money), bool(money)) == (int(amount), bool(amount))
    assert float(money) == money.as_double() == float(amount)


def test_rounding_gives_a_decimal() -> None:
    assert str(round(Money("10.55", USD), 1)) == "10.6"
    assert str(round(Money("10.50", USD))) == "10"


def test_money_prints_its_amount_and_currency() -> None:
    money = Money("1234.5", USD)
    assert str(money) == f"{money}" == "1234.50 USD"
    assert repr(money) == "Money('1234.50', USD)"
    assert money.to_formatted_str() == "1_234.50 USD"
    assert f"{money:,.1f}" == "1,234.5"


def test_zero_and_the_unchecked_factory() -> None:
    assert Money.zero(USD) == Money(0, USD)
    assert money_from_raw(150, USD) == Money("1.50", USD)


@pytest.mark.skipif(is_pure(), reason="only compiled fields are read-only")
def test_money_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Money(1, USD).raw = 2
