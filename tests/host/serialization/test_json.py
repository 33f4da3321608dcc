import json
from typing import Any

import pytest
from hypothesis import given

from argosy.errors import DataError, UnknownNameError
from argosy.model.data import QuoteTick, quote_from_raw
from argosy.model.values import Price
from argosy.serialization import from_json, to_json
from argosy.testing.instruments import equity
from tests.host.model.strategies import AUDUSD, quotes
from tests.host.serialization.objects import EXAMPLES, anything

QUOTE = quote_from_raw(AUDUSD, 100_000, 100_002, 3, 4, 5, 0, 1, 2)


@given(anything)
def test_market_data_comes_back(each: Any) -> None:
    assert each == from_json(to_json(each))
    assert each == from_json(to_json(each), type(each))


@pytest.mark.parametrize("each", EXAMPLES, ids=lambda each: type(each).__name__)
def test_a_message_comes_back(each: Any) -> None:
    assert each == from_json(to_json(each))
    assert each == from_json(to_json(each).decode(), type(each))


def test_numbers_are_text_and_times_are_integers() -> None:
    assert {
        "type": "QuoteTick",
        "instrument_id": "AUD/USD.SIM",
        "bid_price": "1.00000",
        "ask_price": "1.00002",
        "bid_size": "3",
        "ask_size": "4",
        "ts_event": 1,
        "ts_init": 2,
    } == json.loads(to_json(QUOTE))


@given(quotes(), quotes())
def test_a_list_comes_back_when_its_type_is_named(one: QuoteTick, two: QuoteTick) -> None:
    assert [one, two] == from_json(to_json([one, two]), list[QuoteTick])


def test_a_value_comes_back_when_its_type_is_named() -> None:
    assert b'"1.50"' == to_json(Price("1.50"))
    assert "1.50" == str(from_json(b'"1.50"', Price))


def test_an_unknown_type_gets_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown type 'Quote'. Did you mean 'QuoteTick'?"):
        from_json(b'{"type": "Quote"}')


@pytest.mark.parametrize("data", [b"", b"{", b"nonsense", to_json(QUOTE)[:-1], b'{"type": "\xff"}'])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(DataError, match=r"JSON: "):
        from_json(data)


@pytest.mark.parametrize("data", [b"[]", b"1", b"{}", b'{"type": 1}', b'"text"'])
def test_what_names_no_type_is_refused(data: bytes) -> None:
    with pytest.raises(DataError, match=r"JSON: .* Correct the value"):
        from_json(data)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"1.00000", b"1.000", r"bid_price and ask_price have 3 and 5 decimals"),
        (b"1.00000", b"nan", r"Price\('nan'\): not a finite number"),
        (b"1.00000", b"1.0000000000000000001", r"Price"),
        (b'"3"', b'"-3"', r"negative"),
        (b"AUD/USD.SIM", b"AUDUSD", r"'AUDUSD' is no InstrumentId"),
        (b'"ts_init":2', b'"ts_init":2.5', r"ts_init is 2.5"),
        (b'"ts_init":2', b'"ts_init":99999999999999999999', r"ts_init"),
        (b"ask_size", b"ask_sizes", r"the field 'ask_size' is missing"),
    ],
)
def test_a_wrong_quote_says_what_is_wrong(old: bytes, new: bytes, message: str) -> None:
    with pytest.raises(DataError, match=rf"JSON of QuoteTick: .*{message}"):
        from_json(to_json(QUOTE).replace(old, new))


def test_a_wrong_message_says_where() -> None:
    with pytest.raises(DataError, match=r"JSON of Equity: .*`\$.price_increment`"):
        from_json(to_json(equity()).replace(b'"0.01"', b'"0,01"'))


def test_a_foreign_object_is_refused() -> None:
    with pytest.raises(DataError, match=r"object cannot be serialized"):
        to_json(object())
