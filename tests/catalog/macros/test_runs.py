"""Profit and loss, equity and exposure of the run that can be checked by hand."""

from typing import Any

import pyarrow as pa
import pytest

from argosy.testing.instruments import (
    crude_oil,
    default_fx_ccy,
    es_future,
    ethusd_bitmex,
    xbtusd_bitmex,
)
from argosy_catalog import ParquetDataCatalog
from tests.catalog.macros.test_market import rows
from tests.catalog.samples import T0

QUERIES = {
    # 100,000 x (1.50040 - 1.50010) - 3.00 and 3 x (37.55 - 10.00); 10,000 x 0.090 - 28
    "day, currency, realized_pnl, positions, winners FROM pnl_by_day()": [
        "2024-01-01 USD 109.65 2 2",
        "2024-01-02 JPY 872 1 1",
        "- USD -0.75 1 0",
    ],
    "strategy_id, currency, realized_pnl, positions, winners FROM pnl_by_strategy()": [
        "Script-000 JPY 872 1 1",
        "Script-000 USD 108.9 3 2",
    ],
    "instrument_id, currency, realized_pnl, positions, winners FROM pnl_by_instrument()": [
        "GBP/USD.SIM USD 26.25 2 1",
        "USD/JPY.SIM JPY 872 1 1",
        "WTI.SIM USD 82.65 1 1",
    ],
    "tag, currency, realized_pnl, positions, winners FROM pnl_by_tag()": [
        "carry JPY 872 1 1",
        "fast USD 27 1 1",
        "trend USD 27 1 1",
        "- USD 81.9 2 1",
    ],
    "day, currency, commission, fills FROM commissions_by_day()": [
        "2024-01-01 JPY 14 1",
        "2024-01-01 USD 3 4",
        "2024-01-02 JPY 14 1",
        "2024-01-02 USD 0.75 1",
    ],
    "day, currency, equity, change FROM equity_by_day()": [
        "2024-01-01 USD 1000101.05 101.05",
        "2024-01-02 USD 1000110.09 9.04",
    ],
    "day, currency, equity, change FROM equity_by_day('by-hand')": [
        "2023-12-31 JPY -5 0",
        "2024-01-01 JPY 10 15",
        "2024-01-02 JPY 7 -3",
        "2023-12-31 USD 100 0",
        "2024-01-01 USD 96.4 -3.6",
        "2024-01-02 USD 130 33.6",
    ],
    "currency, equity, peak, drawdown, drawdown_ratio FROM drawdown('by-hand')": [
        "JPY -5 -5 0 -",
        "JPY -8 -5 -3 -",
        "JPY 10 10 0 0.0",
        "JPY 7 10 -3 -0.3",
        "USD 100 100 0 0.0",
        "USD 120.5 120.5 0 0.0",
        "USD 96.4 120.5 -24.1 -0.2",
        "USD 130 130 0 0.0",
    ],
    "ts_event, instrument_id, net_quantity, price, exposure, currency FROM exposure()": [
        "00:20 GBP/USD.SIM 100000 1.5001 150010 USD",
        "00:20 USD/JPY.SIM -10000 141 -1410000 JPY",
        "00:25 WTI.SIM 3 -37.55 -112.65 USD",
        "00:50 WTI.SIM 0 -10 0 USD",
        "01:40 GBP/USD.SIM 0 1.5004 0 USD",
        "2024-01-02T00:00:15 GBP/USD.SIM 50000 1.5011 75055 USD",
        "2024-01-02T00:00:30 USD/JPY.SIM 0 140.91 0 JPY",
    ],
}


@pytest.mark.parametrize("query", QUERIES)
def test_rows_are_those_computed_by_hand(market: ParquetDataCatalog, query: str) -> None:
    assert QUERIES[query] == rows(market, f"SELECT {query}")


FILLS = [
    # instrument, side, quantity, price, currency of the price
    ("XBTUSD.BITMEX", "BUY", "100000", "50000.0", "USD"),
    ("ESM4.GLBX", "SELL", "3", "5000.25", "USD"),
    ("XBTUSD.BITMEX", "SELL", "250000", "40000.0", "USD"),
    ("ETHUSD.BITMEX", "BUY", "20", "2500.05", "USD"),
    ("ESM4.GLBX", "BUY", "1", "5001.00", "USD"),
    ("USD/JPY.SIM", "SELL", "10000", "141.282", "JPY"),
    ("WTI.SIM", "BUY", "7", "-37.63", "USD"),
    ("UNDEFINED.SIM", "BUY", "2.5", "-1.5", "EUR"),
]
EXPOSURE = [
    "XBTUSD.BITMEX 100000 50000 2 BTC",  # 100,000 / 50,000
    "ESM4.GLBX -3 5000.25 -750037.5 USD",  # -3 x 50 x 5,000.25
    "XBTUSD.BITMEX -150000 40000 -3.75 BTC",  # -150,000 / 40,000
    "ETHUSD.BITMEX 20 2500.05 0.050001 BTC",  # 20 x 0.000001 x 2,500.05
    "ESM4.GLBX -2 5001 -500100 USD",  # -2 x 50 x 5,001
    "USD/JPY.SIM -10000 141.282 -1412820 JPY",
    "WTI.SIM 7 -37.63 -263.41 USD",
    "UNDEFINED.SIM 2.5 -1.5 -3.75 EUR",  # as one unit a contract
]


def test_exposure_knows_multipliers_inverse_contracts_and_quantos(
    catalog: ParquetDataCatalog,
) -> None:
    catalog.write_data(
        [xbtusd_bitmex(), es_future(), ethusd_bitmex(), default_fx_ccy("USD/JPY"), crude_oil()]
    )
    columns = [list(column) for column in zip(*FILLS, strict=True)]
    names = ("instrument_id", "side", "last_qty", "last_px", "currency")
    fills: dict[str, Any] = dict(zip(names, columns, strict=True))
    for name in ("last_qty", "last_px"):
        fills[name] = pa.array(fills[name]).cast(pa.decimal128(38, 18))
    fills["event_id"] = pa.array(range(len(FILLS)), pa.int64())
    fills["ts_event"] = pa.array([T0 + number for number in range(len(FILLS))], pa.timestamp("ns"))
    catalog.write_run({"run_id": "mixed", "started_at": T0}, {"fills": pa.table(fills)})
    query = "SELECT instrument_id, net_quantity, price, exposure, currency FROM exposure"
    assert EXPOSURE == rows(catalog, f"{query}('mixed')")
    cost = {str(each.id): str(each.cost_currency) for each in catalog.instruments()}
    found = {line.split()[0]: line.split()[-1] for line in EXPOSURE}
    assert cost == {key: found[key] for key in cost}  # what the model says, too


def test_the_last_run_is_the_one_that_was_started_last(market: ParquetDataCatalog) -> None:
    (newest,) = rows(market, "SELECT last_run()")
    assert newest.startswith("backtest-")
    assert rows(market, "FROM pnl_by_day()") == rows(market, "FROM pnl_by_day(last_run())")
    assert [] == rows(market, "FROM pnl_by_day('by-hand')")
