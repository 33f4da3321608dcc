"""Views over all precisions, without a cast on a timestamp."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from argosy.model.bar_type import BarType
from argosy.model.data import (
    F_LAST,
    F_SNAPSHOT,
    IS_QUOTING,
    IS_TRADING,
    Bar,
    BookOrder,
    InstrumentStatusUpdate,
    OrderBookDelta,
    TradeTick,
    VenueStatusUpdate,
)
from argosy.model.enums import AggressorSide, BookAction, MarketStatusAction, OrderSide
from argosy.model.identifiers import InstrumentId, TradeId, Venue
from argosy.model.values import Price, Quantity
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake import duck
from argosy_catalog.lake.kinds import DELTAS, QUOTES, STORED, TRADES, Kind, Table
from argosy_catalog.lake.views import all_views, instruments_view, market_view, run_view
from argosy_catalog.macros import MACROS
from tests.catalog.conftest import MakeCatalog
from tests.catalog.samples import T0


@pytest.mark.parametrize("kind", list(STORED))
def test_no_timestamp_is_wrapped(kind: Kind) -> None:
    statement = market_view(kind, [Table.of(kind, 5, 0), Table.of(kind, 2, 0)])
    assert '"ts_event", "ts_init",' in statement
    assert "ts_init::" not in statement


def test_tables_are_joined_by_name_in_a_fixed_order() -> None:
    tables = [Table.of(QUOTES, 5, 0), Table.of(QUOTES, 2, 0), Table.of(QUOTES, 18, 0)]
    statement = market_view(QUOTES, tables)
    assert statement == market_view(QUOTES, reversed(tables))
    assert 2 == statement.count(" UNION ALL BY NAME ")


def test_codes_become_names() -> None:
    statement = market_view(TRADES, [Table.of(TRADES, 5, 0)])
    assert "list_extract(['NO_AGGRESSOR', 'BUYER', 'SELLER'], \"aggressor_side\" + 1)" in statement


def test_a_view_over_nothing_has_typed_columns() -> None:
    statement = market_view(DELTAS, [])
    assert 'NULL::VARCHAR AS "action"' in statement
    assert 'NULL::UBIGINT AS "order_id"' in statement
    assert " WHERE false; CREATE" in statement


def test_there_is_a_view_of_everything() -> None:
    statements = all_views()
    assert run_view("equity") in statements
    assert instruments_view() in statements
    assert len(list(STORED)) + 10 == len([each for each in statements if " MACRO " not in each])
    assert len(MACROS) == len([each for each in statements if " MACRO " in each])


def text(market: ParquetDataCatalog, query: str) -> list[str]:
    return [" ".join(map(str, row.values())) for row in market.sql(query).to_pylist()]


VIEWS = {
    "instrument_id, bid_price, ask_price, bid_size, price_precision FROM quotes "
    "WHERE ts_init = '2024-01-01 00:00:15' OR ts_init = '2024-01-01 00:00:45' ORDER BY ts_init": [
        "USD/JPY.SIM 141.00000 141.01000 1000000 3",
        "WTI.SIM -10.00000 -9.90000 1000000 2",
    ],
    "bid_price FROM ordered_quotes WHERE ts_init = '2024-01-01 00:01' ORDER BY place": [
        "1.49990",
        "1.50020",
    ],
    "trade_id, price, size, aggressor_side FROM trades ORDER BY ts_init LIMIT 2": [
        "T-0 2.50 1 BUYER",
        "T-1 -37.63 2 SELLER",
    ],
    "bar_type, open, high, low, close, volume FROM bars ORDER BY ts_init DESC LIMIT 1": [
        "USD/JPY.SIM-1-MINUTE-BID-EXTERNAL 141.150 141.400 141.100 141.282 40"
    ],
    "instrument_id, type, quote_currency, price_precision, price_increment::DOUBLE "
    "FROM instruments ORDER BY 1": [
        "GBP/USD.SIM CurrencyPair USD 5 1e-05",
        "USD/JPY.SIM CurrencyPair JPY 3 0.001",
        "WTI.SIM Commodity USD 2 0.01",
    ],
    "type, name, state, first::VARCHAR AS a, last::VARCHAR AS z FROM coverage "
    "WHERE type = 'trades'": [
        "trades WTI.SIM held 2024-01-01 00:00:05 2024-01-01 00:02:00",
    ],
    "name, mode, is_complete, settings->>'$.name' AS system FROM runs ORDER BY started_at": [
        "None None None None",
        "backtest backtest True backtest",
    ],
    # Four events of each of seven orders, and eight account states.
    "count(*) AS n, min(seq) AS first, max(seq) AS last FROM events": ["36 0 35"],
    "instrument_id, side, status, filled_qty::INT AS n, avg_px::DECIMAL(18,5) AS px, tags, "
    "currency FROM orders WHERE tags IS NOT NULL ORDER BY client_order_id": [
        "GBP/USD.SIM BUY FILLED 100000 1.50010 trend,fast USD",
        "USD/JPY.SIM SELL FILLED 10000 141.00000 carry JPY",
    ],
    "instrument_id, side, last_qty::INT AS n, last_px::DECIMAL(18,5) AS px, "
    "commission::DECIMAL(18,2) AS fee, commission_currency FROM fills ORDER BY event_id LIMIT 3": [
        "GBP/USD.SIM BUY 100000 1.50010 1.50 USD",
        "USD/JPY.SIM SELL 10000 141.00000 14.00 JPY",
        "WTI.SIM BUY 3 -37.55000 0.00 USD",
    ],
    "instrument_id, entry, realized_pnl::DECIMAL(18,2) AS pnl, currency, ts_closed IS NULL AS open "
    "FROM positions ORDER BY ts_opened, 1": [
        "GBP/USD.SIM BUY 27.00 USD False",
        "USD/JPY.SIM SELL 872.00 JPY False",
        "WTI.SIM BUY 82.65 USD False",
        "GBP/USD.SIM BUY -0.75 USD True",
    ],
    "currency, total::DECIMAL(18,2) AS total FROM accounts ORDER BY event_id LIMIT 2": [
        "USD 1000000.00",
        "USD 999998.50",
    ],
    "currency, equity::DECIMAL(18,2) AS equity FROM equity WHERE run_id = last_run() ORDER BY ts": [
        "USD 1000000.00",
        "USD 1000101.05",
        "USD 1000110.09",
    ],
}


@pytest.mark.parametrize("query", VIEWS)
def test_rows_are_those_computed_by_hand(market: ParquetDataCatalog, query: str) -> None:
    assert VIEWS[query] == text(market, f"SELECT {query}")


# Books, bars, trades and statuses of two precisions and currencies

EURJPY = InstrumentId("EUR/JPY.SIM")
CRUDE_BARS = BarType.from_str("WTI.SIM-1-MINUTE-LAST-EXTERNAL")
NS = 10**9
TRADING, HALT = MarketStatusAction.TRADING, MarketStatusAction.HALT


def delta(
    key: InstrumentId, second: int, action: BookAction, order: BookOrder | None, *numbers: int
) -> OrderBookDelta:
    """Make a change; `numbers` are flags and sequence, and it is known a nanosecond later."""
    at = T0 + second * NS
    return OrderBookDelta(key, action, order, *numbers, at, at + 1)


def order(side: OrderSide, price: str, size: str, number: int) -> BookOrder:
    return BookOrder(side, Price.from_str(price), Quantity.from_str(size), number)


def a_bar(bar_type: BarType, second: int, *values: str) -> Bar:
    *prices, volume = values
    at = T0 + second * NS
    return Bar(bar_type, *map(Price.from_str, prices), Quantity.from_str(volume), at, at + 2)


def a_trade(second: int, price: str, size: str, number: int) -> TradeTick:
    amounts = Price.from_str(price), Quantity.from_str(size)
    at = T0 + second * NS
    return TradeTick(EURJPY, *amounts, AggressorSide.SELLER, TradeId(f"J-{number}"), at, at)


def a_status(second: int, action: MarketStatusAction, **given: Any) -> InstrumentStatusUpdate:
    at = T0 + second * NS
    return InstrumentStatusUpdate(
        instrument_id=EURJPY, action=action, ts_event=at, ts_init=at + 3, **given
    )


@pytest.fixture(scope="module")
def floor(make_catalog: MakeCatalog) -> Iterator[ParquetDataCatalog]:
    """A catalog in which rows of one key have one time: only `place` tells their order."""
    wti = CRUDE_BARS.instrument_id
    bars = BarType.from_str("EUR/JPY.SIM-1-MINUTE-LAST-EXTERNAL")
    rows: list[Any] = [
        delta(wti, 0, BookAction.CLEAR, None, F_SNAPSHOT, 1),
        delta(wti, 0, BookAction.ADD, order(OrderSide.BUY, "-37.63", "5", 2**63), F_SNAPSHOT, 2),
        delta(EURJPY, 1, BookAction.ADD, order(OrderSide.SELL, "160.125", "0.5", 7), F_LAST, 3),
        a_bar(CRUDE_BARS, 60, "-37.63", "-10.00", "-40.32", "-12.50", "3"),
        a_bar(bars, 60, "160.125", "160.130", "160.120", "160.125", "1.5"),
        a_trade(5, "160.125", "0.5", 1),
        a_status(1, TRADING, flags=IS_TRADING | IS_QUOTING),
        VenueStatusUpdate(venue=Venue("SIM"), status=TRADING, ts_event=T0, ts_init=T0),
        delta(wti, 1, BookAction.UPDATE, order(OrderSide.BUY, "-37.63", "2", 2**63), F_LAST, 4),
        delta(EURJPY, 1, BookAction.DELETE, order(OrderSide.SELL, "160.125", "0.5", 7), F_LAST, 5),
        a_bar(bars, 60, "160.125", "160.140", "160.120", "160.130", "2.5"),
        a_trade(5, "160.130", "1.5", 2),
        a_status(1, HALT, reason="limit"),
        VenueStatusUpdate(
            venue=Venue("SIM"), status=HALT, reason="fire", ts_event=T0, ts_init=T0 + 9
        ),
    ]
    with ParquetDataCatalog(make_catalog(rows), read_only=True) as opened:
        yield opened


FLOOR = {
    "instrument_id, epoch_ns(ts_event) - 1704067200000000000 AS e, "
    "epoch_ns(ts_init) - 1704067200000000000 AS i, action, side, price, size, order_id, flags, "
    "sequence, price_precision, size_precision FROM deltas ORDER BY sequence": [
        "WTI.SIM 0 1 CLEAR NO_ORDER_SIDE 0.000 0.0 0 32 1 2 0",
        "WTI.SIM 0 1 ADD BUY -37.630 5.0 9223372036854775808 32 2 2 0",
        "EUR/JPY.SIM 1000000000 1000000001 ADD SELL 160.125 0.5 7 128 3 3 1",
        "WTI.SIM 1000000000 1000000001 UPDATE BUY -37.630 2.0 9223372036854775808 128 4 2 0",
        "EUR/JPY.SIM 1000000000 1000000001 DELETE SELL 160.125 0.5 7 128 5 3 1",
    ],
    "sequence FROM ordered_deltas WHERE instrument_id = 'EUR/JPY.SIM' ORDER BY place": ["3", "5"],
    "sequence FROM ordered_deltas WHERE instrument_id = 'EUR/JPY.SIM' ORDER BY place DESC": [
        "5",
        "3",
    ],
    "sequence FROM ordered_deltas WHERE instrument_id = 'WTI.SIM' ORDER BY place": ["1", "2", "4"],
    "instrument_id, epoch_ns(ts_event) - 1704067200000000000 AS e, "
    "epoch_ns(ts_init) - 1704067200000000000 AS i, action, reason, flags "
    "FROM instrument_statuses ORDER BY action DESC": [
        f"EUR/JPY.SIM 1000000000 1000000003 TRADING None {IS_TRADING | IS_QUOTING}",
        "EUR/JPY.SIM 1000000000 1000000003 HALT limit 0",
    ],
    "action, reason FROM ordered_instrument_statuses ORDER BY place": [
        "TRADING None",
        "HALT limit",
    ],
    "venue, status, reason, epoch_ns(ts_init) - 1704067200000000000 AS i "
    "FROM ordered_venue_statuses ORDER BY place": ["SIM TRADING None 0", "SIM HALT fire 9"],
    "bar_type, instrument_id, open, high, low, close, volume, price_precision, size_precision, "
    "is_revision FROM ordered_bars ORDER BY instrument_id DESC, place": [
        "WTI.SIM-1-MINUTE-LAST-EXTERNAL WTI.SIM -37.630 -10.000 -40.320 -12.500 3.0 2 0 False",
        "EUR/JPY.SIM-1-MINUTE-LAST-EXTERNAL EUR/JPY.SIM 160.125 160.130 160.120 160.125 1.5 3 1 "
        "False",
        "EUR/JPY.SIM-1-MINUTE-LAST-EXTERNAL EUR/JPY.SIM 160.125 160.140 160.120 160.130 2.5 3 1 "
        "False",
    ],
    "trade_id, price, size, aggressor_side FROM ordered_trades ORDER BY place": [
        "J-1 160.125 0.5 SELLER",
        "J-2 160.130 1.5 SELLER",
    ],
}


@pytest.mark.parametrize("query", FLOOR)
def test_rows_of_books_and_statuses_are_those_computed_by_hand(
    floor: ParquetDataCatalog, query: str
) -> None:
    assert FLOOR[query] == text(floor, f"SELECT {query}")


def test_a_duckdb_of_ones_own_has_views_and_macros(market: ParquetDataCatalog) -> None:
    metadata = Path(market.path) / "metadata.sqlite"
    with duck.connect() as connection:
        options = f"READ_ONLY, DATA_PATH '{market.path}/data', OVERRIDE_DATA_PATH true"
        connection.execute(f"ATTACH 'ducklake:sqlite:{metadata}' AS mine ({options})")
        connection.execute("USE mine")
        rows = connection.execute("SELECT count(*) FROM spreads('WTI.SIM')").fetchall()
        closes = connection.execute(
            "SELECT close::VARCHAR FROM bars_from_quotes('GBP/USD.SIM', '1 day', 'bid')"
        ).fetchall()
        assert [(2,)] == rows
        assert ["1.50040", "1.50100"] == [row[0][:7] for row in closes]
        assert [(1,)] == connection.execute("SELECT count(last_run())").fetchall()
