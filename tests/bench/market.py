"""The one venue, instrument and strategies of the workloads that run an engine."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from argosy import (
    BacktestEngine,
    Bar,
    BarType,
    Currency,
    CurrencyPair,
    ExponentialMovingAverage,
    InstrumentId,
    OrderFilled,
    OrderSide,
    Price,
    Quantity,
    QuoteTick,
    Strategy,
    Symbol,
    Venue,
)
from tests.bench import span
from tests.bench.reference import FAST, SLOW, START_BALANCE_CENTS, TRADE_SIZE
from tests.bench.workload import Sample

if TYPE_CHECKING:
    import pyarrow as pa

VENUE = Venue("SIM")
USD = Currency.from_str("USD")
EURUSD = InstrumentId.from_str("EUR/USD.SIM")


def instrument() -> CurrencyPair:
    """EUR/USD at five decimals, whole units, 3% margin, no fees."""
    return CurrencyPair(
        id=EURUSD,
        raw_symbol=Symbol("EUR/USD"),
        base_currency=Currency.from_str("EUR"),
        quote_currency=USD,
        price_precision=5,
        size_precision=0,
        price_increment=Price.from_str("0.00001"),
        size_increment=Quantity.from_int(1),
        margin_init=Decimal("0.03"),
        margin_maint=Decimal("0.03"),
        ts_event=0,
        ts_init=0,
    )


def engine() -> BacktestEngine:
    """A netting margin account with a billion dollars, all risk rules on."""
    made = BacktestEngine()
    balance = f"{START_BALANCE_CENTS // 100} USD"
    account = {"type": "margin", "base_currency": "USD", "balances": [balance]}
    made.add_venue(VENUE, oms="netting", account=account)
    made.add_instrument(instrument())
    return made


def feed(made: BacktestEngine, table: pa.Table) -> None:
    """Replay rows; where instructions are counted, count those from the first row to the last."""
    made.add_data(table)
    if library := span.wanted():
        ts = table["ts_init"]
        made.add_actor(span.Span(library, ts[0].value, ts[-1].value))


class Reader(Strategy):
    """Read two averages at each bar."""

    def __init__(self, bar_type: str) -> None:
        super().__init__()
        self.bar_type = BarType.from_str(bar_type)
        self.fast = ExponentialMovingAverage(FAST)
        self.slow = ExponentialMovingAverage(SLOW)
        self.calls = 0
        self.above = 0

    def on_start(self) -> None:
        self.register_indicator_for_bars(self.bar_type, self.fast)
        self.register_indicator_for_bars(self.bar_type, self.slow)
        self.subscribe_bars(self.bar_type)

    def on_bar(self, bar: Bar) -> None:
        self.calls += 1
        if self.fast.value > self.slow.value:
            self.above += 1


class Cross(Reader):
    """Be long while the fast average is above the slow one, else flat."""

    def __init__(self, bar_type: str) -> None:
        super().__init__(bar_type)
        self.size = Quantity.from_int(TRADE_SIZE)
        self.is_long = False
        self.orders = 0
        self.fills = 0

    def on_bar(self, bar: Bar) -> None:
        self.calls += 1
        if not self.slow.initialized:
            return
        up = self.fast.value > self.slow.value
        if up == self.is_long:
            return
        self.is_long = up
        self.orders += 1
        side = OrderSide.BUY if up else OrderSide.SELL
        self.submit_order(self.order_factory.market(EURUSD, side, self.size))

    def on_order_filled(self, event: OrderFilled) -> None:
        self.fills += 1


class Alternating(Cross):
    """Buy at one bar, sell at the next."""

    def on_bar(self, bar: Bar) -> None:
        self.calls += 1
        self.is_long = not self.is_long
        self.orders += 1
        side = OrderSide.BUY if self.is_long else OrderSide.SELL
        self.submit_order(self.order_factory.market(EURUSD, side, self.size))


class Counter(Strategy):
    """Count quotes."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def on_start(self) -> None:
        self.subscribe_quote_ticks(EURUSD)

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.calls += 1


def timed(made: BacktestEngine) -> float:
    """Run an engine; return the seconds of the run alone."""
    started = time.perf_counter()
    made.run()
    return time.perf_counter() - started


def trades(made: BacktestEngine, strategy: Cross, **notes: Any) -> Sample:
    """Run a strategy that trades; its outcome is what `tests.bench.reference` works out."""
    made.add_strategy(strategy)
    seconds = timed(made)
    balance = made.cache.account_for_venue(VENUE).balance_total(USD)
    return Sample(
        seconds=seconds,
        outcome={
            "bars": strategy.calls,
            "orders": strategy.orders,
            "fills": strategy.fills,
            "balance": str(balance.as_decimal()),
        },
        notes=notes,
    )
