"""Catalogs that withhold or change the future."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from argosy.model.data import (
    Bar,
    InstrumentStatusUpdate,
    OrderBookDelta,
    QuoteTick,
    TradeTick,
    VenueStatusUpdate,
)
from argosy.model.enums import MarketStatusAction
from argosy.model.identifiers import Venue
from argosy.testing.instruments import default_fx_ccy
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.hindsight.alteration import Outcome
from argosy_catalog.hindsight.present import changed_after
from argosy_catalog.lake.kinds import STORED
from tests.catalog.conftest import MakeCatalog
from tests.catalog.samples import BID_BARS, GBPUSD, SECOND, SHIB, T0, bars, deltas, quotes, trades

AFTER = T0 + 3 * SECOND
KEYS = [
    (QuoteTick, "quotes", str(GBPUSD)),
    (QuoteTick, "quotes", str(SHIB)),
    (TradeTick, "trades", str(GBPUSD)),
    (Bar, "bars", str(BID_BARS)),
    (OrderBookDelta, "deltas", str(GBPUSD)),
    (InstrumentStatusUpdate, "instrument_statuses", str(GBPUSD)),
    (VenueStatusUpdate, "venue_statuses", "SIM"),
]
OUTCOMES = [False, True]


def statuses(count: int) -> list[Any]:
    """Make what an instrument and its venue do, each second."""
    actions = (MarketStatusAction.TRADING, MarketStatusAction.PAUSE)
    found: list[Any] = []
    for number in range(count):
        at = T0 + number * SECOND
        action = actions[number % 2]
        found += [
            InstrumentStatusUpdate(
                instrument_id=GBPUSD, action=action, reason="x", flags=1, ts_event=at, ts_init=at
            ),
            VenueStatusUpdate(venue=Venue("SIM"), status=action, ts_event=at, ts_init=at),
        ]
    return found


@pytest.fixture(scope="module")
def held(make_catalog: MakeCatalog) -> Path:
    token = quotes(10, instrument=SHIB, price_precision=8, size_precision=3)
    ticks = [*quotes(10), *token, *trades(9), *bars(9), *deltas(40, start=AFTER - 1)]
    later = quotes(9, start=T0 + 20 * SECOND)
    return make_catalog([default_fx_ccy("GBP/USD"), *ticks, *statuses(9)], later)


@pytest.fixture(params=OUTCOMES, ids=["rising", "falling"])
def outcome(request: pytest.FixtureRequest) -> Iterator[Outcome]:
    with changed_after(AFTER, is_falling=request.param):
        yield Outcome(AFTER, request.param)


def stored(folder: Path, kind: type, key: str) -> pa.Table:
    with ParquetDataCatalog(folder) as catalog:
        (stream,) = catalog.streams(kind, key)
        table = pa.Table.from_batches(list(stream.batches()), stream._schema)
        assert stream.rows == table.num_rows
        return table


def codes_as_names(table: pa.Table, kind: Any) -> list[dict[str, Any]]:
    """Return rows as the views show them."""
    rows: list[dict[str, Any]] = table.to_pylist()
    for row in rows:
        for name, enum in STORED.of(kind).enums:
            row[name] = str(enum.from_code(row[name]))
    return rows


@pytest.mark.parametrize(("kind", "view", "key"), KEYS)
def test_what_was_known_stays(
    held: Path, outcome: Outcome, kind: type, view: str, key: str
) -> None:
    shown = stored(held, kind, key)
    with ThreadPoolExecutor(1) as elsewhere:  # another thread sees the data as they are
        true = elsewhere.submit(stored, held, kind, key).result()
    early = true.slice(0, sum(each.value <= AFTER for each in true.column("ts_init")))
    assert early.equals(shown.slice(0, early.num_rows))
    assert early.num_rows <= shown.num_rows < true.num_rows
    assert set(shown.column("ts_init").to_pylist()) < set(true.column("ts_init").to_pylist())


@pytest.mark.slow
def test_sql_shows_what_streams_show(held: Path, outcome: Outcome) -> None:
    with ParquetDataCatalog(held) as catalog:
        for kind, view, key in KEYS:
            streamed = stored(held, kind, key)
            column = "venue" if view == "venue_statuses" else "instrument_id"
            column = "bar_type" if kind is Bar else column
            names = ", ".join(streamed.schema.names)
            for name in (view, f"ordered_{view}"):
                order = "place" if name != view else "ts_init"
                query = f"SELECT {names} FROM {name} WHERE {column} = $key ORDER BY {order}"
                asked = catalog.sql(query, {"key": key}).to_pylist()
                assert codes_as_names(streamed, kind) == asked, view


@pytest.mark.slow
def test_rows_come_in_their_own_order(held: Path, outcome: Outcome) -> None:
    with ParquetDataCatalog(held) as catalog:
        times = catalog.sql("SELECT ts_init FROM quotes WHERE instrument_id = 'SHIBUSDT.SIM'")
    found = times.column(0).to_pylist()
    assert sorted(found) == found


def test_objects_are_changed_and_still_valid(held: Path, outcome: Outcome) -> None:
    with ParquetDataCatalog(held) as catalog:
        ticks, made = catalog.quote_ticks(str(GBPUSD)), catalog.bars(str(BID_BARS))
        sides = {
            tick.aggressor_side.value for tick in catalog.trade_ticks() if tick.ts_init > AFTER
        }
        book = [each for each in catalog.order_book_deltas() if each.ts_init > AFTER]
        rows = catalog.arrow(QuoteTick, GBPUSD).read_all().num_rows
    assert all(0 < tick.bid_price.raw < tick.ask_price.raw for tick in ticks)
    assert all(0 < bar.low <= min(bar.open, bar.close) <= bar.high for bar in made)
    assert sides == {"SELLER" if outcome.is_falling else "BUYER"}
    assert ["CLEAR", "ADD"] == [each.action.value for each in book[:2]]
    assert {"SELL" if outcome.is_falling else "BUY"} == {
        each.order.side.value for each in book[1:] if each.order is not None
    }
    assert len(ticks) == rows


@pytest.mark.slow
def test_what_is_held_is_what_is_shown(held: Path, outcome: Outcome) -> None:
    with ParquetDataCatalog(held) as catalog:
        for holding in catalog.holdings():
            view, key = holding.kind, holding.key
            column = {"bars": "bar_type", "venue_statuses": "venue"}.get(view, "instrument_id")
            (row,) = catalog.sql(
                f"SELECT count(*) AS rows, epoch_ns(min(ts_init)) AS first, "
                f"epoch_ns(max(ts_init)) AS last FROM {view} WHERE {column} = $key",
                {"key": key},
            ).to_pylist()
            assert (holding.rows, holding.first_ns, holding.last_ns) == tuple(row.values())


@pytest.mark.slow
def test_coverage_ends_where_rows_do(held: Path, outcome: Outcome) -> None:
    with ParquetDataCatalog(held) as catalog:
        asked = catalog.sql("SELECT * FROM coverage WHERE type = 'quotes'").to_pylist()
        spans = catalog.coverage(QuoteTick, str(GBPUSD))
        last = next(each for each in catalog.holdings() if each.key == str(GBPUSD)).last_ns
        (found,) = catalog.sql(
            "SELECT epoch_ns(max(last)) AS last FROM coverage "
            "WHERE name = $key AND type = 'quotes'",
            {"key": str(GBPUSD)},
        ).to_pylist()
    assert last == spans[-1].last_ns == found["last"]
    assert 2 == len({row["name"] for row in asked})


def test_nothing_later_is_declared(folder: Path) -> None:
    with ParquetDataCatalog(folder) as catalog:
        catalog.write_data(
            quotes(2), data_type=QuoteTick, identifier=str(GBPUSD), start=T0, end=AFTER + SECOND
        )
        with changed_after(AFTER), ParquetDataCatalog(folder) as shown:
            query = "SELECT epoch_ns(max(last)) AS last FROM coverage"
            (row,) = shown.sql(query).to_pylist()
            assert (AFTER, AFTER) == (shown.coverage()[-1].last_ns, row["last"])
        assert AFTER + SECOND == catalog.coverage()[-1].last_ns
