"""Bars of real quotes and trades are those that DuckDB computes."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.replay import QuoteSource, Replay, TradeSource
from argosy.kernel.stream import GeneratorStream
from argosy.kernel.timeline import Timeline
from argosy.model.bar_type import BarType
from argosy.model.data import QuoteTick, TradeTick
from argosy.parts.bar_aggregation import BarOptions
from argosy_bars.factories import tick_bars, time_bars
from tests.host.kernel import rows

PRICES = {"BID": ("bid", "bid_size"), "ASK": ("ask", "ask_size")}
MIDDLE = ("(bid + ask) * 5", "(bid_size + ask_size) * 5")


@pytest.fixture(scope="module")
def quotes(real_data: Path) -> pa.RecordBatch:
    """EUR/USD, raw integers at 5 decimals."""
    path = real_data / "quotes_eurusd_20190101.csv"
    table = duckdb.sql(
        f"""
        SELECT ts_event::BIGINT AS ts,
               (bid_price::DECIMAL(18, 5) * 100000)::BIGINT AS bid,
               (ask_price::DECIMAL(18, 5) * 100000)::BIGINT AS ask,
               bid_size::DECIMAL(18, 5)::BIGINT AS bid_size,
               ask_size::DECIMAL(18, 5)::BIGINT AS ask_size
        FROM read_csv('{path}', all_varchar = true)
        """
    ).to_arrow_table()
    return rows.quotes(
        [(row["ts"], row["ts"], *list(row.values())[1:]) for row in table.to_pylist()]
    )


@pytest.fixture(scope="module")
def trades(real_data: Path) -> pa.RecordBatch:
    """BTCUSDT, raw integers at 2 and 6 decimals."""
    path = real_data / "binance_btcusdt_trades_20210108.parquet"
    table = duckdb.sql(
        f"""
        SELECT epoch_ns(timestamp) AS ts, round(price * 100)::BIGINT AS price,
               round(quantity * 1e6)::BIGINT AS size, trade_id::VARCHAR AS id
        FROM '{path}'
        """
    ).to_arrow_table()
    return rows.trades(
        [
            (row["ts"], row["ts"], row["price"], row["size"], 0, row["id"])
            for row in table.to_pylist()
        ],
        2,
        6,
    )


def in_batches(table: pa.RecordBatch, seed: int) -> Iterator[pa.RecordBatch]:
    dice, first = random.Random(seed), 0
    while first < table.num_rows:
        size = dice.choice([1, 7, 500, 4_000])
        yield table.slice(first, size)
        first += size


def bars_of(
    instrument: Any, table: pa.RecordBatch, text: str, options: BarOptions, seed: int
) -> list[tuple[int, ...]]:
    """Return (open, high, low, close, volume, ts_init) of all bars."""
    timeline, bus = Timeline(), MessageBus()
    market = MarketState(instrument, bus.topic("quotes"), bus.topic("trades"))
    bar_type = BarType.from_str(f"{instrument.id}-{text}-INTERNAL")
    feed = market.add_feed(bar_type, bus.topic("bars"), 20_000)
    build = tick_bars if "TICK" in text else time_bars
    made = build(bar_type, feed.price_precision, feed.size_precision, options)
    made.connect(feed)
    feed.set_aggregator(made)
    market.add_aggregator(made)
    kind, source = (
        (QuoteTick, QuoteSource)
        if "bid_price" in table.schema.names
        else (
            TradeTick,
            TradeSource,
        )
    )
    replay = Replay(timeline)
    stream = GeneratorStream(kind, instrument.id, 0, 0, lambda: in_batches(table, seed))
    replay.add(source(stream, market, "data"))
    timeline.start(replay.first() - 1, 2**62)
    made.start(timeline)
    replay.run()
    found = [feed.ring[i] for i in reversed(range(len(feed.ring)))]
    return [(*bar[:5], bar[6]) for bar in found]


def raw(table: pa.RecordBatch) -> pa.Table:
    """Return a batch's columns as the integers they are made of."""
    columns = {"row": pa.array(range(table.num_rows))}
    for name, column in zip(table.schema.names, table.columns, strict=True):
        if name != "trade_id":
            columns[name] = (
                column.cast(pa.int64()) if name == "aggressor_side" else column.view(pa.int64())
            )
    return pa.table(columns)


def bars_in_sql(
    table: pa.RecordBatch, price: str, size: str, interval: str, *, left_open: bool
) -> list[tuple[int, ...]]:
    ticks = raw(table).rename_columns(
        {"bid_price": "bid", "ask_price": "ask"} if "bid_price" in table.schema.names else {}
    )
    shift = int(left_open)
    assert ticks.num_rows
    return duckdb.sql(
        f"""
        SELECT first({price} ORDER BY row), max({price}), min({price}), last({price} ORDER BY row),
               sum({size})::BIGINT,
               epoch_ns(time_bucket(INTERVAL '{interval}', make_timestamp_ns(ts_init - {shift}))
                        + INTERVAL '{interval}') AS close
        FROM ticks GROUP BY close ORDER BY close
        """
    ).fetchall()


@pytest.mark.parametrize("side", ["BID", "ASK", "MID"])
@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("1-SECOND", "1 second"),
        ("1-MINUTE", "1 minute"),
        ("15-MINUTE", "15 minutes"),
        ("1-HOUR", "1 hour"),
        ("1-DAY", "1 day"),
        ("1-WEEK", "7 days"),
        ("1-MONTH", "1 month"),
    ],
)
def test_bars_of_quotes_are_those_of_time_bucket(
    quotes: pa.RecordBatch, side: str, text: str, interval: str
) -> None:
    for left_open in (True, False):
        options = BarOptions(
            interval="left-open" if left_open else "right-open", build_with_no_updates=False
        )
        price, size = PRICES.get(side, MIDDLE)
        expected = bars_in_sql(quotes, price, size, interval, left_open=left_open)
        assert expected == bars_of(rows.EURUSD, quotes, f"{text}-{side}", options, len(text))


@pytest.mark.parametrize("interval", ["left-open", "right-open"])
def test_bars_of_trades_are_those_of_time_bucket(trades: pa.RecordBatch, interval: str) -> None:
    options = BarOptions(interval=interval, build_with_no_updates=False)
    left_open = interval == "left-open"
    expected = bars_in_sql(trades, "price", "size", "100 milliseconds", left_open=left_open)
    assert expected == bars_of(rows.BTCUSDT, trades, "100-MILLISECOND-LAST", options, 3)


@pytest.mark.parametrize("step", [1, 3, 100])
def test_bars_of_a_count_are_those_of_its_rows(trades: pa.RecordBatch, step: int) -> None:
    ticks = raw(trades)
    assert ticks.num_rows == 2_001
    expected = duckdb.sql(
        f"""
        SELECT first(price ORDER BY row), max(price), min(price), last(price ORDER BY row),
               sum(size)::BIGINT, max(ts_init)
        FROM ticks GROUP BY row // {step} HAVING count(*) = {step} ORDER BY row // {step}
        """
    ).fetchall()
    assert expected == bars_of(rows.BTCUSDT, trades, f"{step}-TICK-LAST", BarOptions(), 3)
