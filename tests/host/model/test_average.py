from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from argosy.model.average import decimals_of, mean_price, price_of, quotient, ratio

costs = st.integers(-(10**36), 10**36)
quantities = st.integers(1, 10**18)
precisions = st.integers(0, 18)


def rounded(value: Fraction, decimals: int) -> Decimal:
    with localcontext() as context:
        context.prec = 120
        unit = Decimal(1).scaleb(-decimals)
        whole = Decimal(value.numerator) / Decimal(value.denominator)
        return whole.quantize(unit, ROUND_HALF_EVEN)


decimals = st.integers(10, 18)


def test_an_average_is_four_decimals_finer_from_ten_to_eighteen() -> None:
    expected = {0: 10, 5: 10, 6: 10, 7: 11, 13: 17, 14: 18, 18: 18}
    assert expected == {precision: decimals_of(precision) for precision in expected}


@given(costs, quantities, decimals)
def test_a_ratio_has_so_many_decimals_half_to_even(cost: int, quantity: int, digits: int) -> None:
    assert rounded(Fraction(cost, quantity), digits) == ratio(cost, quantity, digits)


@given(st.integers(-(10**22), 10**22), quantities, precisions, decimals)
def test_an_average_price_is_the_average_where_18_digits_hold_it(
    cost: int, quantity: int, digits: int, wanted: int
) -> None:
    exact = Fraction(cost, quantity * 10**digits)
    if abs(exact) >= 10**17:
        return
    price = mean_price(cost, quantity, digits, wanted)
    assert price == price_of(cost, quantity * 10**digits, wanted)
    assert rounded(exact, price.precision) == price.as_decimal()
    if abs(exact) < Fraction(10**18 - 1, 10**wanted):
        assert price.precision == wanted


def test_a_large_average_price_has_fewer_decimals() -> None:
    assert "2500000000.12345679" == str(mean_price(2_500_000_000_123_456_789, 1, 9, 10))


def test_ties_go_to_the_even_neighbour() -> None:
    assert Decimal("0.0000000002") == ratio(25, 10**11)
    assert Decimal("0.0000000004") == ratio(35, 10**11)
    assert Decimal("-0.0000000002") == ratio(-25, 10**11) == ratio(25, -(10**11))


def test_a_quotient_of_decimals_is_rounded_alike() -> None:
    assert Decimal("0.3333333333") == quotient(Decimal(1), Decimal(3))
