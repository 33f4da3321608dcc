"""Runs an aggregator over trades, and a plain reference of what should come out."""

from collections.abc import Callable
from typing import Any, NamedTuple

from argosy.kernel.aggregator import Aggregator, BarSink
from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.replay import Replay, TradeSource
from argosy.kernel.stream import MemoryStream
from argosy.kernel.timeline import NEVER, Timeline
from argosy.model.bar_type import BarType
from argosy.model.data import TradeTick
from argosy_bars.options import TimeBarOptions
from tests.host.kernel import rows

DAY = 86_400_000_000_000
T0 = 1_704_067_200_000_000_000
"""2024-01-01, a Monday."""


class Tick(NamedTuple):
    ts_event: int
    ts_init: int
    price: int
    size: int = 1


class Emitted(NamedTuple):
    """A bar, and when it came."""

    open: int
    high: int
    low: int
    close: int
    volume: int
    ts_event: int
    ts_init: int
    came: int


class Sink(BarSink):
    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.bars: list[Emitted] = []

    def on_push(self, *bar: int) -> None:
        self.bars.append(Emitted(*bar, self.timeline.now))


def bar_type(step: int, aggregation: str, price_type: str = "LAST") -> BarType:
    return BarType.from_str(f"EUR/USD.SIM-{step}-{aggregation}-{price_type}-INTERNAL")


def run(
    aggregator: Aggregator,
    ticks: list[Tick],
    *,
    start: int = T0,
    end: int = NEVER,
    batch_rows: int = 1_000,
) -> list[Emitted]:
    """Replay trades through an aggregator; return its bars."""
    timeline, bus = Timeline(), MessageBus()
    market = MarketState(rows.EURUSD, bus.topic("quotes"), bus.topic("trades"))
    sink = Sink(timeline)
    aggregator.connect(sink)
    market.add_aggregator(aggregator)
    table = rows.trades([(*tick, 0, "T") for tick in ticks])
    stream = MemoryStream(TradeTick, rows.EURUSD.id, 5, 0, [table], batch_rows)
    replay = Replay(timeline)
    replay.add(TradeSource(stream, market, "trades"))
    timeline.start(start, end)
    aggregator.start(timeline)
    replay.run()
    return sink.bars


def reference(
    interval: Callable[[int], tuple[int, int]],
    ticks: list[Tick],
    options: TimeBarOptions,
    start: int,
    end: int,
) -> tuple[list[Emitted], int, int]:
    """Return the bars of all ticks at once, and how many came too late or outside of sessions.

    Parameters
    ----------
    interval : of a time, [open, close); the next one where none holds it
    """
    is_left_open = options.interval == "left-open"
    parts: dict[tuple[int, int], list[Tick]] = {}
    late = outside = 0
    for tick in ticks:
        at = min(tick.ts_event, tick.ts_init) if options.by == "event" else tick.ts_init
        key = at - is_left_open
        begin, close = interval(key)
        if key < begin:
            outside += 1
        elif close + options.build_delay_ns < tick.ts_init:
            late += 1
        else:
            parts.setdefault((begin, close), []).append(tick)
    bars: list[Emitted] = []
    if not parts:
        return bars, late, outside
    begin, close = min(parts)
    last_price = 0
    while close + options.build_delay_ns <= end:
        held = parts.get((begin, close), [])
        prices = [tick.price for tick in held] or [last_price]
        last_price = prices[-1]
        stamp = close if is_left_open and options.timestamp_on_close else begin
        if (held or options.build_with_no_updates) and not (
            options.skip_first_non_full and begin < start
        ):
            volume = sum(tick.size for tick in held)
            ohlc = prices[0], max(prices), min(prices), prices[-1]
            came = close + options.build_delay_ns
            bars.append(Emitted(*ohlc, volume, stamp, close, came))
        begin, close = interval(close)
    return bars, late, outside


def changed(**changes: Any) -> TimeBarOptions:
    return TimeBarOptions(**changes)
