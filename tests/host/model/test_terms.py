from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from argosy.model.currency import BTC, GBP, USD, USDT, Currency
from argosy.model.instruments import Instrument
from argosy.model.terms import BETTING, INVERSE, LINEAR, rounded, same_currency, scaled, terms_of
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import (
    aapl_option,
    betting_instrument,
    btcusdt_perp_binance,
    btcusdt_spot,
    equity,
    es_future,
    ethusd_bitmex,
    one_of_each,
    xbtusd_bitmex,
)
from tests.host.model.trades import GBPUSD


def half_away(value: Fraction) -> int:
    whole = abs(value) + Fraction(1, 2)
    return (1 if value >= 0 else -1) * (whole.numerator // whole.denominator)


@given(st.integers(-(10**40), 10**40), st.integers(-(10**30), 10**30).filter(bool))
def test_quotients_are_rounded_half_away_from_zero(numerator: int, denominator: int) -> None:
    assert half_away(Fraction(numerator, denominator)) == rounded(numerator, denominator)


@given(st.integers(-(10**40), 10**40), st.integers(-40, 20))
def test_scaling_is_exact_or_rounded_half_away(value: int, exponent: int) -> None:
    assert half_away(value * Fraction(10) ** exponent) == scaled(value, exponent)


@pytest.mark.parametrize(
    ("instrument", "kind", "cost", "settlement", "delivers", "is_premium"),
    [
        (GBPUSD, LINEAR, USD, USD, True, False),
        (equity(), LINEAR, USD, USD, False, False),
        (btcusdt_perp_binance(), LINEAR, USDT, USDT, False, False),
        (xbtusd_bitmex(), INVERSE, BTC, BTC, False, False),
        (ethusd_bitmex(), LINEAR, BTC, BTC, False, False),
        (aapl_option(), LINEAR, USD, USD, False, True),
        (betting_instrument(), BETTING, GBP, GBP, False, False),
    ],
    ids=str,
)
def test_terms_say_which_currency_is_meant(
    instrument: Instrument,
    kind: int,
    cost: Currency,
    settlement: Currency,
    delivers: bool,  # noqa: FBT001
    is_premium: bool,  # noqa: FBT001
) -> None:
    terms = terms_of(instrument)
    assert kind == terms.kind
    assert (cost, settlement) == (terms.cost, terms.settlement)
    assert (delivers, is_premium) == (terms.delivers, terms.is_premium)


def test_terms_are_made_once_for_each_definition() -> None:
    first = terms_of(GBPUSD)
    assert first is terms_of(GBPUSD)
    changed = replace(GBPUSD, margin_init=Decimal("0.1"))
    assert terms_of(changed) is not first
    assert changed is terms_of(changed).instrument
    assert first is terms_of(GBPUSD)


def test_definitions_of_one_id_do_not_take_the_place_of_each_other() -> None:
    changed = replace(GBPUSD, margin_init=Decimal("0.2"))
    first, other = terms_of(GBPUSD), terms_of(changed)
    for _ in range(3):
        assert first is terms_of(GBPUSD)
        assert other is terms_of(changed)


def test_no_more_terms_are_kept_than_a_run_needs() -> None:
    many = [replace(GBPUSD, ts_init=i) for i in range(5_000)]
    assert all(each is terms_of(each).instrument for each in many)
    assert terms_of(many[0]).instrument is many[0]


@given(st.integers(1, 10**12), st.integers(1, 10**12), st.integers(0, 9), st.integers(0, 9))
def test_a_notional_is_what_the_instrument_says(price: int, size: int, pp: int, sp: int) -> None:
    for instrument in one_of_each():
        if not instrument.is_tradable:
            continue
        expected = instrument.notional_value(Quantity.from_raw(size, sp), Price.from_raw(price, pp))
        assert expected.raw == terms_of(instrument).notional_raw(price, pp, size, sp)


@given(st.integers(1, 10**18 - 1), st.integers(1, 10**18 - 1), st.fractions(0, 3))
def test_a_margin_is_a_part_of_the_notional_rounded_once(
    price: int, size: int, part: Fraction
) -> None:
    rate = (part.numerator, part.denominator)
    for instrument in (GBPUSD, es_future(), xbtusd_bitmex()):
        terms = terms_of(instrument)
        exact = Fraction(size, 10**2) * Fraction(terms.multiplier_raw)
        exact /= 10**terms.multiplier_precision
        at = Fraction(price, 10**3)
        exact = exact / at if terms.kind == INVERSE else exact * at
        expected = half_away(exact * part * 10**terms.cost_decimals)
        assert expected == terms.margin_raw(price, 3, size, 2, rate)
        assert expected == terms.margin_raw(price, 3, -size, 2, rate)


def test_currencies_are_compared_by_definition() -> None:
    assert same_currency(USD, USD)
    assert same_currency(USD, Currency("USD", 2, 840, USD.name))
    assert not same_currency(USD, GBP)
    assert not same_currency(USD, None)
    assert btcusdt_spot().base_currency == BTC
