"""`argosy check --lookahead` finds what is read of later data, whatever is read of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from argosy import (
    AggressorSide,
    Bar,
    BarType,
    BookAction,
    BookOrder,
    InstrumentStatusUpdate,
    OrderBookDelta,
    OrderSide,
    Price,
    Quantity,
    TradeId,
    TradeTick,
)
from argosy.model.enums import MarketStatusAction
from tests.acceptance.conftest import new_project
from tests.acceptance.kit import Project
from tests.acceptance.script import PAIR, ns

pytestmark = pytest.mark.slow

ROWS = 200
BARS = BarType.from_str("GBP/USD.SIM-10-SECOND-BID-EXTERNAL")
SYSTEM = """\
name = "peeks"
seed = 7

[catalog]
path = "data/catalog"

[venues.SIM.simulate]
use = "sim"
account = { type = "margin", base_currency = "USD", balances = ["1_000_000 USD"], leverage = 20 }
"""
QUOTES = """
[[data]]
type = "quote"
instruments = ["GBP/USD.SIM"]
"""
OTHERS = """
[[data]]
type = "trade"
instruments = ["GBP/USD.SIM"]

[[data]]
type = "bar"
bar_types = ["GBP/USD.SIM-10-SECOND-BID-EXTERNAL"]

[[data]]
type = "delta"
instruments = ["GBP/USD.SIM"]

[[data]]
name = "spread"
sql = "SELECT ts_init, ask_price - bid_price AS spread FROM quotes"
"""
TAIL = """
[[strategies]]
use = "reader"
instrument = "GBP/USD.SIM"
"""
HEAD = """\
from argosy import (
    Bar, BarType, DataType, Feature, InstrumentId, InstrumentStatusUpdate, OrderBookDelta,
    OrderSide, Quantity, QuoteTick, Strategy, StrategyConfig, TradeTick
)
from argosy_catalog import ParquetDataCatalog

PAIR = "GBP/USD.SIM"
T0 = 1_704_067_200 * 1_000_000_000


class ReaderConfig(StrategyConfig, frozen=True):
    instrument: InstrumentId


class Reader(Strategy):
    def __init__(self, config: ReaderConfig) -> None:
        super().__init__(config)

    def buy(self, units: int) -> None:
        size = Quantity.from_int(units)
        self.submit_order(self.order_factory.market(self.config.instrument, OrderSide.BUY, size))
"""
AT_START = """
    def on_start(self) -> None:
        with ParquetDataCatalog("data/catalog") as catalog:
            units = {read}
        self.buy(int(units))
"""
HONEST = """
    def on_start(self) -> None:
        self.seen = 0
        self.subscribe_quote_ticks(self.config.instrument)
        self.subscribe_trade_ticks(self.config.instrument)
        self.subscribe_bars(BarType.from_str("GBP/USD.SIM-10-SECOND-BID-EXTERNAL"))
        self.subscribe_order_book_deltas(self.config.instrument)
        self.subscribe_data(DataType(Feature, {"name": "spread"}))

    def see(self, data) -> None:
        self.seen += 1
        if self.seen % 300 == 0:
            self.trade()

    def trade(self) -> None:
        now = self.clock.timestamp_ns()
        with ParquetDataCatalog("data/catalog") as catalog:
            units = len(catalog.quote_ticks(PAIR, end=now)) + self.seen
            units += len(catalog.trade_ticks(PAIR, end=now))
            units += len(catalog.bars(end=now)) + len(catalog.order_book_deltas(PAIR, end=now))
            query = "SELECT ts_init, trade_id FROM trades WHERE epoch_ns(ts_init) <= $now"
            rows = catalog.sql(query, {"now": now}).to_pylist()
            units += len(rows) + len(rows[-1]["trade_id"])
        self.close_all_positions(self.config.instrument)
        self.buy(units)

    def on_stop(self) -> None:
        self.close_all_positions(self.config.instrument)

    on_quote_tick = on_trade_tick = on_bar = on_order_book_deltas = on_data = see
"""


def _count(query: str) -> str:
    return f'catalog.sql("{query}").column(0)[0].as_py()'


PEEKS = {
    "number of quotes": "len(catalog.quote_ticks(PAIR))",
    "number of bars": "len(catalog.bars())",
    "number of deltas": "len(catalog.order_book_deltas(PAIR))",
    "number of rows of a stream": "catalog.streams(QuoteTick, PAIR)[0].rows",
    "count of quotes": _count("SELECT count(*) FROM quotes"),
    "count of ordered trades": _count("SELECT count(*) FROM ordered_trades"),
    "number of buys": "sum(t.aggressor_side.value == 'BUYER' for t in catalog.trade_ticks())",
    "count of buys": _count("SELECT count(*) FROM trades WHERE aggressor_side = 'BUYER'"),
    "last side": "1 + catalog.trade_ticks()[-1].aggressor_side.code",
    "last trade id": "sum(map(ord, catalog.trade_ticks()[-1].trade_id.value))",
    "last time": "(catalog.quote_ticks()[-1].ts_init - T0) // 1_000_000",
    "last status": "1 + catalog.query(InstrumentStatusUpdate)[-1].action.code",
    "count of halts": _count("SELECT 1 + count(*) FROM instrument_statuses WHERE action = 'HALT'"),
    "last delta": "catalog.order_book_deltas(PAIR)[-1].order.price.raw",
    "number of offers": "1 + sum(d.order is not None and d.order.side.value == 'SELL'"
    " for d in catalog.order_book_deltas())",
    "bars that rise": "1 + sum(bar.close > bar.open for bar in catalog.bars())",
    "a price that is higher": "2 if catalog.quote_ticks()[-1].bid_price >"
    " catalog.quote_ticks()[0].bid_price else 1",
    "rows held": "catalog.holdings(QuoteTick)[0].rows",
    "end of what is held": "(catalog.holdings(TradeTick)[0].last_ns - T0) // 1_000_000",
    "end of coverage": "(catalog.coverage(QuoteTick)[-1].last_ns - T0) // 1_000_000",
    "end of coverage in SQL": _count(
        "SELECT max(epoch_ms(last::TIMESTAMP)) - 1704067200000 FROM coverage"
    ),
    "bars of a macro": _count(
        "SELECT sum(quotes) FROM bars_from_quotes('GBP/USD.SIM', INTERVAL 1 MINUTE)"
    ),
}


def trades() -> list[TradeTick]:
    """Return as many buys as sales."""
    sides = AggressorSide.BUYER, AggressorSide.SELLER
    return [
        TradeTick(
            PAIR,
            Price.from_raw(150_000 + number % 7, 5),
            Quantity.from_int(1_000),
            sides[number % 2],
            TradeId(f"T-{number}"),
            ns(number),
            ns(number),
        )
        for number in range(1, ROWS + 1)
    ]


def bars() -> list[Bar]:
    """Return bars every other of which rises."""
    prices = [(150_010, 150_020), (150_020, 150_010)]
    return [
        Bar(
            BARS,
            Price.from_raw(opened, 5),
            Price.from_raw(150_030, 5),
            Price.from_raw(150_000, 5),
            Price.from_raw(closed, 5),
            Quantity.from_int(5),
            ns(10 * number),
            ns(10 * number),
        )
        for number in range(1, ROWS // 10 + 1)
        for opened, closed in [prices[number % 2]]
    ]


def deltas() -> list[OrderBookDelta]:
    """Return a book whose levels come and go, on both sides."""

    def delta(number: int, action: BookAction, order: BookOrder | None) -> OrderBookDelta:
        return OrderBookDelta(PAIR, action, order, 128, number, ns(number), ns(number))

    def level(number: int) -> BookOrder:
        side = (OrderSide.BUY, OrderSide.SELL)[number % 2]
        price = 150_000 + (1 if number % 2 else -1) * (1 + number % 10)
        return BookOrder(side, Price.from_raw(price, 5), Quantity.from_int(100 + number), 0)

    steps = [
        (BookAction.ADD, BookAction.UPDATE, BookAction.DELETE)[n // 10 % 3] for n in range(ROWS)
    ]
    made = [delta(number, steps[number - 1], level(number)) for number in range(1, ROWS)]
    return [delta(0, BookAction.CLEAR, None), *made]


def statuses() -> list[InstrumentStatusUpdate]:
    """Return what ends with a halt."""
    actions = (MarketStatusAction.TRADING, MarketStatusAction.HALT)
    return [
        InstrumentStatusUpdate(
            instrument_id=PAIR, action=actions[n % 2], ts_event=ns(n), ts_init=ns(n)
        )
        for n in range(1, ROWS, 10)
        for n in (n, n + 5)
    ]


@pytest.fixture(scope="module")
def rich(small_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog with data of every kind."""
    found = Project(tmp_path_factory.mktemp("rich"))
    shutil.copytree(small_data, found.catalog_path)
    found.load(trades(), bars(), deltas(), statuses())
    return found.catalog_path


@pytest.fixture
def made(project: Path, rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    found = new_project(tmp_path, project)
    shutil.copytree(rich, found.catalog_path)
    monkeypatch.chdir(tmp_path)
    return found


@pytest.mark.parametrize("peek", PEEKS)
def test_a_peek_is_found(made: Project, peek: str) -> None:
    made.write("config/peeks.toml", SYSTEM + QUOTES + TAIL)
    made.write("strategies/reader.py", HEAD + AT_START.format(read=PEEKS[peek]))
    result = made.line("check", "config/peeks.toml", "--lookahead")
    assert 1 == result.exit_code, result.output
    assert (
        "lookahead: run: with other data after 2024-01-01T00:01:40.5Z, "
        "OrderInitialized of Reader-000 at 2024-01-01T00:00:01Z differs: quantity was "
    ) in result.stderr


def test_a_system_that_cannot_begin_with_other_data_is_found(made: Project) -> None:
    query = "SELECT ts_init, CASE WHEN count(*) OVER () = 200 THEN 1 END AS one FROM quotes"
    source = f'[[data]]\nname = "one"\nsql = "{query}"\n'
    made.write("config/peeks.toml", SYSTEM + QUOTES + source + TAIL)
    made.write("strategies/reader.py", HEAD + AT_START.format(read="1"))
    result = made.line("check", "config/peeks.toml", "--lookahead", "--cuts", "1")
    assert 1 == result.exit_code, result.output
    assert (
        "lookahead: run: with other data after 2024-01-01T00:01:40.5Z, it cannot begin: "
    ) in result.stderr


def test_who_reads_what_is_known_is_clean_at_every_time(made: Project) -> None:
    made.write("config/peeks.toml", SYSTEM + QUOTES + OTHERS + TAIL)
    made.write("strategies/reader.py", HEAD + HONEST)
    line = ["check", "config/peeks.toml", "--lookahead", "--cuts", "2"]
    times = ("00:00:30", "00:01:40.5", "00:03:19", "00:03:20")
    for time in times:
        line += ["--after", f"2024-01-01T{time}Z"]
    result = made.line(*line)
    assert (0, "") == (result.exit_code, result.stderr), result.output
    assert len(times) == result.stdout.count("are the same with other data after it")
    assert " 0 events" not in result.stdout
