"""Bars, prices as of a time and averages, on rows computed by hand."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Any

import pytest

from argosy import Bar, BarType, Strategy, StrategyConfig
from argosy.errors import CatalogError
from argosy_bars.grid import LengthGrid
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.show.printing import texts
from tests.acceptance.script import play, quote
from tests.catalog.conftest import MakeCatalog
from tests.catalog.market import GBPUSD
from tests.catalog.samples import DAY, SECOND, T0, quotes, trades

GBP, WTI = "'GBP/USD.SIM'", "'WTI.SIM'"
BARS = "'USD/JPY.SIM-1-MINUTE-BID-EXTERNAL'"


def rows(market: ParquetDataCatalog, query: str, parameters: Any = None) -> list[str]:
    """Return each row as the texts of its values; times without their date and zone."""
    table = market.sql(query, parameters)
    columns = [list(texts(column)) for column in table.columns]
    lines = [" ".join("-" if v is None else v for v in row) for row in zip(*columns, strict=True)]
    return [line.replace("2024-01-01T00:", "").replace("Z", "") for line in lines]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("'2024-01-01 00:00:00', '1 minute'", "00:00"),
        ("'2024-01-01 00:00:00.000000001', '1 minute'", "01:00"),
        ("'2024-01-01 00:01:00', INTERVAL 1 MINUTE", "01:00"),
        ("'2024-01-05', '1 week'", "2024-01-08T00:00:00"),
        ("'2024-01-15', '1 month'", "2024-02-01T00:00:00"),
        ("'2024-01-15', '1 quarter'", "2024-04-01T00:00:00"),
    ],
)
def test_intervals_end_where_the_bars_of_a_backtest_end(
    market: ParquetDataCatalog, call: str, expected: str
) -> None:
    assert [expected] == rows(market, f"SELECT bar_close({call})")


@pytest.mark.parametrize("minutes", [1, 7, 1440, 10080])
def test_odd_intervals_lie_on_the_same_grid(market: ParquetDataCatalog, minutes: int) -> None:
    _, close = LengthGrid(minutes * 60 * SECOND).interval(T0 + 12_345 * SECOND)
    query = "SELECT bar_close('2024-01-01 03:25:45', $step) AS t"
    (row,) = market.sql(query, {"step": f"{minutes} minutes"}).to_pylist()
    assert close == row["t"].value


def test_a_tick_at_the_close_belongs_to_the_bar_and_the_later_of_equal_times_closes_it(
    market: ParquetDataCatalog,
) -> None:
    query = "SELECT ts_init, open, high, low, close, volume, quotes FROM bars_from_quotes"
    million = "1000000"
    assert [
        f"01:00 1.5 1.5002 1.4999 1.5002 {4 * int(million)} 4",
        f"02:00 1.5004 1.5004 1.5004 1.5004 {million} 1",
        f"2024-01-02T00:01:00 1.501 1.501 1.501 1.501 {million} 1",
    ] == rows(market, f"{query}({GBP}, '1 minute', 'bid')")
    assert ["01:00 1.50005 1.50025 1.5 1.50025 4000000 4"] == rows(
        market, f"{query}({GBP}, '1 minute', end_time := '2024-01-01 00:01:00')"
    )


class Watcher(Strategy):
    """Collect bars of several lengths and prices."""

    def __init__(self, *kinds: str) -> None:
        super().__init__(StrategyConfig())
        self.seen: dict[str, list[Bar]] = {kind: [] for kind in kinds}

    def on_start(self) -> None:
        for kind in self.seen:
            self.subscribe_bars(BarType.from_str(f"GBP/USD.SIM-{kind}-INTERNAL"))

    def on_bar(self, bar: Bar) -> None:
        self.seen[str(bar.bar_type.spec)].append(bar)


def test_bars_of_quotes_are_those_of_a_backtest(catalog: ParquetDataCatalog) -> None:
    """Prices walk below zero, many quotes have one time, and many come at the very close."""
    chance = Random(7)
    times = sorted(
        chance.choice((0, 500, 1_000)) + 1_000 * chance.randrange(900) for _ in range(900)
    )
    walk = list(accumulate((chance.randrange(-40, 41) for _ in times), initial=60))
    ticks = [
        quote(at / 1_000, bid, bid + 7, 1 + n)
        for n, (at, bid) in enumerate(zip(times, walk, strict=False))
    ]
    catalog.write_data(ticks)
    kinds = {"7-SECOND-MID": "7 seconds", "1-MINUTE-BID": "1 minute", "5-MINUTE-ASK": "5 minutes"}
    watcher = Watcher(*kinds)
    play(
        ticks,
        instruments=[GBPUSD],
        strategies=[watcher],
        bars={"build_with_no_updates": False},
    )
    names = ("open", "high", "low", "close", "volume")
    for kind, step in kinds.items():
        price = kind.rpartition("-")[2].lower()
        query = "FROM bars_from_quotes('GBP/USD.SIM', $step, $price)"
        found = catalog.sql(query, {"step": step, "price": price}).to_pylist()
        rows = [(row["ts_init"].value, *(row[name] for name in names)) for row in found]
        bars = watcher.seen[kind]
        # The engine leaves out the last bar unless it is full when the data end.
        assert len(rows) - len(bars) in (0, 1)
        assert rows[: len(bars)] == [
            (bar.ts_init, *(getattr(bar, name).as_decimal() for name in names)) for bar in bars
        ]
        assert any(row[1] < 0 for row in rows)


def test_bars_of_trades_count_both_sides_and_prices_below_zero(market: ParquetDataCatalog) -> None:
    query = "SELECT * EXCLUDE (instrument_id) FROM bars_from_trades"
    assert [
        "01:00 2.5 2.5 -37.63 -37.63 3 1 2 -24.253333333333333333 2",
        "02:00 -10 10.1 -10 10.1 5 5 0 6.08 2",
    ] == rows(market, f"{query}({WTI}, '1 minute')")
    assert ["01:00 -24.253333333333333333 3 2", "02:00 6.08 5 2"] == rows(
        market,
        f"SELECT * EXCLUDE (instrument_id) FROM vwap_from_trades({WTI}, INTERVAL 1 MINUTE)",
    )


def test_longer_bars_are_made_of_short_ones(market: ParquetDataCatalog) -> None:
    query = f"SELECT ts_init, open, high, low, close, volume, bars FROM bars_from_bars({BARS}, "
    assert ["03:00 141 141.3 140.9 141.15 60 3", "06:00 141.15 141.4 141.1 141.282 40 1"] == rows(
        market, query + "'3 minutes')"
    )
    assert ["03:00 141.1 141.3 141 141.15 50 2"] == rows(
        market,
        query + "'3 minutes', start_time := '2024-01-01 00:01', end_time := '2024-01-01 00:03')",
    )


def test_a_wrong_price_is_named(market: ParquetDataCatalog) -> None:
    with pytest.raises(CatalogError, match="price is 'bid', 'ask' or 'mid', not 'last'"):
        market.sql(f"FROM bars_from_quotes({GBP}, '1 minute', 'last')")


def test_prices_stand_until_the_next_come(market: ParquetDataCatalog) -> None:
    at = "'2024-01-01 00:01:00'"
    assert ["1.5002 1.5003 1.50025"] == rows(
        market, f"SELECT bid_at({GBP}, {at}), ask_at({GBP}, {at}), mid_at({GBP}, {at})"
    )
    before = "'2024-01-01 00:00:59.999999999'"
    assert ["1.5001"] == rows(market, f"SELECT bid_at({GBP}, {before})")
    assert ["- -"] == rows(
        market,
        f"SELECT bid_at({GBP}, '2024-01-01 00:00:09.999999999'), "
        f"bid_at({GBP}, '2024-01-01 00:03', within := '1 minute')",
    )
    assert ["-37.63"] == rows(market, f"SELECT last_at({WTI}, {at})")
    assert ["WTI.SIM 00:45 -10.00 -9.90 1000000 1000000 -9.95"] == rows(
        market, f"SELECT * FROM quote_at({WTI}, '2024-01-03')".replace("*", _QUOTE_TEXT)
    )
    assert [] == rows(market, f"FROM quote_at({WTI}, '2023-01-03')")


_QUOTE_TEXT = (
    "instrument_id, ts_init, bid_price::DECIMAL(18,2), ask_price::DECIMAL(18,2), "
    "bid_size::INT, ask_size::INT, mid"
)


def test_prices_as_of_each_row_of_a_table(market: ParquetDataCatalog) -> None:
    query = "SELECT price::DECIMAL(18,2), bid, ask, quoted_at FROM with_quotes(trades"
    expected = [
        "2.50 -37.65 -37.55 00:05",
        "-37.63 -37.65 -37.55 00:05",
        "-10.00 -10 -9.9 00:45",
        "10.10 -10 -9.9 00:45",
    ]
    assert expected == rows(market, f"{query}) ORDER BY ts_init")
    assert expected == rows(
        market,
        "SELECT price::DECIMAL(18,2), bid_at(instrument_id, ts_init), "
        "ask_at(instrument_id, ts_init), (SELECT max(ts_init) FROM quotes q "
        "WHERE q.instrument_id = t.instrument_id AND q.ts_init <= t.ts_init) "
        "FROM trades t ORDER BY ts_init",
    )
    span = "start_time := '2024-01-01 00:00:50', end_time := '2024-01-01 00:01:30'"
    assert ["-10.00 - - -"] == rows(market, f"{query}, {span}, within := '1 second')")
    assert ["-10.00 -10 -9.9 00:45"] == rows(market, f"{query}, {span}, within := '10 seconds')")


def test_spreads_in_money_basis_points_and_ticks(market: ParquetDataCatalog) -> None:
    found = rows(
        market,
        f"SELECT ts_init, mid, spread, round(spread_bps, 3), spread_ticks FROM spreads({WTI})",
    )
    assert ["00:05 -37.6 0.1 26.596 10.0", "00:45 -9.95 0.1 100.503 10.0"] == found


def test_a_time_weighted_price_counts_each_quote_until_the_next(market: ParquetDataCatalog) -> None:
    """Bids: 20 s of 1.50000 and 30 s of 1.50010, then 30 s of 1.50020 and 30 s of 1.50040."""
    span = "price := 'bid', end_time := '2024-01-01 00:02'"
    query = f"SELECT ts_init, twap FROM twap_from_quotes({GBP}, '1 minute', {span})"
    assert ["01:00 1.50006", "02:00 1.5003"] == rows(market, query)
    query = f"SELECT ts_init, twap FROM twap_from_quotes({WTI}, '20 seconds', 'bid')"
    # -37.65 until 00:45, then -10.00 to the end of that interval; the second holds no quote.
    assert ["00:20 -37.65", "00:40 -37.65", "01:00 -16.9125"] == rows(market, query)


def test_returns_and_volatility_of_bars(market: ParquetDataCatalog) -> None:
    found = market.sql(f"FROM returns_from_bars({BARS})").to_pylist()
    assert [None, "0.00070872", "-0.00035411", "0.00093518"] == [
        None if row["simple_return"] is None else f"{row['simple_return']:.8f}" for row in found
    ]
    # The logarithms of 141.2 / 141.1, 141.15 / 141.2 and 141.282 / 141.15.
    assert [None, "0.00070847", "-0.00035417", "0.00093474"] == [
        None if row["log_return"] is None else f"{row['log_return']:.8f}" for row in found
    ]
    assert Decimal("141.282") == found[-1]["close"]
    query = (
        f"SELECT ts_init, round(volatility, 6), bars FROM volatility_from_bars({BARS}, '1 hour')"
    )
    assert ["2024-01-01T01:00:00 0.001225 3"] == rows(market, query)


@pytest.fixture(scope="module")
def three_days(make_catalog: MakeCatalog) -> Iterator[ParquetDataCatalog]:
    starts = [T0 + day * DAY for day in range(3)]
    loads = ([*quotes(10, start=start), *trades(10, start=start)] for start in starts)
    with ParquetDataCatalog(make_catalog(*loads), read_only=True) as opened:
        yield opened


NARROW = "start_time := '2024-01-02', end_time := '2024-01-02 12:00'"
AT = "'2024-01-02 12:00'"


@pytest.mark.parametrize(
    ("query", "files"),
    [
        (f"FROM bars_from_quotes({GBP}, '1 minute', {NARROW})", 1),
        (f"FROM bars_from_trades({GBP}, '1 minute', {NARROW})", 1),
        (f"FROM vwap_from_trades({GBP}, '1 minute', {NARROW})", 1),
        (f"FROM twap_from_quotes({GBP}, '1 minute', {NARROW})", 1),
        (f"FROM spreads({GBP}, {NARROW})", 1),
        (f"FROM with_quotes('trades', '1 hour', {NARROW})", 2),
        (f"FROM quote_at({GBP}, {AT}, '1 day')", 2),  # one file twice: its times, then the row
        (f"SELECT mid_at({GBP}, {AT}, within := '1 day')", 1),
        (f"SELECT last_at({GBP}, {AT}, within := INTERVAL 1 DAY)", 1),
        (f"FROM quotes WHERE instrument_id = {GBP} AND ts_init BETWEEN '2024-01-02' AND {AT}", 1),
        ("FROM quotes WHERE instrument_id = 'OTHER.SIM'", 0),
    ],
)
def test_a_narrow_range_reads_no_other_file(
    three_days: ParquetDataCatalog, query: str, files: int
) -> None:
    plan = str(three_days.sql(f"EXPLAIN ANALYZE {query}").to_pylist())
    assert files == sum(map(int, re.findall(r"Total Files Read: (\d+)", plan)))


def test_parameters_prune_as_literals_do(three_days: ParquetDataCatalog) -> None:
    query = "EXPLAIN ANALYZE FROM bars_from_quotes($id, $step, start_time := $a, end_time := $b)"
    values = {"id": "GBP/USD.SIM", "step": "1 minute", "a": "2024-01-02", "b": "2024-01-02 12:00"}
    plan = str(three_days.sql(query, values).to_pylist())
    assert ["1"] == re.findall(r"Total Files Read: (\d+)", plan)
