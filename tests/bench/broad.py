"""A broad market: daily bars of many stocks, and strategies that trade each tenth of them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from argosy import (
    BacktestEngine,
    BacktestEngineConfig,
    Bar,
    BarType,
    Currency,
    Equity,
    InstrumentId,
    OrderFilled,
    OrderSide,
    Price,
    Quantity,
    Strategy,
    Symbol,
    Venue,
)
from tests.bench import files, span

if TYPE_CHECKING:
    import numpy.typing as npt

VENUE = Venue("XNAS")
USD = Currency.from_str("USD")
DAY_NS = 86_400_000_000_000
FIRST_DAY = 2_000  # since 1970: twenty thousand of them end before 2032
TRADE_SIZE = 10
EVERY = 10
START_BALANCE = 1_000_000_000
PRECISION = 2


def instrument_id(number: int) -> InstrumentId:
    """Name a stock."""
    return InstrumentId.from_str(f"S{number:04d}.{VENUE}")


def bar_type(number: int) -> BarType:
    """Name its daily bars."""
    return BarType.from_str(f"{instrument_id(number)}-1-DAY-LAST-EXTERNAL")


def closes(number: int, days: int) -> npt.NDArray[np.int64]:
    """Draw the closes of a stock, in cents."""
    draw = np.random.default_rng((42, number))
    close = 10_000 + np.cumsum(draw.integers(-50, 51, days))
    return close + max(0, 1_000 - int(close.min()))


def engine(instruments: int, days: int) -> BacktestEngine:
    """A netting cash account with a billion dollars, all rules on, and a stream for each stock."""
    # A day's orders come at one moment: the usual hundred a second would refuse most of them.
    throttle = {"submit_rate": {"limit": 1_000_000, "interval": "1s"}}
    made = BacktestEngine(BacktestEngineConfig(risk=throttle))
    account = {"type": "cash", "base_currency": "USD", "balances": [f"{START_BALANCE} USD"]}
    made.add_venue(VENUE, oms="netting", account=account)
    times = DAY_NS * np.arange(FIRST_DAY, FIRST_DAY + days, dtype=np.int64)
    volume = np.full(days, 1_000_000, np.int64)
    for number in range(instruments):
        made.add_instrument(stock(number))
        close = closes(number, days)
        columns = (times, times, close, close + 20, close - 20, close, volume, times < 0)
        made.add_data(files.rows(Bar, str(bar_type(number)), columns, PRECISION))
    if library := span.wanted():
        made.add_actor(span.Span(library, int(times[0]), int(times[-1])))
    return made


def stock(number: int) -> Equity:
    """A stock at cents, in whole shares, no fees."""
    return Equity(
        id=instrument_id(number),
        raw_symbol=Symbol(f"S{number:04d}"),
        quote_currency=USD,
        price_precision=PRECISION,
        price_increment=Price.from_str("0.01"),
        lot_size=Quantity.from_int(1),
        ts_event=0,
        ts_init=0,
    )


class Rotation(Strategy):
    """Buy or sell at each tenth bar of the stocks it watches; with `every` 0 at none."""

    def __init__(self, numbers: list[int], every: int) -> None:
        super().__init__()
        self.types = [bar_type(number) for number in numbers]
        self.every = every
        self.size = Quantity.from_int(TRADE_SIZE)
        self.held: set[InstrumentId] = set()
        self.bars = self.orders = self.fills = 0

    def on_start(self) -> None:
        for each in self.types:
            self.subscribe_bars(each)

    def on_bar(self, bar: Bar) -> None:
        self.bars += 1
        if not self.every or self.bars % self.every:
            return
        traded = bar.bar_type.instrument_id
        side = OrderSide.BUY
        if traded in self.held:
            self.held.remove(traded)
            side = OrderSide.SELL
        else:
            self.held.add(traded)
        self.orders += 1
        self.submit_order(self.order_factory.market(traded, side, self.size))

    def on_order_filled(self, event: OrderFilled) -> None:
        self.fills += 1


def strategies(instruments: int, every: int, *, has_one_each: bool) -> list[Rotation]:
    """One strategy over all stocks, or one for each."""
    numbers = list(range(instruments))
    groups = [[number] for number in numbers] if has_one_each else [numbers]
    return [Rotation(group, every) for group in groups]


def setup(made: BacktestEngine, traders: list[Rotation]) -> float:
    """Add strategies; return the seconds that it took."""
    started = time.perf_counter()
    for trader in traders:
        made.add_strategy(trader)
    return time.perf_counter() - started
