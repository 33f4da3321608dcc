from typing import Any

import msgspec
import pytest
from hypothesis import given

from argosy.errors import DataError, UnknownNameError
from argosy.model.data import quote_from_raw
from argosy.serialization import from_msgpack, to_json, to_msgpack
from tests.host.model.strategies import AUDUSD
from tests.host.serialization.objects import EXAMPLES, anything

QUOTE = quote_from_raw(AUDUSD, 100_000, 100_002, 3, 4, 5, 0, 1, 2)


@given(anything)
def test_market_data_comes_back(each: Any) -> None:
    assert each == from_msgpack(to_msgpack(each))
    assert each == from_msgpack(to_msgpack(each), type(each))


@pytest.mark.parametrize("each", EXAMPLES, ids=lambda each: type(each).__name__)
def test_a_message_comes_back(each: Any) -> None:
    assert each == from_msgpack(to_msgpack(each))
    assert msgspec.json.decode(to_json(each)) == msgspec.msgpack.decode(to_msgpack(each))


def test_an_unknown_type_gets_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match=r"Did you mean 'TradeTick'?"):
        from_msgpack(msgspec.msgpack.encode({"type": "TradeTik"}))


@pytest.mark.parametrize("length", [0, 1, 7, len(to_msgpack(QUOTE)) - 1])
def test_what_is_cut_off_is_refused(length: int) -> None:
    with pytest.raises(DataError, match=r"MessagePack: .* Send the whole message"):
        from_msgpack(to_msgpack(QUOTE)[:length])


def test_what_has_more_behind_it_is_refused() -> None:
    with pytest.raises(DataError, match=r"MessagePack"):
        from_msgpack(to_msgpack(QUOTE) + b"\x00")
