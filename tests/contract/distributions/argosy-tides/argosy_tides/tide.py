"""Tides: how high the water stands at the port of an instrument."""

import msgspec

from argosy.model.data_kind import INSTRUMENT_KEY, DataField, DataKind, Holds
from argosy.model.enums import OrderSide
from argosy.model.identifiers import InstrumentId
from argosy.model.values import Price


class Tide(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of a gauge."""

    instrument_id: InstrumentId
    height: Price
    side: OrderSide
    station: str | None
    is_rising: bool
    ts_event: int
    ts_init: int


TIDE = DataKind(
    "tide",
    "tides",
    Tide,
    INSTRUMENT_KEY,
    (
        DataField("height", Holds.PRICE),
        DataField("side", Holds.CODE, OrderSide),
        DataField("station", Holds.TEXT, is_optional=True),
        DataField("is_rising", Holds.FLAG),
    ),
)
