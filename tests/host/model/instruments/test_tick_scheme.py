import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import DataError, DuplicateNameError, UnknownNameError
from argosy.model.instruments import (
    FixedTickScheme,
    TieredTickScheme,
    register_tick_scheme,
    tick_scheme,
)
from argosy.model.instruments.tick_scheme import tick_scheme_of
from argosy.model.values import RAW_MAX, Price


@pytest.mark.parametrize(
    ("value", "n", "expected"),
    [
        ("0.720006", 0, "0.72000"),
        ("0.72000", 0, "0.72000"),
        ("0.72000", 1, "0.71999"),
        (0.5, 3, "0.49997"),
    ],
)
def test_bids_of_a_fixed_scheme(value: str, n: int, expected: str) -> None:
    assert Price(expected) == tick_scheme("FOREX_5DECIMAL").next_bid_price(value, n)


@pytest.mark.parametrize(
    ("value", "n", "expected"),
    [("0.720006", 0, "0.72001"), ("0.72000", 0, "0.72000"), ("0.72000", 2, "0.72002")],
)
def test_asks_of_a_fixed_scheme(value: str, n: int, expected: str) -> None:
    assert Price(expected) == tick_scheme("FOREX_5DECIMAL").next_ask_price(value, n)


def test_a_fixed_scheme_goes_below_zero() -> None:
    scheme = FixedTickScheme("quarter", Price("0.25"))
    assert Price("-0.50") == scheme.next_bid_price("-0.30")
    assert Price("-0.25") == scheme.next_ask_price("-0.30")


def test_a_fixed_scheme_ends_with_the_digits() -> None:
    last = Price.from_raw(RAW_MAX, 3)
    assert tick_scheme("FOREX_3DECIMAL").next_ask_price(last, 1) is None
    assert last == tick_scheme("FOREX_3DECIMAL").next_ask_price(last)


@pytest.mark.parametrize(
    ("value", "n", "bid", "ask"),
    [
        ("999.95", 0, "999.9", "1000.0"),
        ("1000", 0, "1000.0", "1000.0"),
        ("1000", 1, "999.9", "1000.5"),
        ("10001", 0, "10000.0", "10005.0"),
        ("10001", 1, "9999.0", "10010.0"),
        ("35000005", 0, "35000000.0", "35010000.0"),
    ],
)
def test_steps_of_topix_grow_with_the_price(value: str, n: int, bid: str, ask: str) -> None:
    scheme = tick_scheme("TOPIX100")
    assert (Price(bid), Price(ask)) == (
        scheme.next_bid_price(value, n),
        scheme.next_ask_price(value, n),
    )


def test_the_betfair_ladder_has_350_odds() -> None:
    scheme = tick_scheme("BETFAIR")
    assert Price("1000.00") == scheme.next_ask_price("1.01", 349)
    assert scheme.next_ask_price("1.01", 350) is None


@pytest.mark.parametrize(
    ("value", "bid", "ask"),
    [
        ("1.00", None, "1.01"),
        ("2.01", "2.00", "2.02"),
        ("3.99", "3.95", "4.00"),
        ("15.2", "15.00", "15.50"),
        ("1000", "1000.00", "1000.00"),
        ("1001", "1000.00", None),
    ],
)
def test_odds_lie_on_the_ladder(value: str, bid: str | None, ask: str | None) -> None:
    scheme = tick_scheme("BETFAIR")
    assert (bid and Price(bid), ask and Price(ask)) == (
        scheme.next_bid_price(value),
        scheme.next_ask_price(value),
    )


@given(st.sampled_from(["BETFAIR", "TOPIX100"]), st.integers(101, 100_000), st.integers(0, 300))
def test_up_and_down_again_is_where_we_were(name: str, hundredths: int, n: int) -> None:
    scheme = tick_scheme(name)
    start = scheme.next_bid_price(Price.from_raw(hundredths, 2))
    assert start is not None
    above = scheme.next_ask_price(start, n)
    if above is not None:
        assert start == scheme.next_bid_price(above, n)


def test_tiers_end_where_steps_reach() -> None:
    with pytest.raises(DataError, match=r"tick scheme odd: tier 1 to 2 is no number of steps"):
        TieredTickScheme("odd", [("1", "2", "0.3")], precision=1)


def test_a_name_is_registered_once() -> None:
    scheme = FixedTickScheme("test_a_name_is_registered_once", Price("0.5"))
    register_tick_scheme(scheme)
    assert scheme is tick_scheme(scheme.name)
    for taken in (scheme, FixedTickScheme("FIXED", Price("0.5"))):
        with pytest.raises(DuplicateNameError, match=r"Give it another name"):
            register_tick_scheme(taken)


def test_an_unknown_name_gets_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match=r"Did you mean 'BETFAIR'"):
        tick_scheme("BETFARE")


@pytest.mark.parametrize("name", [None, "FIXED"])
def test_without_a_name_the_increment_counts(name: str | None) -> None:
    assert Price("0.05") == tick_scheme_of(name, Price("0.05")).next_ask_price("0.01")
