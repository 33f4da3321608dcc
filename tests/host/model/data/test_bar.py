import pickle

import pytest
from hypothesis import given

from argosy.errors import DataError
from argosy.model.data import Bar, bar_from_raw
from argosy.model.values import Price, Quantity
from tests.host.model.strategies import BAR_TYPE, bars


def bar(
    open_: str = "1.02",
    high: str = "1.04",
    low: str = "1.01",
    close: str = "1.03",
    volume: str = "7",
) -> Bar:
    prices = (Price(price) for price in (open_, high, low, close))
    return Bar(BAR_TYPE, *prices, Quantity(volume), 1, 2)


def test_a_bar_holds_integers_and_makes_values_when_asked() -> None:
    one = bar()
    raws = (one.open_raw, one.high_raw, one.low_raw, one.close_raw, one.volume_raw)
    assert (102, 104, 101, 103, 7) == raws
    assert ["1.02", "1.04", "1.01", "1.03"] == [
        str(price) for price in (one.open, one.high, one.low, one.close)
    ]
    assert Quantity(7) == one.volume
    assert one.is_revision is False


def test_the_factory_makes_the_same_bar() -> None:
    assert bar() == bar_from_raw(BAR_TYPE, 102, 104, 101, 103, 7, 2, 0, 1, 2)


def test_a_revision_is_another_bar() -> None:
    revision = bar_from_raw(BAR_TYPE, 102, 104, 101, 103, 7, 2, 0, 1, 2, is_revision=True)
    assert revision.is_revision is True
    assert bar() != revision


@pytest.mark.parametrize("prices", [("1.05", "1.04", "1.01"), ("1.02", "1.02", "1.01", "1.03")])
def test_no_price_is_above_the_high(prices: tuple[str, ...]) -> None:
    with pytest.raises(
        DataError, match=r"Bar of AUD/USD.SIM-1-.* at 1: high .* is not the highest"
    ):
        bar(*prices)


@pytest.mark.parametrize("prices", [("1.00", "1.04", "1.01"), ("1.02", "1.04", "1.01", "1.00")])
def test_no_price_is_below_the_low(prices: tuple[str, ...]) -> None:
    with pytest.raises(DataError, match=r"low 1.01 is not the lowest price\. Give a low"):
        bar(*prices)


def test_prices_of_two_precisions_are_refused() -> None:
    with pytest.raises(DataError, match=r"open and close have 3 and 2 decimals"):
        bar(open_="1.020")


def test_a_string_is_no_bar_type() -> None:
    with pytest.raises(DataError, match=r"where a BarType belongs"):
        Bar("x", Price(1), Price(1), Price(1), Price(1), Quantity(1), 0, 0)  # type: ignore[arg-type]


def test_a_bar_of_one_price_says_so() -> None:
    assert bar("1.01", "1.01", "1.01", "1.01").is_single_price()
    assert not bar().is_single_price()


@given(bars())
def test_a_bar_survives_its_dict_and_pickle(one: Bar) -> None:
    assert one == Bar.from_dict(one.to_dict())
    assert one == pickle.loads(pickle.dumps(one))
    assert hash(one) == hash(Bar.from_dict(one.to_dict()))


@given(bars(), bars())
def test_bars_are_equal_when_all_fields_are(one: Bar, two: Bar) -> None:
    assert (one == two) == (one.to_dict() == two.to_dict())


def test_a_bar_reads_well() -> None:
    assert "Bar(AUD/USD.SIM-1-MINUTE-BID-EXTERNAL,1.02,1.04,1.01,1.03,7,1)" == repr(bar())


def test_a_missing_field_is_named() -> None:
    with pytest.raises(DataError, match=r"Bar: the field 'bar_type' is missing"):
        Bar.from_dict({})
