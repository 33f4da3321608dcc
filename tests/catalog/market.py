"""A market small enough to check by hand, and the run of a small backtest over it.

GBP/USD has five decimals and is paid in USD, USD/JPY has three and is paid in JPY, crude oil has
two, and a price below zero. Two quotes of GBP/USD have one time: the later row stands.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from argosy.model.bar_type import BarType
from argosy.model.data import Bar, QuoteTick, TradeTick
from argosy.model.enums import AggressorSide, OrderSide
from argosy.model.identifiers import TradeId
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import crude_oil, default_fx_ccy
from argosy_catalog import ParquetDataCatalog
from tests.acceptance.script import play, send
from tests.catalog.samples import SECOND, T0

GBPUSD = default_fx_ccy("GBP/USD")
USDJPY = default_fx_ccy("USD/JPY")
CRUDE = crude_oil()
JPY_BARS = BarType.from_str("USD/JPY.SIM-1-MINUTE-BID-EXTERNAL")
TOMORROW = 86_400
BUY, SELL = OrderSide.BUY, OrderSide.SELL

QUOTES = {
    GBPUSD: [
        (10, 150_000, 150_010),
        (30, 150_010, 150_030),
        (60, 149_990, 150_010),
        (60, 150_020, 150_030),
        (90, 150_040, 150_050),
        (TOMORROW + 10, 150_100, 150_110),
    ],
    USDJPY: [
        (15, 141_000, 141_010),
        (70, 141_100, 141_120),
        (TOMORROW + 20, 140_900, 140_910),
    ],
    CRUDE: [(5, -3_765, -3_755), (45, -1_000, -990)],
}
"""Seconds after 2024-01-01, bid and ask in units of the last decimal."""

TRADES = [
    (5, 250, 1, AggressorSide.BUYER),
    (20, -3_763, 2, AggressorSide.SELLER),
    (65, -1_000, 1, AggressorSide.BUYER),
    (120, 1_010, 4, AggressorSide.BUYER),
]
"""Of crude oil: seconds, price, size, side."""

BARS = [
    (141_000, 141_200, 140_900, 141_100, 10),
    (141_100, 141_300, 141_000, 141_200, 20),
    (141_200, 141_250, 141_150, 141_150, 30),
    (141_150, 141_400, 141_100, 141_282, 40),
]
"""Of USD/JPY, a minute each: open, high, low, close, volume."""


def make_market(folder: Path) -> None:
    """Fill a catalog with the market and with one run over it."""
    with ParquetDataCatalog(folder) as catalog:
        data = [*(each for key in QUOTES for each in quotes(key)), *trades(), *bars()]
        data.sort(key=lambda each: each.ts_init)
        catalog.write_data([GBPUSD, USDJPY, CRUDE, *data])  # one commit is quicker than six
        catalog.write_run({"run_id": "by-hand", "started_at": T0}, {"equity": equity()})
        write_run(catalog)


def quotes(instrument: Any) -> Iterable[QuoteTick]:
    """Make the quotes of one instrument, a million on each side."""
    digits = instrument.price_precision
    size = Quantity.from_raw(10 ** (6 + instrument.size_precision), instrument.size_precision)
    for second, *prices in QUOTES[instrument]:
        bid, ask = (Price.from_raw(raw, digits) for raw in prices)
        yield QuoteTick(instrument.id, bid, ask, size, size, _ns(second), _ns(second))


def trades() -> Iterable[TradeTick]:
    """Make the trades of crude oil."""
    for number, (second, price, size, side) in enumerate(TRADES):
        at = Price.from_raw(price, 2), Quantity.from_int(size)
        yield TradeTick(CRUDE.id, *at, side, TradeId(f"T-{number}"), _ns(second), _ns(second))


def bars() -> Iterable[Bar]:
    """Make the bars of USD/JPY."""
    for minute, (*prices, volume) in enumerate(BARS, 1):
        values = [Price.from_raw(raw, 3) for raw in prices]
        at = _ns(60 * minute)
        yield Bar(JPY_BARS, *values, Quantity.from_int(volume), at, at)


def equity() -> Any:
    """Make two curves of an earlier run; one begins in debt."""
    rows = [("USD", 0, "100"), ("USD", 1, "120.5"), ("USD", 2, "96.4"), ("USD", 3, "130")]
    rows += [("JPY", 0, "-5"), ("JPY", 1, "-8"), ("JPY", 2, "10"), ("JPY", 3, "7")]
    return pa.table(
        {
            "account_id": ["SIM-001"] * len(rows),
            "currency": [row[0] for row in rows],
            "equity": pa.array([row[2] for row in rows]).cast(pa.decimal128(38, 18)),
            "ts": pa.array([_ns(43_200 * row[1]) for row in rows], pa.timestamp("ns")),
        }
    )


def write_run(catalog: ParquetDataCatalog) -> None:
    """Trade the quotes: a gain in USD and one in JPY are closed, one position stays open."""
    steps = [
        (20, send("market", BUY, 100_000, tags=["trend", "fast"])),
        (20, send("market", SELL, 10_000, key=USDJPY.id, tags=["carry"])),
        (25, send("market", BUY, 3, key=CRUDE.id)),
        (50, send("market", SELL, 3, key=CRUDE.id)),
        (100, send("market", SELL, 100_000)),
        (TOMORROW + 15, send("market", BUY, 50_000)),
        (TOMORROW + 30, send("market", BUY, 10_000, key=USDJPY.id)),
    ]
    data = sorted((q for each in QUOTES for q in quotes(each)), key=lambda q: q.ts_init)
    played = play(
        data,
        *steps,
        instruments=[GBPUSD, USDJPY, CRUDE],
        end=TOMORROW + 60,
        fees={"use": "maker_taker", "maker": "0", "taker": "0.00001"},
    )
    result = played.result
    catalog.write_run(result.row(catalog.snapshot()), result.tables(), result.event_batches())


def _ns(second: int) -> int:
    return T0 + second * SECOND
