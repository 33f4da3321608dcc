"""Views over all precisions, without a cast on a timestamp."""

from pathlib import Path

import pytest

from argosy_catalog import ParquetDataCatalog, duck
from argosy_catalog.kinds import DELTAS, KINDS, QUOTES, TRADES, Kind, Table
from argosy_catalog.macros import MACROS
from argosy_catalog.views import all_views, instruments_view, market_view, run_view


@pytest.mark.parametrize("kind", KINDS)
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
    assert len(KINDS) + 10 == len([each for each in statements if " MACRO " not in each])
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
