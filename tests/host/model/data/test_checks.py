import pytest

from argosy.errors import DataError
from argosy.model.data.checks import (
    bar_type_of,
    instrument_id_of,
    missing_key,
    price_of,
    quantity_of,
    same_precision,
    time_of,
)
from argosy.model.values import Price, Quantity
from tests.host.model.strategies import AUDUSD, BAR_TYPE


def test_the_right_type_passes() -> None:
    assert Price(1) == price_of(Price(1), "here", "price")
    assert Quantity(1) == quantity_of(Quantity(1), "here", "size")
    assert AUDUSD == instrument_id_of(AUDUSD, "here")
    assert BAR_TYPE == bar_type_of(BAR_TYPE, "here")
    assert 3 == same_precision(3, 3, "here", "both")


def test_a_wrong_type_gets_place_and_cure() -> None:
    expected = "here: price is 1, a int, where a Price belongs. Give for example Price.from_str"
    with pytest.raises(DataError, match=expected):
        price_of(1, "here", "price")


def test_two_precisions_get_place_and_cure() -> None:
    expected = "here: both have 1 and 2 decimals. Write them at one precision"
    with pytest.raises(DataError, match=expected):
        same_precision(1, 2, "here", "both")


def test_a_missing_field_is_named() -> None:
    assert "Bar: the field 'open' is missing. Add it" == str(missing_key("Bar", KeyError("open")))


def test_a_time_is_an_integer_of_64_bits() -> None:
    assert 5 == time_of(5, "here", "ts_init")
    assert -1 == time_of(-1, "here", "ts_init")
    with pytest.raises(DataError, match=r"here: ts_init is 1.5, a float, where a int belongs"):
        time_of(1.5, "here", "ts_init")
    with pytest.raises(DataError, match=r"Give nanoseconds since 1970, UTC"):
        time_of(2**63, "here", "ts_init")
