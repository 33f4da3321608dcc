"""A system with more than a thousand fills in a short series, and its runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from argosy import Bar, BarType, Price, Quantity, QuoteTick
from argosy.kernel.stream import MemoryStream
from argosy.model.instruments import Instrument
from argosy.serialization import arrow
from argosy.testing.demo import PAIR, series
from argosy.testing.instruments import default_fx_ccy
from tests.acceptance.kit import MINUTE, Project

QUOTES = 5_000
BARS = BarType.from_str("GBP/USD.GEN-1-MINUTE-LAST-EXTERNAL")

SYSTEM = """\
# A comment.
name = "golden"
seed = 5

[catalog]
path = "data/catalog"

[venues.GEN.simulate]
use = "sim"
oms = "hedging"
account = { type = "margin", base_currency = "USD", balances = ["5_000_000 USD"], leverage = 50 }
fees = { use = "maker_taker" }
fill = { use = "probabilistic", prob_fill_on_limit = "0.5", prob_slippage = "0.3" }
latency = { use = "fixed", base = "20ms", report = "5ms" }

[[data]]
type = "quote"
instruments = ["EUR/USD.GEN"]

[[data]]
type = "bar"
bar_types = ["GBP/USD.GEN-1-MINUTE-LAST-EXTERNAL"]

[[strategies]]
use = "storm"
order_id_tag = "1"
instrument = "EUR/USD.GEN"
bar_type = "EUR/USD.GEN-25-TICK-MID-INTERNAL"

[[strategies]]
use = "ema_cross"
order_id_tag = "2"
instrument = "EUR/USD.GEN"
bar_type = "EUR/USD.GEN-1-MINUTE-BID-INTERNAL"
fast = 2
slow = 3
trade_size = "250_000"
short = true

[[strategies]]
use = "ema_cross"
order_id_tag = "3"
instrument = "GBP/USD.GEN"
bar_type = "GBP/USD.GEN-1-MINUTE-LAST-EXTERNAL"
fast = 2
slow = 5
trade_size = "30_000"

[risk.submit_rate]
limit = 40
interval = "1s"

[run]
end = 2024-01-01T08:00:00
"""
"""With netting, hedging, latency, chance, timers and two streams; it ends before its data."""


def bars(quotes: list[QuoteTick]) -> list[Bar]:
    """Return a bar for each minute of the quotes, so that both streams have rows at one time."""
    first = quotes[0].ts_init // MINUTE + 1
    found = []
    close = 127_000
    for number in range(first, quotes[-1].ts_init // MINUTE + 1):
        begin, close = close, close + (number * 7_919) % 41 - 20
        top, low = max(begin, close) + 3, min(begin, close) - 3
        prices = [Price.from_raw(each, 5) for each in (begin, top, low, close)]
        found.append(
            Bar(BARS, *prices, Quantity.from_int(4_000_000), number * MINUTE, number * MINUTE)
        )
    return found


def pairs() -> list[Instrument]:
    """Return both instruments."""
    return [default_fx_ccy("EUR/USD", "GEN"), default_fx_ccy("GBP/USD", "GEN")]


def load(folder: Path, project: Path) -> Project:
    """Make a project with the data in its catalog."""
    made = Project(folder)
    strategies = folder / "strategies"
    strategies.mkdir(parents=True)
    for file in (project / "strategies/ema_cross.py", project / "tests/golden/storm.py"):
        (strategies / file.name).symlink_to(file)
    ticks = list(series(QUOTES))
    with made.catalog() as catalog:
        catalog.write_data([*pairs(), *ticks, *bars(ticks)])
    return made


class Memory:
    """The data of the golden system, in the place of a catalog.

    Parameters
    ----------
    quotes : of the first pair; the bars of the other stay as they are
    """

    exists = True

    def __init__(self, quotes: list[QuoteTick]) -> None:
        self.tables = {PAIR: arrow.to_batch(quotes), BARS: arrow.to_batch(bars(quotes))}

    exists = True

    def instruments(self) -> list[Instrument]:
        """Return both instruments."""
        return pairs()

    def streams(
        self, data_type: type, names: list[Any], *_: Any, batch_rows: int, **__: Any
    ) -> list[MemoryStream]:
        """Return the streams that a table of data asks for."""
        return [
            MemoryStream(data_type, name, 5, 0, [self.tables[name]], batch_rows) for name in names
        ]


def run(project: Project, text: str = SYSTEM, *, name: str = "config/golden.toml") -> Any:
    """Run a system in this process and return its result; the catalog does not get it."""
    with project.catalog() as catalog:
        return run_over(catalog, catalog.snapshot(), project.write(name, text))


def run_over(catalog: Any, snapshot: int, system: Path) -> Any:
    """Run a system over the data of a catalog."""
    from argosy.modes.backtest.node import build_engine
    from argosy.plugins.wiring import load_plan

    return build_engine(load_plan(system, mode="backtest"), catalog, snapshot).run()


def run_apart(project: Project, text: str = SYSTEM, **environment: str) -> dict[str, Any]:
    """Run a system in a process of its own and return what it prints."""
    project.write("config/golden.toml", text)
    done = project.process("run", "config/golden.toml", "--json", **environment)
    assert (0, "") == (done.returncode, done.stderr), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def batches_of(rows: int, text: str = SYSTEM) -> str:
    """Return a system that reads so many rows at a time."""
    return text.replace("[run]\n", f"[run]\nbatch_rows = {rows}\n")


def moved(quote: QuoteTick, ticks: int) -> QuoteTick:
    """Return a quote whose bid and ask are so many ticks higher."""
    return QuoteTick(
        PAIR,
        Price.from_raw(quote.bid_price.raw + ticks, 5),
        Price.from_raw(quote.ask_price.raw + ticks, 5),
        quote.bid_size,
        quote.ask_size,
        quote.ts_event,
        quote.ts_init,
    )
