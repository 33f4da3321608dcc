import copy
import pickle
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import DataError, UnknownNameError, ValueRangeError
from argosy.model.currency import BTC, ETH, GBP, USD, USDT
from argosy.model.enums import AssetClass, InstrumentClass
from argosy.model.identifiers import InstrumentId, Symbol
from argosy.model.instruments import (
    INSTRUMENT_CLASSES,
    Equity,
    Instrument,
    instrument_from_dict,
)
from argosy.model.values import Money, Price, Quantity
from argosy.testing.instruments import (
    aapl_option,
    btcusdt_perp_binance,
    btcusdt_spot,
    crude_oil,
    default_fx_ccy,
    equity,
    es_future,
    ethusd_bitmex,
    one_of_each,
    xbtusd_bitmex,
)

EVERY = pytest.mark.parametrize("instrument", one_of_each(), ids=lambda each: str(each.id))


@EVERY
def test_an_instrument_survives_its_dict_copy_and_pickle(instrument: Instrument) -> None:
    assert instrument == type(instrument).from_dict(instrument.to_dict())
    assert instrument == instrument_from_dict(instrument.to_dict())
    assert instrument == copy.copy(instrument)
    assert instrument == pickle.loads(pickle.dumps(instrument))
    assert hash(instrument) == hash(instrument_from_dict(instrument.to_dict()))


@EVERY
def test_an_instrument_says_its_class(instrument: Instrument) -> None:
    assert type(instrument) is INSTRUMENT_CLASSES[instrument.to_dict()["type"]]
    assert f"{type(instrument).__name__}({instrument.id})" == repr(instrument)


@EVERY
def test_an_instrument_cannot_be_changed(instrument: Instrument) -> None:
    with pytest.raises(AttributeError):
        instrument.price_precision = 1  # type: ignore[misc]


def test_what_is_not_given_is_derived() -> None:
    share = Equity(
        id=InstrumentId("BRK.A.XNYS"), quote_currency=USD, price_increment=Price("0.010")
    )
    assert (3, 0) == (share.price_precision, share.size_precision)
    assert Symbol("BRK.A") == share.raw_symbol == share.symbol
    assert "XNYS" == share.venue
    assert USD == share.settlement_currency
    assert Quantity(1) == share.multiplier


def test_an_inverse_instrument_settles_in_its_base() -> None:
    values = xbtusd_bitmex().to_dict()
    assert BTC == xbtusd_bitmex().settlement_currency
    del values["base_currency"]
    with pytest.raises(DataError, match=r"base_currency"):
        instrument_from_dict(values)


def test_the_increment_says_the_precision() -> None:
    with pytest.raises(DataError, match=r"Equity AAPL.XNAS: price_precision is 3, price_increment"):
        msgspec.structs.replace(equity(), price_precision=3)
    with pytest.raises(DataError, match=r"size_precision is 1, size_increment 1 has 0 decimals"):
        msgspec.structs.replace(equity(), size_precision=1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"price_increment": Price("0.00")}, r"price_increment is 0.00. Give a value above zero"),
        ({"multiplier": Quantity(0)}, r"multiplier is 0. Give a value above zero"),
        ({"lot_size": Quantity(0)}, r"lot_size is 0. Give a value above zero"),
        ({"price_increment": 0.01}, r"price_increment is 0.01, a float, where a Price belongs"),
        ({"max_quantity": Price(1)}, r"max_quantity is .* where a Quantity belongs"),
        ({"margin_init": Decimal("-0.1")}, r"margin_init is -0.1. Give a part of the notional"),
        ({"taker_fee": Decimal("NaN")}, r"taker_fee is NaN"),
        ({"max_price": Price("1.005")}, r"max_price 1.005 is finer than the increment. Round it"),
        ({"min_quantity": Quantity("0.5")}, r"min_quantity 0.5 is finer than the increment"),
        (
            {"min_price": Price(2), "max_price": Price(1)},
            r"min_price 2 is above max_price 1. Swap them",
        ),
        ({"is_inverse": True}, r"an inverse instrument has no base_currency"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, object], message: str) -> None:
    with pytest.raises(DataError, match=rf"Equity AAPL.XNAS: {message}"):
        msgspec.structs.replace(equity(), **change)


def test_limits_may_have_trailing_zeros() -> None:
    share = msgspec.structs.replace(equity(), max_price=Price("10000.5000"))
    assert Price("10000.5") == share.max_price


def test_a_rebate_is_a_negative_fee() -> None:
    assert Decimal("-0.00025") == xbtusd_bitmex().maker_fee


def test_a_price_is_rounded_to_the_precision_not_the_increment() -> None:
    assert "2000.12" == str(es_future().make_price("2000.124"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1.005", "1.00"),
        (1.015, "1.02"),
        (Decimal("-1.005"), "-1.00"),
        (7, "7.00"),
        (Price("1.23456"), "1.23"),
        (1e-300, "0.00"),
    ],
)
def test_ties_of_prices_go_to_the_even_neighbour(value: float, expected: str) -> None:
    assert expected == str(equity().make_price(value))


@pytest.mark.parametrize("value", ["abc", float("nan"), "inf", float("-inf")])
def test_what_is_no_number_makes_no_price(value: float) -> None:
    with pytest.raises(ValueRangeError):
        equity().make_price(value)


@pytest.mark.parametrize(
    ("value", "round_down", "expected"),
    [("1.2345675", False, "1.234568"), ("1.2345675", True, "1.234567"), (3, False, "3.000000")],
)
def test_a_quantity_is_rounded_or_cut(value: str, round_down: bool, expected: str) -> None:  # noqa: FBT001
    assert expected == str(btcusdt_spot().make_qty(value, round_down))


def test_a_quantity_is_cut_to_the_increment() -> None:
    lots = msgspec.structs.replace(equity(), size_increment=Quantity(10))
    assert Quantity(50) == lots.make_qty(59.9, round_down=True)
    assert Quantity(60) == lots.make_qty(59.9)


@pytest.mark.parametrize("round_down", [True, False])
def test_a_quantity_does_not_vanish(round_down: bool) -> None:  # noqa: FBT001
    with pytest.raises(ValueRangeError, match=r"AAPL.XNAS: quantity 0.3 is less than the size"):
        equity().make_qty("0.3", round_down)
    assert Quantity(0) == equity().make_qty(0, round_down)


def test_a_negative_quantity_is_refused() -> None:
    with pytest.raises(ValueRangeError):
        equity().make_qty(-1)


def test_the_notional_of_a_linear_contract_is_in_its_quote_currency() -> None:
    value = btcusdt_perp_binance().notional_value(Quantity("1.5"), Price("10000.1"))
    assert Money("15000.15", USDT) == value
    assert Money("250_000", USD) == es_future().notional_value(Quantity(1), Price("5000.00"))


def test_the_notional_of_an_inverse_contract_is_in_its_base_currency() -> None:
    value = xbtusd_bitmex().notional_value(Quantity(100_000), Price("11450.50"))
    assert Money("8.73324309", BTC) == value


def test_the_notional_of_an_inverse_contract_can_be_asked_for_in_quotes() -> None:
    value = xbtusd_bitmex().notional_value(
        Quantity(100_000), Price("11450.50"), use_quote_for_inverse=True
    )
    assert Money("100_000", USD) == value


def test_an_inverse_contract_has_no_value_at_price_zero() -> None:
    with pytest.raises(ValueRangeError, match=r"no value at price 0"):
        xbtusd_bitmex().notional_value(Quantity(1), Price("0.0"))


def test_the_notional_of_a_quanto_is_in_its_settlement_currency() -> None:
    value = ethusd_bitmex().notional_value(Quantity(1_000), Price("2000.05"))
    assert Money("2.00005", BTC) == value
    assert BTC == ethusd_bitmex().cost_currency


def test_a_negative_price_has_a_negative_notional() -> None:
    assert Money("-376.30", USD) == crude_oil().notional_value(Quantity(10), Price("-37.63"))


@given(st.integers(1, 10**18 - 1), st.integers(-(10**18) + 1, 10**18 - 1))
def test_a_notional_is_exact_and_rounds_half_away_from_zero(size: int, price: int) -> None:
    found = default_fx_ccy("GBP/USD").notional_value(
        Quantity.from_raw(size, 9), Price.from_raw(price, 11)
    )
    exact = Fraction(abs(size * price), 10**18)
    nearest = int(exact + Fraction(1, 2))
    assert nearest == abs(found.raw)
    assert found.raw == 0 or (found.raw < 0) == (price < 0)


@given(st.integers(1, 10**17), st.integers(1, 10**12))
def test_an_inverse_notional_is_exact(size: int, price: int) -> None:
    found = xbtusd_bitmex().notional_value(Quantity.from_raw(size, 0), Price.from_raw(price, 1))
    exact = Fraction(size * 10 * 10**8, price)
    assert int(exact + Fraction(1, 2)) == found.raw


def test_a_quote_quantity_buys_a_base_quantity() -> None:
    pair = btcusdt_spot()
    bought = pair.calculate_base_quantity(Quantity("1000.00"), Price("30000.00"))
    assert "0.033333" == str(bought)
    assert "0.000000" == str(pair.calculate_base_quantity(Quantity(0), Price(1)))
    with pytest.raises(ValueRangeError, match=r"cannot be converted at 0"):
        pair.calculate_base_quantity(Quantity(1), Price(0))


@given(st.integers(0, 10**12), st.integers(0, 8), st.integers(1, 10**12), st.integers(0, 8))
def test_the_base_quantity_is_the_nearest(
    size: int, size_digits: int, price: int, price_digits: int
) -> None:
    pair = btcusdt_spot()
    if size * 10 ** (price_digits + 6) // (price * 10**size_digits) >= 10**18 - 1:
        return
    found = pair.calculate_base_quantity(
        Quantity.from_raw(size, size_digits), Price.from_raw(price, price_digits)
    )
    exact = Fraction(size, 10**size_digits) / Fraction(price, 10**price_digits)
    assert round(exact * 10**6) == found.raw


def test_the_next_prices_follow_the_increment() -> None:
    future = es_future()
    assert Price("5000.00") == future.next_bid_price(5000.1)
    assert Price("5000.25") == future.next_ask_price(5000.1)
    assert Price("4999.50") == future.next_bid_price("5000.00", 2)
    assert [Price("5000.25"), Price("5000.50")] == future.next_ask_prices(5000.1, 2)
    assert [Price("5000.00"), Price("4999.75")] == future.next_bid_prices(5000.1, 2)


def test_a_named_scheme_must_exist() -> None:
    odd = msgspec.structs.replace(equity(), tick_scheme_name="TOPIX")
    with pytest.raises(UnknownNameError, match=r"Did you mean 'TOPIX100'"):
        odd.next_bid_price(1)


def test_which_prices_can_be_below_zero() -> None:
    assert aapl_option().allows_negative_price
    assert crude_oil().allows_negative_price
    assert not equity().allows_negative_price


def test_a_least_price_below_zero_allows_prices_below_zero() -> None:
    oil = msgspec.structs.replace(es_future(), min_price=Price("-100.00"))
    assert not es_future().allows_negative_price
    assert oil.allows_negative_price


def test_a_spread_is_known_by_its_class() -> None:
    spread = msgspec.structs.replace(
        es_future(), instrument_class=InstrumentClass.FUTURES_SPREAD, asset_class=AssetClass.INDEX
    )
    assert spread.is_spread
    assert spread.allows_negative_price
    assert not es_future().is_spread


def test_cost_currencies() -> None:
    assert [USD, BTC, BTC, USDT] == [
        each.cost_currency
        for each in (equity(), xbtusd_bitmex(), ethusd_bitmex(), btcusdt_perp_binance())
    ]


def test_an_instrument_does_not_expire_before_it_begins() -> None:
    with pytest.raises(DataError, match=r"expiration_ns is before activation_ns"):
        es_future(activation_ns=2, expiration_ns=1)


def test_instruments_are_looked_up_by_id() -> None:
    pair = default_fx_ccy("GBP/USD")
    changed = msgspec.structs.replace(pair, taker_fee=Decimal(0))
    assert hash(pair) == hash(changed)
    assert pair != changed
    assert (GBP, USD) == (pair.base_currency, pair.quote_currency)
    assert not default_fx_ccy("GBP/USD").is_quanto
    assert ETH == ethusd_bitmex().base_currency


def test_the_base_class_reads_no_dict() -> None:
    with pytest.raises(DataError, match=r"Use instrument_from_dict"):
        Instrument.from_dict(equity().to_dict())


def test_a_definition_names_its_class() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown instrument class 'Equty'. Did you mean"):
        instrument_from_dict({"type": "Equty"})
    with pytest.raises(DataError, match=r"the key 'type' is missing"):
        instrument_from_dict({})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"price_increment": "0,01"}, r"Equity: .*0,01.*`\$.price_increment`"),
        ({"colour": "red"}, r"Equity: Object contains unknown field `colour`"),
        ({"quote_currency": "USQ"}, r"unknown currency 'USQ'"),
        ({"id": "AAPL"}, r"'AAPL' is no InstrumentId"),
        ({"asset_class": "SHARE"}, r"\$.asset_class"),
    ],
)
def test_a_wrong_definition_says_where(change: dict[str, str], message: str) -> None:
    with pytest.raises(DataError, match=message):
        instrument_from_dict({**equity().to_dict(), **change})
