from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import DataError
from argosy.model.bar_type import BarSpecification, BarType
from argosy.model.codec import (
    convert,
    dec_hook,
    enc_hook,
    misfit,
    register_codec,
    to_builtins,
)
from argosy.model.currency import BTC, USD, Currency
from argosy.model.enums import BarAggregation, OrderSide, OrderType, PriceType
from argosy.model.identifiers import AccountId, InstrumentId, Venue
from argosy.model.values import Money, Price, Quantity
from tests.host.model.strategies import AUDUSD, BAR_TYPE, precisions, raws, sizes


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        (Price("1.23450"), "1.23450"),
        (Price("-0.000000000000000001"), "-0.000000000000000001"),
        (Quantity("100"), "100"),
        (Money("100", USD), "100.00 USD"),
        (Money("-0.00000001", BTC), "-0.00000001 BTC"),
        (USD, "USD"),
        (AUDUSD, "AUD/USD.SIM"),
        (Venue("SIM"), "SIM"),
        (AccountId("SIM-001"), "SIM-001"),
        (BAR_TYPE, "AUD/USD.SIM-1-MINUTE-BID-EXTERNAL"),
        (OrderType.STOP_MARKET, "STOP_MARKET"),
    ],
)
def test_a_value_is_a_string_and_comes_back(value: Any, spelled: str) -> None:
    assert spelled == enc_hook(value)
    assert type(enc_hook(value)) is str
    again = dec_hook(type(value), spelled)
    assert (value, type(value)) == (again, type(again))


def test_a_bar_specification_is_a_string_and_comes_back() -> None:
    specification = BarSpecification(5, BarAggregation.MINUTE, PriceType.MID)
    assert specification == dec_hook(BarSpecification, enc_hook(specification))


@given(raws, precisions)
def test_prices_keep_all_18_digits_and_their_decimals(raw: int, precision: int) -> None:
    price = Price.from_raw(raw, precision)
    again = convert(to_builtins(price), Price)
    assert (raw, precision) == (again.raw, again.precision)


@given(sizes, precisions)
def test_quantities_keep_all_18_digits_and_their_decimals(raw: int, precision: int) -> None:
    size = Quantity.from_raw(raw, precision)
    again = convert(to_builtins(size), Quantity)
    assert (raw, precision) == (again.raw, again.precision)


@given(st.integers(-(10**38) + 1, 10**38 - 1), st.sampled_from(["USD", "JPY", "BTC"]))
def test_money_of_any_size_comes_back(raw: int, code: str) -> None:
    money = Money.from_raw(raw, Currency.from_str(code))
    assert money == convert(to_builtins(money), Money)


class Order(msgspec.Struct, frozen=True):
    id: InstrumentId
    side: OrderSide
    price: Price | None
    fee: Decimal


def test_a_struct_is_spelled_by_its_fields() -> None:
    order = Order(AUDUSD, OrderSide.BUY, Price("1.50"), Decimal("0.10"))
    spelled = {"id": "AUD/USD.SIM", "side": "BUY", "price": "1.50", "fee": "0.10"}
    assert spelled == to_builtins(order)
    assert order == convert(spelled, Order)


def test_what_does_not_fit_gets_its_path() -> None:
    with pytest.raises(DataError, match=r"Order: .*'AUDUSD' is no InstrumentId.* - at `\$.id`"):
        convert({"id": "AUDUSD", "side": "BUY", "price": None, "fee": "0"}, Order)
    with pytest.raises(DataError, match=r"`\$.side`. Correct the value"):
        convert({"id": "A.B", "side": "UP", "price": None, "fee": "0"}, Order)


def test_an_error_with_a_cure_keeps_it() -> None:
    cured = ValueError("x")
    cured.__cause__ = DataError("x", cure="Do y")
    assert misfit(cured, "here").cure is None
    assert "Correct the value" == misfit(ValueError("x"), "here").cure


class Unknown:
    pass


def test_a_type_without_a_spelling_is_refused() -> None:
    with pytest.raises(DataError, match=r"Unknown cannot be serialized. Give it to_dict"):
        enc_hook(Unknown())
    with pytest.raises(DataError, match=r"Unknown'> cannot be read. Give it to_dict"):
        dec_hook(Unknown, {})
    with pytest.raises(DataError, match=r"cannot be read"):
        dec_hook("text", {})


class Temperature:
    def __init__(self, degrees: int) -> None:
        self.degrees = degrees


class Warm(Temperature):
    pass


def test_a_type_can_be_given_a_spelling_once() -> None:
    register_codec(Temperature, lambda each: each.degrees, Temperature)
    assert 21 == enc_hook(Temperature(21))
    assert 21 == dec_hook(Temperature, 21).degrees
    with pytest.raises(DataError, match=r"Temperature has a codec already. Register it once"):
        register_codec(Temperature, lambda each: each.degrees, Temperature)


def test_a_subclass_is_spelled_as_its_base() -> None:
    assert 35 == enc_hook(Warm(35))


def test_bar_types_with_hyphens_come_back() -> None:
    odd = BarType.from_str("BTC-USD-PERP.VENUE-100-TICK-LAST-INTERNAL")
    assert odd == convert(to_builtins(odd), BarType)
