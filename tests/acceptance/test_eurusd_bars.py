"""EUR/USD quotes of 2019-01-02: the bars that a run builds are those that DuckDB computes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from argosy import Actor, BacktestEngine, Bar, BarType
from argosy.testing.instruments import default_fx_ccy
from tests.acceptance.kit import MINUTE, SECOND, Project

PAIR = "EUR/USD.SIM"
COMPOSITE = f"{PAIR}-10-MINUTE-BID-INTERNAL@1-MINUTE-INTERNAL"
TIME_BARS = {
    "1-MINUTE-BID": (MINUTE, "bid_price", "bid_size"),
    "1-MINUTE-ASK": (MINUTE, "ask_price", "ask_size"),
    "5-MINUTE-MID": (
        5 * MINUTE,
        "((bid_price + ask_price)::DECIMAL(18, 6) * 0.5::DECIMAL(2, 1))::DECIMAL(18, 6)",
        "((bid_size + ask_size)::DECIMAL(18, 1) * 0.5::DECIMAL(2, 1))::DECIMAL(18, 1)",
    ),
    "7-SECOND-BID": (7 * SECOND, "bid_price", "bid_size"),
    "10-MINUTE-BID": (10 * MINUTE, "bid_price", "bid_size"),
}
"""Specification -> interval (ns), price, size; the last is built from bars of a minute."""

Row = tuple[int, Decimal, Decimal, Decimal, Decimal, Decimal]
"""Time (ns), open, high, low, close, volume."""


class Collector(Actor):
    """Keep every bar."""

    def __init__(self, *bar_types: str) -> None:
        super().__init__()
        self.bar_types = [BarType.from_str(each) for each in bar_types]
        self.bars: dict[str, list[Row]] = {str(each.standard()): [] for each in self.bar_types}

    def on_start(self) -> None:
        for bar_type in self.bar_types:
            self.subscribe_bars(bar_type)

    def on_bar(self, bar: Bar) -> None:
        self.bars[str(bar.bar_type)].append(row(bar))


def row(bar: Bar) -> Row:
    prices = (each.as_decimal() for each in (bar.open, bar.high, bar.low, bar.close))
    return (bar.ts_event, *prices, bar.volume.as_decimal())  # type: ignore[return-value]


@pytest.fixture(scope="module")
def quotes(real_data: Path) -> Path:
    """The file of quotes."""
    return real_data / "quotes_eurusd_20190101.csv"


@pytest.fixture(scope="module")
def bars(quotes: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Row]]:
    """The bars of one run over the quotes, loaded through the command line."""
    scratch = Project(tmp_path_factory.mktemp("eurusd"))
    words = ["--catalog", str(scratch.catalog_path), "--type", "quote", "--instrument", PAIR]
    given = ["--time-format", "ns", "--price-precision", "5", "--size-precision", "0"]
    result = scratch.line("catalog", "ingest", str(quotes), *words, *given)
    assert 0 == result.exit_code, result.output
    names = [name for name in TIME_BARS if name not in COMPOSITE]
    bar_types = [f"{PAIR}-{name}-INTERNAL" for name in [*names, "300-TICK-ASK"]]
    collector = Collector(*bar_types, COMPOSITE)
    engine = BacktestEngine()
    engine.add_venue("SIM", account={"balances": ["1_000_000 USD"]})
    engine.add_instrument(default_fx_ccy("EUR/USD"))
    with scratch.catalog() as catalog:
        engine.add_data(catalog.quote_ticks(PAIR))
    engine.add_actor(collector)
    engine.run()
    return collector.bars


def computed(quotes: Path, group: str, price: str, size: str) -> list[Row]:
    """Return the bars that DuckDB computes, one a group of quotes."""
    text = f"""
        WITH quote AS (
            SELECT ts_event AS ts, row_number() OVER (ORDER BY ts_event) - 1 AS number,
                   {price} AS price, {size} AS size
            FROM read_csv($file, types = {{'ts_event': 'BIGINT',
                'bid_price': 'DECIMAL(18, 5)', 'ask_price': 'DECIMAL(18, 5)',
                'bid_size': 'DECIMAL(18, 0)', 'ask_size': 'DECIMAL(18, 0)'}})
        )
        SELECT {group} AS grp, max(ts), arg_min(price, ts), max(price), min(price),
               arg_max(price, ts), sum(size), count(*)
        FROM quote GROUP BY grp ORDER BY grp
    """
    return duckdb.execute(text, {"file": str(quotes)}).fetchall()


@pytest.mark.parametrize("specification", TIME_BARS)
def test_time_bars_are_those_of_duckdb(
    bars: dict[str, list[Row]], quotes: Path, specification: str
) -> None:
    width, price, size = TIME_BARS[specification]
    found = bars[f"{PAIR}-{specification}-INTERNAL"]
    # A quote at a close belongs to the bar that ends there.
    bucket = f"time_bucket(INTERVAL '{width // SECOND} seconds', make_timestamp_ns(ts - 1))"
    groups = computed(quotes, f"epoch_ns({bucket}) + {width}", price, size)
    assert [(each[0], *each[2:7]) for each in groups[:-1]] == [bar for bar in found if bar[5]]
    assert set(range(found[0][0], groups[-2][0] + 1, width)) == {bar[0] for bar in found}
    closes = {bar[0]: bar[4] for bar in found}
    assert all(bar[1:5] == (closes[bar[0] - width],) * 4 for bar in found if not bar[5])


def test_tick_bars_are_those_of_duckdb(bars: dict[str, list[Row]], quotes: Path) -> None:
    groups = computed(quotes, "number // 300", "ask_price", "ask_size")
    found = bars[f"{PAIR}-300-TICK-ASK-INTERNAL"]
    assert [each[1:7] for each in groups if each[7] == 300] == found
    assert 10_000 // 300 == len(found)
