"""A kind without compiled loops travels in columns all the same."""

from typing import Any

import msgspec
import pyarrow as pa
import pytest

from argosy.errors import DataError, UnknownNameError
from argosy.model.data_kind import INSTRUMENT_KEY, DataField, DataKind, Holds
from argosy.model.enums import OrderSide
from argosy.model.identifiers import InstrumentId
from argosy.model.kinds import INSTRUMENT_STATUS, KINDS, VENUE_STATUS
from argosy.model.values import Price, Quantity
from argosy.serialization import arrow, plain_rows
from argosy.testing.kinds import NS, PAIR, SAMPLES


class Tide(msgspec.Struct, frozen=True, kw_only=True):
    instrument_id: InstrumentId
    height: Price
    volume: Quantity
    side: OrderSide
    station: str | None
    is_rising: bool
    level: int
    ts_event: int
    ts_init: int


TIDE = DataKind(
    "tide",
    "tides",
    Tide,
    INSTRUMENT_KEY,
    (
        DataField("height", Holds.PRICE),
        DataField("volume", Holds.SIZE),
        DataField("side", Holds.CODE, OrderSide),
        DataField("station", Holds.TEXT, is_optional=True),
        DataField("is_rising", Holds.FLAG),
        DataField("level", Holds.INT64),
    ),
)
KNOWN = KINDS.plus(TIDE)


def tide(count: int = 0, **changes: Any) -> Tide:
    given = {
        "instrument_id": PAIR,
        "height": Price.from_raw(-150 + count, 2),
        "volume": Quantity.from_raw(7, 0),
        "side": OrderSide.SELL,
        "station": None if count % 2 else "pier",
        "is_rising": False,
        "level": -(2**40),
        "ts_event": NS + count,
        "ts_init": NS + count + 1,
    }
    return Tide(**{**given, **changes})


@pytest.mark.parametrize("rising", [True, False])
def test_what_is_written_is_read(*, rising: bool) -> None:
    tides = [tide(i, is_rising=rising and i == 1) for i in range(3)]
    batch = arrow.to_batch(tides, KNOWN)
    assert arrow.schema(TIDE, 2, 0).equals(batch.schema)
    assert tides == arrow.from_batch(batch, kinds=KNOWN)
    assert (TIDE, PAIR) == arrow.subject(batch.schema, KNOWN)


def test_numbers_lie_in_columns_as_they_are() -> None:
    batch, key = arrow.to_rows(TIDE, [tide()])
    assert PAIR == key
    assert ["-1.50"] == [f"{each}" for each in batch.column("height").to_pylist()]
    assert [OrderSide.SELL.code] == batch.column("side").to_pylist()


@pytest.mark.parametrize("kind", [INSTRUMENT_STATUS, VENUE_STATUS])
def test_statuses_lie_in_columns_too(kind: DataKind) -> None:
    batch, key = arrow.to_rows(kind, SAMPLES[kind])
    assert SAMPLES[kind] == arrow.from_rows(kind, batch, key)


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ("a word", "object 1 is of type str, those before it of Tide"),
        (tide(instrument_id=InstrumentId("A.B")), "object 1 is of instrument_id A.B"),
        (tide(height=Price.from_raw(1, 3)), "object 1 is of precision of height 3"),
        (tide(volume=Quantity.from_raw(1, 1)), "object 1 is of precision of volume 1"),
    ],
)
def test_what_does_not_belong_together_is_refused(other: Any, message: str) -> None:
    with pytest.raises(DataError, match=f"{message}.* Give one batch for each"):
        plain_rows.write(TIDE, [tide(), other])


def test_a_wrong_row_is_named() -> None:
    batch, key = arrow.to_rows(TIDE, [tide(), tide()])
    at = batch.schema.get_field_index("side")
    wrong = batch.set_column(at, batch.schema.field("side"), pa.array([1, 9], pa.int8()))
    with pytest.raises(DataError, match=r"batch of EUR/USD.SIM: row 1: OrderSide has no code 9"):
        arrow.from_rows(TIDE, wrong, key)


def test_only_what_may_be_missing_is_missing() -> None:
    batch, key = arrow.to_rows(TIDE, [tide()])
    at = batch.schema.get_field_index("level")
    wrong = batch.set_column(at, batch.schema.field("level"), pa.array([None], pa.int64()))
    with pytest.raises(DataError, match="column level has nulls"):
        arrow.from_rows(TIDE, wrong, key)


def test_a_kind_that_is_not_known_is_told() -> None:
    batch = arrow.to_batch([tide()], KNOWN)
    with pytest.raises(UnknownNameError, match="unknown type 'Tide'"):
        arrow.subject(batch.schema)
