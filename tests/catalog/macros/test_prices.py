"""Prices and money: exact, or rounded as they say."""

from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argosy_catalog import ParquetDataCatalog

D = Decimal
UNIT = Decimal(1).scaleb(-18)


def value(market: ParquetDataCatalog, expression: str) -> Any:
    (row,) = market.sql(f"SELECT {expression} AS x").to_pylist()
    return row["x"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("mid(1.50000, 1.50010)", D("1.50005")),
        ("mid(1.50000, 1.50003)", D("1.500015")),
        ("mid(-37.65, -37.55)", D("-37.6")),
        ("mid(0.000000000000000001, 0.000000000000000002)", D("0.0000000000000000015")),
        ("spread(-37.65, -37.55)", D("0.10")),
        ("spread(141.000, 141.010)", D("0.010")),
        ("spread_bps(0.9999, 1.0001)", 2.0),
        ("spread_bps(-1.0001, -0.9999)", 2.0),
        ("spread_bps(-1, 1)", None),
        ("spread_ticks(1.50000, 1.50003, 0.00001)", 3.0),
        ("spread_ticks(-37.65, -37.55, 0.01)", 10.0),
        ("notional(3, -37.55)", D("-112.65")),
        ("notional(2, 5000.25, 50)", D("500025")),
        ("notional(2, 5000.25, multiplier := 0.5)", D("5000.25")),
        ("exact_product(0.1::DECIMAL(38,18), 0.000000000000000005)", D("0.000000000000000001")),
        ("exact_product(-0.1, 0.000000000000000005)", D("-0.000000000000000001")),
        ("exact_quotient(1, 3)", D("0.333333333333333333")),
        ("exact_quotient(-2, 3)", D("-0.666666666666666667")),
        ("exact_quotient(1, 0)", None),
        ("signed_quantity('BUY', 5)", 5),
        ("signed_quantity('SELLER', 5)", -5),
        ("signed_quantity('NO_ORDER_SIDE', 5)", None),
        ("simple_return(110, 100)", 0.1),
        ("simple_return(5, -10)", None),
        ("log_return(-5, 10)", None),
        ("log_return(2.718281828459045, 1)", 1.0),
        ("typeof(spread(1.5, 1.6))", "DECIMAL(38,18)"),
        ("typeof(mid(1.5, 1.6))", "DECIMAL(38,19)"),
        ("typeof(notional(1.5, 1.6))", "DECIMAL(38,18)"),
    ],
)
def test_values_are_those_computed_by_hand(
    market: ParquetDataCatalog, expression: str, expected: Any
) -> None:
    assert expected == value(market, expression)


def test_fills_multiply_without_the_overflow_of_their_columns(market: ParquetDataCatalog) -> None:
    query = "SELECT notional(last_qty, last_px) AS n, currency FROM fills ORDER BY event_id LIMIT 3"
    expected = [(D("150010"), "USD"), (D("1410000"), "JPY"), (D("-112.65"), "USD")]
    assert expected == [tuple(row.values()) for row in market.sql(query).to_pylist()]


def test_averages_are_decimals_of_all_rows(market: ParquetDataCatalog) -> None:
    """(2.50 - 2 x 37.63 - 10.00 + 4 x 10.10) / 8."""
    found = market.sql("SELECT vwap(price, size) AS v FROM trades").to_pylist()
    assert [{"v": D("-5.295")}] == found


def test_volatility_is_the_root_of_squared_returns(market: ParquetDataCatalog) -> None:
    query = (
        "SELECT realized_volatility(r) AS v, annualized_volatility(r, 252) AS y "
        "FROM (VALUES (0.03::DOUBLE), (NULL), (-0.04::DOUBLE)) t(r)"
    )
    (row,) = market.sql(query).to_pylist()
    assert pytest.approx(0.05) == row["v"]
    assert pytest.approx((0.0025 / 2 * 252) ** 0.5) == row["y"]


NUMBERS = st.builds(
    lambda raw, digits: Decimal(raw).scaleb(-digits),
    st.integers(-(10**18) + 1, 10**18 - 1),
    st.integers(9, 18),
)


def test_products_and_quotients_are_rounded_once(market: ParquetDataCatalog) -> None:
    pairs: list[tuple[Decimal, Decimal]] = []

    @settings(max_examples=200, database=None, suppress_health_check=list(HealthCheck))
    @given(NUMBERS, NUMBERS)
    def collect(a: Decimal, b: Decimal) -> None:
        pairs.append((a, b))

    collect()
    rows = ", ".join(f"('{a:f}'::DECIMAL(38,18), '{b:f}'::DECIMAL(38,18))" for a, b in pairs)
    found = market.sql(
        f"SELECT exact_product(a, b) AS p, exact_quotient(a * 1, greatest(abs(b), 1)) AS q "
        f"FROM (VALUES {rows}) t(a, b)"
    ).to_pylist()
    with localcontext(Context(prec=80)):
        for (a, b), row in zip(pairs, found, strict=True):
            assert (a * b).quantize(UNIT, ROUND_HALF_UP) == row["p"]
            exact = Fraction(a) / Fraction(max(abs(b), Decimal(1)))
            assert abs(Fraction(row["q"]) - exact) <= Fraction(UNIT) * max(1, abs(exact) // 10**8)
