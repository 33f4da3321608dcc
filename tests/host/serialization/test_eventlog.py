"""The canonical event log: bytes that msgpack reads back, and a hash that tells runs apart."""

import hashlib
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy import (
    AccountId,
    ClientOrderId,
    Currency,
    CurrencyType,
    InstrumentId,
    LiquiditySide,
    Money,
    OrderFilled,
    OrderSide,
    OrderType,
    PositionId,
    Price,
    Quantity,
    StrategyId,
    TradeId,
    TraderId,
    ValueRangeError,
    VenueOrderId,
)
from argosy.serialization.eventlog import EventLog

USD = Currency.from_str("USD")
CHUNK = 1 << 20
INT64 = st.integers(-(2**63), 2**63 - 1)


class Thing(msgspec.Struct, frozen=True):
    """An event that holds any one value."""

    value: Any
    ts_init: int = 7


class Wide(msgspec.Struct, frozen=True):
    """An event of several fields."""

    first: Any
    second: Any
    third: Any
    ts_init: int = 7


def fill(trade_id: str = "T-1", *, commission: str = "2.00 USD") -> OrderFilled:
    return OrderFilled(
        TraderId("TRADER-001"),
        StrategyId("S-001"),
        InstrumentId("GBP/USD.SIM"),
        ClientOrderId("O-1"),
        VenueOrderId("V-1"),
        AccountId("SIM-001"),
        TradeId(trade_id),
        PositionId("P-1"),
        OrderSide.BUY,
        OrderType.MARKET,
        Quantity("100000"),
        Price("1.23450"),
        USD,
        Money.from_str(commission),
        LiquiditySide.TAKER,
        41,
        1_000,
        2_000,
    )


def written(value: Any) -> Any:
    log = EventLog()
    log.append(Thing(value))
    return msgspec.msgpack.decode(log.to_bytes())[1]


def test_an_event_is_its_class_name_and_then_its_fields_in_order() -> None:
    log = EventLog()
    log.append(fill())
    decoded = msgspec.msgpack.decode(log.to_bytes())
    assert decoded[:3] == ["OrderFilled", "TRADER-001", "S-001"]
    assert decoded[9:15] == ["BUY", "MARKET", [100_000, 0], [123_450, 5], "USD", [200, "USD"]]
    assert decoded[15:] == ["TAKER", 41, 1_000, 2_000, False, None]


@given(INT64)
def test_every_integer_is_read_back(value: int) -> None:
    assert value == written(value)


@given(INT64)
def test_integers_are_written_as_short_as_msgpack_allows(value: int) -> None:
    log = EventLog()
    log.append(Thing(value))
    assert msgspec.msgpack.encode(["Thing", value, 7]) == log.to_bytes()


@given(st.text())
def test_every_text_is_read_back(text: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in text):
        return
    assert text == written(text)


@pytest.mark.parametrize("length", [0, 31, 32, 255, 256, 65_535, 65_536])
def test_texts_of_every_length_class_are_read_back(length: int) -> None:
    assert "x" * length == written("x" * length)


@pytest.mark.parametrize("length", [0, 15, 16, 65_535, 65_536])
def test_tuples_of_every_length_class_are_read_back(length: int) -> None:
    assert [1] * length == written((1,) * length)


def test_maps_are_sorted_so_that_their_making_does_not_show() -> None:
    one, other = EventLog(), EventLog()
    one.append(Thing({"a": 1, "b": [True, None]}))
    other.append(Thing({"b": [True, None], "a": 1}))
    assert one.hash() == other.hash()
    assert {"a": 1, "b": [True, None]} == written({"b": [True, None], "a": 1})


def test_money_beyond_64_bits_is_text() -> None:
    assert [str(10**30), "USD"] == written(Money.from_raw(10**30, USD))


def test_decimals_are_text_and_bytes_are_bytes() -> None:
    assert ["1.50", b"\x00\xff"] == written((Decimal("1.50"), b"\x00\xff"))


def test_a_float_has_no_place_in_the_log() -> None:
    with pytest.raises(ValueRangeError, match="float has no place"):
        EventLog().append(Thing(1.5))


def test_a_field_may_change_its_type_from_event_to_event() -> None:
    log = EventLog()
    values = [1, "a", None, Price("1.5"), 2, (3,), Money.from_str("1.00 USD"), True, Quantity("4")]
    for value in values:
        log.append(Thing(value))
    found = [msgspec.msgpack.decode(payload)[1] for _, _, _, payload in log.rows()]
    assert [1, "a", None, [15, 1], 2, [3], [100, "USD"], True, [4, 0]] == found


# Its code has more bytes than a log keeps at hand.
LONG = Currency("A-CURRENCY-WITH-A-VERY-LONG-CODE-INDEED", 2, CurrencyType.CRYPTO)
SAMPLES = (
    None,
    1,
    7,  # is when it was made, too
    10**18,
    "",
    "a text",
    Price("1.50"),
    Quantity("7"),
    Money.from_str("1.00 USD"),
    Money.from_str("-7 JPY"),
    Money.from_raw(10**30, USD),
    Money.from_raw(2**63 - 1, LONG),
    Decimal("1.5"),
    True,
    USD,
    LONG,
    (),
    (1, "b"),
    ["grows"],
    Thing(3),
    Thing(Thing(Thing("deep"))),
)


@given(st.lists(st.tuples(*[st.sampled_from(SAMPLES)] * 3), max_size=12))
def test_an_event_is_written_as_if_it_were_the_first(rows: list[tuple[Any, Any, Any]]) -> None:
    log = EventLog()
    expected = b""
    for row in rows:
        event = Wide(*row)
        alone = EventLog()
        alone.append(event)
        log.append(event)
        expected += alone.to_bytes()
    assert expected == log.to_bytes()


def test_what_is_inside_a_field_may_change_between_two_events() -> None:
    log = EventLog()
    grows: list[int] = []
    for number in range(3):
        grows.append(number)
        log.append(Thing(grows))
    found = [msgspec.msgpack.decode(payload)[1] for _, _, _, payload in log.rows()]
    assert [[0], [0, 1], [0, 1, 2]] == found


def test_an_event_that_has_no_place_does_not_spoil_the_next() -> None:
    log = EventLog()
    log.append(Wide("a", "b", "c"))
    whole = len(log.to_bytes())
    with pytest.raises(ValueRangeError):
        log.append(Wide("other", 1.5, "c"))
    assert whole == len(log.to_bytes())
    log.append(Wide("a", "b", "c"))
    assert ["Wide", "a", "b", "c", 7] == msgspec.msgpack.decode(log.to_bytes()[whole:])


def test_neither_does_one_that_has_no_place_inside_another() -> None:
    log = EventLog()
    with pytest.raises(ValueRangeError):
        log.append(Thing(Thing(1.5)))
    assert len(log) == 0
    assert hashlib.sha256(b"").hexdigest() == log.hash()
    log.append(Thing(Thing(2)))
    assert ["Thing", [2, 7], 7] == msgspec.msgpack.decode(log.to_bytes())


def test_what_is_no_struct_is_no_event() -> None:
    with pytest.raises(ValueRangeError, match="a list has no place in the event log"):
        EventLog().append([1])


def test_the_hash_is_that_of_the_bytes_whatever_the_chunks() -> None:
    log = EventLog()
    for number in range(20_000):
        log.append(fill(f"T-{number}"))
    assert len(log.to_bytes()) > 2 * CHUNK
    assert hashlib.sha256(log.to_bytes()).hexdigest() == log.hash()


def test_a_cent_of_commission_changes_the_hash() -> None:
    one, other = EventLog(), EventLog()
    one.append(fill())
    other.append(fill(commission="2.01 USD"))
    assert one.hash() != other.hash()


def test_rows_cut_the_log_into_its_events() -> None:
    log = EventLog()
    log.append(fill("T-1"))
    log.append(Thing("x", ts_init=9))
    rows = list(log.rows())
    assert [(0, 2_000, "OrderFilled"), (1, 9, "Thing")] == [row[:3] for row in rows]
    assert log.to_bytes() == b"".join(row[3] for row in rows)
    assert 2 == len(log)


@pytest.mark.parametrize("first", [-3, 0, 1, 7_000, 29_999, 30_000, 40_000])
def test_rows_may_begin_at_any_number(first: int) -> None:
    log = EventLog()
    for number in range(30_000):
        log.append(Thing("x" * 70, number))
    assert len(log.to_bytes()) > 2 * CHUNK
    expected = list(log.rows())[max(first, 0) :]
    assert expected == list(log.rows(first))
