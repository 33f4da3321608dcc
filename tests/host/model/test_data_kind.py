from typing import Any

import msgspec
import pytest

from argosy.errors import PluginError
from argosy.model.data_kind import (
    BAR_TYPE_KEY,
    INSTRUMENT_KEY,
    VENUE_KEY,
    Column,
    DataField,
    DataKind,
    Holds,
    check_kind,
)
from argosy.model.enums import OrderSide
from argosy.model.identifiers import InstrumentId
from argosy.model.kinds import BAR, DELTA, KINDS, QUOTE, TICKER, VENUE_STATUS
from argosy.model.values import Price
from argosy.testing.kinds import BARS, SAMPLES

HEIGHT = DataField("height", Holds.PRICE)


class Tide(msgspec.Struct, frozen=True, kw_only=True):
    instrument_id: InstrumentId
    height: Price
    ts_event: int
    ts_init: int


def tide(**changes: Any) -> DataKind:
    given = {"name": "tide", "plural": "tides", "data_type": Tide, "key": INSTRUMENT_KEY}
    return DataKind(**{**given, "fields": (HEIGHT,), **changes})


def test_fields_are_told_by_what_they_hold() -> None:
    assert ("bid_price", "ask_price") == QUOTE.prices
    assert ("bid_size", "ask_size") == QUOTE.sizes
    assert ("volume",) == BAR.sizes
    assert ["action", "side"] == list(DELTA.codes)
    assert ((), ()) == (VENUE_STATUS.prices, VENUE_STATUS.sizes)
    assert all(each.is_optional for each in TICKER.fields)


def test_an_object_says_whose_it_is() -> None:
    (bar,) = SAMPLES[BAR]
    assert BARS == BAR.key_of(bar) == BAR.key.parse(str(BARS))


def test_a_kind_has_one_name_in_each_place() -> None:
    assert {"tide", "tides", "Tide"} == tide().names


def test_a_kind_that_holds_together_is_taken() -> None:
    check_kind(tide())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "Tide"}, "data kind 'Tide': 'Tide' is no name"),
        ({"plural": "high tides"}, "'high tides' is no name. Use small letters"),
        ({"key": VENUE_KEY}, "its data is of no instrument. Give INSTRUMENT_KEY or BAR_TYPE_KEY"),
        ({"fields": ()}, "it has no fields"),
        ({"fields": (DataField("side", Holds.CODE),)}, "field 'side' has no codes"),
        ({"fields": (DataField("side", Holds.TEXT, OrderSide),)}, "field 'side' has no codes"),
        ({"key": BAR_TYPE_KEY}, "Tide has no field 'bar_type'"),
        (
            {"fields": (DataField("heigth", Holds.PRICE),)},
            "Tide has no field 'heigth'. Did you mean 'height'?",
        ),
        (
            {"fields": (DataField("height", Holds.PRICE, is_optional=True),)},
            "field 'height' may be missing",
        ),
    ],
)
def test_a_kind_that_does_not_hold_together_is_refused(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(PluginError, match=message.replace("?", r"\?")):
        check_kind(tide(**changes))


def test_a_column_knows_what_it_misses() -> None:
    column = Column("heights", {QUOTE: 1}, without={BAR: "no height"})
    assert (1, None, 2) == (column[QUOTE], column.get(BAR), column.get(None, 2))
    assert (True, False) == (QUOTE in column, BAR in column)
    assert [QUOTE] == list(column)
    missing = column.missing(KINDS)
    assert {"quote", "bar"} == {kind.name for kind in KINDS} - set(missing)
