"""Load the data of the demo systems: real stocks from a PyPI package, and a generated series.

``python -m argosy.testing.demo`` does it once; what the catalog holds already is left alone.
"""

from __future__ import annotations

import csv
import gzip
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from argosy.errors import InputError
from argosy.model.bar_type import BarType
from argosy.model.currency import Currency
from argosy.model.data import Bar, QuoteTick
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import CurrencyPair, Equity
from argosy.model.values import Price, Quantity

STOCKS_VENUE = "XNAS"
FEE = Decimal("0.0005")
TICK = Decimal("0.0001")
PAIR = InstrumentId("EUR/USD.GEN")
QUOTES = 300_000
SEED = 42
CLOSE = timedelta(hours=21)  # 16:00 in New York, in winter; one bar a day needs no more
NS = 1_000_000_000
FIRST_QUOTE_NS = 1_704_067_200 * NS  # 2024-01-01


def main() -> None:
    """Load what is missing into data/catalog."""
    catalog_class = import_module("argosy_catalog").ParquetDataCatalog
    with catalog_class(Path("data/catalog")) as catalog:
        held = {holding.key for holding in catalog.holdings()}
        if str(_bar_type("AAPL")) not in held:
            rows = load_stocks(catalog)
            print(f"loaded {rows:,} daily bars of five stocks", file=sys.stderr)
        if str(PAIR) not in held:
            rows = load_series(catalog, QUOTES)
            print(f"loaded {rows:,} generated quotes", file=sys.stderr)


def load_stocks(catalog: Any) -> int:
    """Write the daily bars of the stocks in `bokeh_sampledata`, adjusted for splits."""
    bars: dict[str, list[Bar]] = {}
    for row in _stock_rows():
        bars.setdefault(row["Ticker"], []).append(_bar(row))
    catalog.write_data([_stock(ticker) for ticker in sorted(bars)])
    for ticker in sorted(bars):
        catalog.write_data(bars[ticker])
    return sum(map(len, bars.values()))


def load_series(catalog: Any, quotes: int) -> int:
    """Write a random walk of EUR/USD quotes, about ten a minute; equal everywhere."""
    catalog.write_data([_pair()])
    catalog.write_data(list(series(quotes)))
    return quotes


def series(quotes: int) -> Iterator[QuoteTick]:
    """Yield the generated quotes."""
    generator = random.Random(SEED)
    now, bid = FIRST_QUOTE_NS, 110_000
    for _ in range(quotes):
        now += 1 + generator.randrange(12 * NS)
        bid = max(50_000, bid + generator.randrange(-2, 3))
        ask = bid + 1 + generator.randrange(3)
        yield QuoteTick(
            PAIR,
            Price.from_raw(bid, 5),
            Price.from_raw(ask, 5),
            Quantity.from_raw(generator.randrange(1, 1_000) * 1_000, 0),
            Quantity.from_raw(generator.randrange(1, 1_000) * 1_000, 0),
            now,
            now,
        )


def _stock_rows() -> Iterator[dict[str, str]]:
    found = find_spec("bokeh_sampledata")
    if found is None or found.origin is None:
        raise InputError(
            "the package bokeh_sampledata is not installed", cure="pip install 'argosy[demo]'"
        )
    file = Path(found.origin).parent / "_data" / "stocks.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _bar(row: dict[str, str]) -> Bar:
    """Return one day: every price times Adj Close / Close, with four decimals."""
    factor = Decimal(row["Adj Close"]) / Decimal(row["Close"])
    ended = datetime.strptime(row["Date"], "%Y-%m-%d").replace(tzinfo=UTC) + CLOSE
    ts = int(ended.timestamp()) * NS
    open_, high, low, close_ = (
        Price((Decimal(row[name]) * factor).quantize(TICK, ROUND_HALF_EVEN), 4)
        for name in ("Open", "High", "Low", "Close")
    )
    volume = Quantity(row["Volume"])
    return Bar(_bar_type(row["Ticker"]), open_, high, low, close_, volume, ts, ts)


def _bar_type(ticker: str) -> BarType:
    return BarType.from_str(f"{ticker}.{STOCKS_VENUE}-1-DAY-LAST-EXTERNAL")


def _stock(ticker: str) -> Equity:
    return Equity(
        id=InstrumentId(f"{ticker}.{STOCKS_VENUE}"),
        quote_currency=Currency.from_str("USD"),
        price_increment=Price.from_str("0.0001"),
        lot_size=Quantity.from_int(1),
        maker_fee=FEE,
        taker_fee=FEE,
    )


def _pair() -> CurrencyPair:
    return CurrencyPair(
        id=PAIR,
        base_currency=Currency.from_str("EUR"),
        quote_currency=Currency.from_str("USD"),
        price_increment=Price.from_str("0.00001"),
        size_increment=Quantity.from_int(1),
        margin_init=Decimal("0.03"),
        margin_maint=Decimal("0.03"),
        maker_fee=Decimal("0.00002"),
        taker_fee=Decimal("0.00002"),
    )


if __name__ == "__main__":
    main()
