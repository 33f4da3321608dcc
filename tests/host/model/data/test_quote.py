import copy
import pickle
from decimal import Decimal

import pytest
from hypothesis import given

from argosy.errors import DataError
from argosy.model.data import QuoteTick, quote_from_raw
from argosy.model.enums import PriceType
from argosy.model.values import RAW_MAX, Price, Quantity
from tests.host.model.strategies import AUDUSD, positive_sizes, quotes, raws


def quote(
    bid: str = "1.00000", ask: str = "1.00002", bid_size: str = "100", ask_size: str = "50"
) -> QuoteTick:
    return QuoteTick(AUDUSD, Price(bid), Price(ask), Quantity(bid_size), Quantity(ask_size), 1, 2)


def test_a_quote_holds_integers_and_makes_values_when_asked() -> None:
    tick = quote()
    assert (100_000, 100_002, 100, 50) == (
        tick.bid_raw,
        tick.ask_raw,
        tick.bid_size_raw,
        tick.ask_size_raw,
    )
    assert ("1.00000", "1.00002") == (str(tick.bid_price), str(tick.ask_price))
    assert (Quantity(100), Quantity(50)) == (tick.bid_size, tick.ask_size)
    assert (5, 0, 1, 2) == (
        tick.price_precision,
        tick.size_precision,
        tick.ts_event,
        tick.ts_init,
    )


def test_the_factory_makes_the_same_quote() -> None:
    assert quote() == quote_from_raw(AUDUSD, 100_000, 100_002, 100, 50, 5, 0, 1, 2)


def test_the_mid_price_has_one_more_decimal() -> None:
    assert "1.000010" == str(quote().extract_price(PriceType.MID))
    assert "75.0" == str(quote().extract_size(PriceType.MID))


def test_bid_and_ask_are_extracted_as_they_are() -> None:
    assert Price("1.00000") == quote().extract_price(PriceType.BID)
    assert Price("1.00002") == quote().extract_price(PriceType.ASK)
    assert Quantity(100) == quote().extract_size(PriceType.BID)
    assert Quantity(50) == quote().extract_size(PriceType.ASK)


def test_a_mid_of_18_decimals_rounds_half_to_even() -> None:
    odd = quote_from_raw(AUDUSD, 1, 2, 1, 2, 18, 18, 0, 0)
    even = quote_from_raw(AUDUSD, 3, 2, 2, 3, 18, 18, 0, 0)
    assert 2 == odd.extract_price(PriceType.MID).raw
    assert 2 == even.extract_price(PriceType.MID).raw
    assert 2 == even.extract_size(PriceType.MID).raw


def test_a_side_of_size_0_is_nobody() -> None:
    assert quote().is_two_sided
    no_ask = quote(ask="0.00000", ask_size="0")
    assert not no_ask.is_two_sided
    assert Price("1.00000") == no_ask.extract_price(PriceType.BID)
    for price_type in (PriceType.ASK, PriceType.MID):
        with pytest.raises(
            DataError, match=rf"size 100 at the bid and 0 at the ask has no {price_type}"
        ):
            no_ask.extract_price(price_type)
    with pytest.raises(DataError, match=r"AUD/USD.SIM at 1: .*has no BID. Look at is_two_sided"):
        quote(bid_size="0").extract_price(PriceType.BID)


@given(raws, raws, positive_sizes, positive_sizes)
def test_a_mid_is_half_of_the_sum(bid: int, ask: int, bid_size: int, ask_size: int) -> None:
    tick = quote_from_raw(AUDUSD, bid, ask, bid_size, ask_size, 4, 4, 0, 0)
    mid, size = tick.extract_price(PriceType.MID), tick.extract_size(PriceType.MID)
    assert abs(mid.raw) <= RAW_MAX
    for exact, found in ((bid + ask, mid), (bid_size + ask_size, size)):
        half = Decimal(exact) / 20_000
        assert abs(half - found.as_decimal()) <= (0 if found.precision == 5 else Decimal("0.00005"))


@pytest.mark.parametrize("price_type", [PriceType.LAST, PriceType.UNDEFINED])
def test_a_quote_has_no_other_price(price_type: PriceType) -> None:
    with pytest.raises(DataError, match=f"a quote has no {price_type}. Ask for BID, ASK or MID"):
        quote().extract_price(price_type)
    with pytest.raises(DataError, match=r"a quote has no"):
        quote().extract_size(price_type)


def test_prices_of_two_precisions_are_refused() -> None:
    with pytest.raises(DataError, match=r"QuoteTick of AUD/USD.SIM: bid_price and ask_price have"):
        quote(bid="1.0000")


def test_sizes_of_two_precisions_are_refused() -> None:
    with pytest.raises(DataError, match=r"bid_size and ask_size have 1 and 0 decimals"):
        quote(bid_size="1.0")


def test_a_float_is_no_price() -> None:
    with pytest.raises(DataError, match=r"bid_price is 1.0, a float, where a Price belongs"):
        QuoteTick(AUDUSD, 1.0, Price("1.0"), Quantity(1), Quantity(1), 0, 0)  # type: ignore[arg-type]


def test_a_price_is_no_size() -> None:
    with pytest.raises(DataError, match=r"ask_size is .* where a Quantity belongs"):
        QuoteTick(AUDUSD, Price(1), Price(1), Quantity(1), Price(1), 0, 0)  # type: ignore[arg-type]


def test_a_plain_string_is_no_instrument_id() -> None:
    with pytest.raises(DataError, match=r"where a InstrumentId belongs"):
        QuoteTick("A.B", Price(1), Price(1), Quantity(1), Quantity(1), 0, 0)  # type: ignore[arg-type]


@given(quotes())
def test_a_quote_survives_its_dict_and_pickle(tick: QuoteTick) -> None:
    assert tick == QuoteTick.from_dict(tick.to_dict())
    assert tick == pickle.loads(pickle.dumps(tick))
    assert tick == copy.deepcopy(tick)
    assert hash(tick) == hash(QuoteTick.from_dict(tick.to_dict()))


@given(quotes(), quotes())
def test_quotes_are_equal_when_all_fields_are(one: QuoteTick, two: QuoteTick) -> None:
    assert (one == two) == (one.to_dict() == two.to_dict())


def test_a_quote_is_no_other_thing() -> None:
    assert quote() != "AUD/USD.SIM"


def test_a_quote_reads_well() -> None:
    assert "QuoteTick(AUD/USD.SIM,1.00000,1.00002,100,50,1)" == repr(quote())


def test_a_missing_field_is_named() -> None:
    values = quote().to_dict()
    del values["ask_size"]
    with pytest.raises(DataError, match=r"QuoteTick: the field 'ask_size' is missing"):
        QuoteTick.from_dict(values)


def test_a_quote_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        quote().bid_price = Price(2)  # type: ignore[misc]
