from dataclasses import asdict, dataclass
from typing import Any

import msgspec
import pytest

from argosy.errors import DuplicateNameError, UnknownNameError
from argosy.model.data import QuoteTick
from argosy.model.events import account, order, position
from argosy.model.events.order import OrderFilled
from argosy.model.instruments import INSTRUMENT_CLASSES
from argosy.serialization import (
    arrow,
    from_json,
    from_msgpack,
    register_type,
    to_json,
    to_msgpack,
)
from argosy.serialization.registry import name_of, type_named


@dataclass(frozen=True)
class Sentiment:
    symbol: str
    score: int
    ts_event: int
    ts_init: int

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_dict(values: dict[str, Any]) -> "Sentiment":
        return Sentiment(**{key: value for key, value in values.items() if key != "type"})


class Weather(msgspec.Struct, frozen=True, tag=True):
    place: str
    degrees: float
    ts_event: int
    ts_init: int


@dataclass(frozen=True)
class Plain:
    words: tuple[str, ...]


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Sentiment, Sentiment("BTC", -3, 1, 2)), (Weather, Weather("Oslo", -1.5, 1, 2))],
)
def test_a_type_of_a_third_party_travels(kind: type[Any], value: Any) -> None:
    register_type(kind)
    assert value == from_json(to_json(value))
    assert value == from_msgpack(to_msgpack(value))
    assert [value, value] == arrow.from_bytes(arrow.to_bytes([value, value]))


def test_two_functions_and_a_name_do_too() -> None:
    register_type(
        Plain,
        to_dict=lambda each: {"words": list(each.words)},
        from_dict=lambda values: Plain(tuple(values["words"])),
        name="plain-words",
    )
    value = Plain(("a", "b"))
    assert b'{"type":"plain-words","words":["a","b"]}' == to_json(value)
    assert value == from_json(to_json(value))
    assert [value] == arrow.from_batch(arrow.to_batch([value]))
    assert "plain-words" == name_of(Plain)


def test_a_name_is_taken_once() -> None:
    with pytest.raises(DuplicateNameError, match=r"the type 'QuoteTick' is registered already"):
        register_type(Weather, name="QuoteTick")


def test_names_and_types_belong_together() -> None:
    assert QuoteTick is type_named("QuoteTick")
    assert "OrderFilled" == name_of(OrderFilled)
    with pytest.raises(UnknownNameError, match=r"unknown type 'Tick'"):
        type_named("Tick")
    with pytest.raises(UnknownNameError, match=r"unknown type 'int'"):
        name_of(int)


def test_every_instrument_and_event_is_known() -> None:
    for name, kind in INSTRUMENT_CLASSES.items():
        assert kind is type_named(name)
    for module in (account, order, position):
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, order.OrderEvent):
                assert kind is order.OrderEvent or kind is type_named(kind.__name__)
    assert account.AccountState is type_named("AccountState")
    assert position.PositionClosed is type_named("PositionClosed")
