"""What venues and instruments did, stored and read back."""

from collections.abc import Iterator
from typing import Any

import pytest

from argosy.errors import DataError
from argosy.model.data import (
    IS_QUOTING,
    IS_TRADING,
    BookOrder,
    InstrumentStatusUpdate,
    OrderBookSnapshot,
    VenueStatusUpdate,
)
from argosy.model.enums import BookType, MarketStatusAction, OrderSide
from argosy.model.identifiers import InstrumentId, Venue
from argosy.model.values import Price, Quantity
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.statuses import objects_of
from tests.catalog.conftest import MakeCatalog
from tests.catalog.samples import BID_BARS, GBPUSD, SECOND, T0, bars, quotes

OTHER = InstrumentId("EUR/USD.SIM")
ACTIONS = (MarketStatusAction.TRADING, MarketStatusAction.HALT, MarketStatusAction.CLOSE)


def update(
    number: int, action: MarketStatusAction, instrument: InstrumentId = GBPUSD
) -> InstrumentStatusUpdate:
    return InstrumentStatusUpdate(
        instrument_id=instrument,
        action=action,
        reason=f"reason {number}" if number % 2 else None,
        flags=IS_TRADING | IS_QUOTING if action is MarketStatusAction.TRADING else 0,
        ts_event=T0 + number,
        ts_init=T0 + number * SECOND,
    )


UPDATES = [
    update(0, ACTIONS[0]),
    update(1, ACTIONS[1], OTHER),
    update(2, ACTIONS[1]),
    update(3, ACTIONS[2]),
]
VENUES = [
    VenueStatusUpdate(
        venue=Venue("SIM"), status=action, reason=reason, ts_event=T0, ts_init=T0 + number
    )
    for number, (action, reason) in enumerate(zip(ACTIONS, (None, "", "fire"), strict=True))
]


@pytest.fixture(scope="module")
def held(make_catalog: MakeCatalog) -> Iterator[ParquetDataCatalog]:
    with ParquetDataCatalog(make_catalog([*UPDATES, *VENUES]), read_only=True) as opened:
        yield opened


def test_updates_are_read_back_as_they_were(held: ParquetDataCatalog) -> None:
    assert UPDATES == held.query(InstrumentStatusUpdate)
    assert VENUES == held.query(VenueStatusUpdate)
    assert [UPDATES[1]] == held.query(InstrumentStatusUpdate, "EUR/USD.SIM")
    assert UPDATES[2:] == held.query(InstrumentStatusUpdate, start=T0 + 2 * SECOND)
    held = [(each.kind, each.key, each.rows) for each in held.holdings()]
    assert [
        ("instrument_statuses", "EUR/USD.SIM", 1),
        ("instrument_statuses", "GBP/USD.SIM", 3),
        ("venue_statuses", "SIM", 3),
    ] == held


def test_sql_names_actions_and_leaves_reasons_out(held: ParquetDataCatalog) -> None:
    query = "SELECT venue, status, reason FROM venue_statuses ORDER BY ts_init"
    rows = [tuple(row.values()) for row in held.sql(query).to_pylist()]
    assert [("SIM", "TRADING", None), ("SIM", "HALT", ""), ("SIM", "CLOSE", "fire")] == rows


def objects_of_bars(catalog: ParquetDataCatalog) -> list[Any]:
    (stream,) = catalog.streams(type(bars(1)[0]), BID_BARS)
    (batch,) = stream.batches()
    return objects_of(stream.kind, batch, stream.key)


def test_updates_and_ticks_may_come_mixed_and_each_view_has_the_columns_of_its_kind(
    catalog: ParquetDataCatalog,
) -> None:
    catalog.write_data([*UPDATES, *quotes(3), *bars(2)])
    assert ["quotes", "bars", "instrument_statuses", "instrument_statuses"] == [
        each.kind for each in catalog.holdings()
    ]
    expected = ["instrument_id", "ts_event", "ts_init", "action", "reason", "flags"]
    assert expected == catalog.sql("SELECT * FROM instrument_statuses").schema.names
    empty = catalog.sql("SELECT * FROM venue_statuses")
    assert ["venue", "ts_event", "ts_init", "status", "reason"] == empty.schema.names
    assert 0 == empty.num_rows
    assert bars(2) == objects_of_bars(catalog)


def test_updates_are_kept_in_order_like_other_rows(catalog: ParquetDataCatalog) -> None:
    for each in VENUES:
        catalog.write_data([each])
    catalog.compact()
    assert VENUES == catalog.query(VenueStatusUpdate)
    assert 1 == catalog.holdings()[0].files
    assert ["held"] == [span.state for span in catalog.coverage(VenueStatusUpdate)][:1]
    catalog.verify()
    catalog.delete(VenueStatusUpdate, "SIM", start=VENUES[1].ts_init)
    assert VENUES[:1] == catalog.query(VenueStatusUpdate)


def test_unsorted_updates_are_refused(catalog: ParquetDataCatalog) -> None:
    with pytest.raises(DataError, match=r"instrument_statuses of GBP/USD\.SIM.* not sorted"):
        catalog.write_data([UPDATES[3], UPDATES[2]])
    assert [] == catalog.holdings()


def test_a_whole_book_is_stored_as_its_deltas(catalog: ParquetDataCatalog) -> None:
    orders = [
        BookOrder(side, Price.from_str(text), Quantity.from_str("1.50"), 0)
        for side, text in ((OrderSide.BUY, "1.00001"), (OrderSide.SELL, "1.00002"))
    ]
    book = OrderBookSnapshot(
        GBPUSD, BookType.L2_MBP, orders[:1], orders[1:], sequence=4, ts_event=T0, ts_init=T0 + 1
    )
    catalog.write_data([book])
    assert list(book.to_deltas()) == catalog.order_book_deltas()
