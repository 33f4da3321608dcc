import copy
import pickle

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import InputError, UnknownNameError
from argosy.model import enums
from argosy.model.enums import (
    BarAggregation,
    Named,
    OmsType,
    OpenName,
    OrderSide,
    OrderStatus,
    OrderType,
    PriceType,
    TimeInForce,
)

CLOSED = [
    each
    for each in vars(enums).values()
    if isinstance(each, type) and issubclass(each, Named) and each is not Named
]
OPEN = [OrderType, BarAggregation]


@pytest.mark.parametrize("kind", CLOSED)
def test_a_member_is_its_own_name(kind: type[Named]) -> None:
    assert [member.name for member in kind] == [str(member) for member in kind]


@pytest.mark.parametrize("kind", CLOSED)
def test_a_code_is_the_place_in_the_definition(kind: type[Named]) -> None:
    assert list(range(len(kind))) == [member.code for member in kind]
    assert list(kind) == [kind.from_code(code) for code in range(len(kind))]


@pytest.mark.parametrize("code", [-1, 3, 2**31])
def test_an_unknown_code_is_refused(code: int) -> None:
    with pytest.raises(InputError, match=r"OrderSide has no code .*Codes are 0 to 2"):
        OrderSide.from_code(code)


def test_the_codes_that_columns_store_are_these() -> None:
    assert [0, 1, 2] == [OrderSide(name).code for name in ("NO_ORDER_SIDE", "BUY", "SELL")]
    assert [1, 2, 3, 4] == [PriceType(name).code for name in ("BID", "ASK", "MID", "LAST")]


def test_settings_may_be_written_in_lower_case() -> None:
    assert OmsType.NETTING is OmsType("netting")
    assert TimeInForce.AT_THE_OPEN is TimeInForce.from_str("at_the_open")


def test_an_unknown_member_gets_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown OmsType 'NETING'. Did you mean 'NETTING'"):
        OmsType.from_str("NETING")
    with pytest.raises(ValueError, match="not a valid OmsType"):
        OmsType("NETING")
    with pytest.raises(UnknownNameError, match="unknown OmsType '5'"):
        OmsType.from_str(5)  # type: ignore[arg-type]


@pytest.mark.parametrize("member", [OrderSide.BUY, OrderStatus.PARTIALLY_FILLED])
def test_a_member_survives_pickle_and_json(member: Named) -> None:
    assert member is pickle.loads(pickle.dumps(member))
    assert member is msgspec.json.decode(msgspec.json.encode(member), type=type(member))
    assert member is msgspec.msgpack.decode(msgspec.msgpack.encode(member), type=type(member))


@pytest.mark.parametrize("kind", OPEN)
def test_an_open_set_has_its_constants(kind: type[OpenName]) -> None:
    names = [name for name in vars(kind) if name.isupper()]
    assert {OrderType: 9, BarAggregation: 16}[kind] == len(names)
    assert all(getattr(kind, name) is kind(name) for name in names)
    assert all(getattr(kind, name) == name for name in names)


@given(st.from_regex(r"[A-Z][A-Z0-9]{0,5}(_[A-Z0-9]{1,5}){0,3}", fullmatch=True))
def test_an_open_set_takes_any_well_formed_name_once(name: str) -> None:
    member = OrderType(name)
    assert member == name
    assert member is OrderType(name)
    assert member is OrderType(member)
    assert hash(name) == hash(member)
    assert member is pickle.loads(pickle.dumps(member))
    assert member is copy.deepcopy(member)
    assert type(member.value) is str


@pytest.mark.parametrize("name", ["", "limit", "STOP LIMIT", "_LIMIT", "LIMIT_", "A__B", "1A", "É"])
def test_an_open_set_refuses_what_is_no_name(name: str) -> None:
    with pytest.raises(InputError, match=r"is no name for OrderType. Write it like STOP_MARKET"):
        OrderType(name)


def test_an_open_set_refuses_what_is_no_text() -> None:
    with pytest.raises(InputError, match="5 is no name for BarAggregation"):
        BarAggregation(5)  # type: ignore[arg-type]


def test_two_open_sets_share_no_members() -> None:
    assert type(OrderType("TICK")) is OrderType
    assert type(BarAggregation("TICK")) is BarAggregation


def test_an_open_name_shows_its_set() -> None:
    assert repr(OrderType.LIMIT) == "OrderType('LIMIT')"
    assert f"{OrderType.LIMIT}" == "LIMIT"
