"""What every bar aggregation keeps to, checked over a market of its own."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from argosy.kernel.aggregator import Aggregator, BarSink
from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.replay import QuoteSource, Replay, Source, TradeSource
from argosy.kernel.stream import MemoryStream
from argosy.kernel.timeline import NEVER, Timeline
from argosy.model.data import QuoteTick, TradeTick
from argosy.model.enums import AggressorSide, PriceType
from argosy.model.identifiers import TradeId
from argosy.model.instruments import Instrument
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import default_fx_ccy

TICKS = 3_000
BATCHES = (1, 7, TICKS)
BEGIN_NS = 1_704_067_200_000_000_000  # 2024-01-01


class RawBar(NamedTuple):
    """A bar as an aggregator emits it, and the time at which it did; prices are raw."""

    open: int
    high: int
    low: int
    close: int
    volume: int
    ts_event: int
    ts_init: int
    emitted_at: int


def check_bar_aggregation(build: Callable[[], Aggregator], *, drops_volume: bool = False) -> None:
    """Check an aggregation over a random market: what it emits, and that batches do not matter.

    Parameters
    ----------
    build : makes an aggregator of a type of EUR/USD.SIM, anew each time; with 5 and 0 decimals, of
        MID prices 6 and 1
    drops_volume : whether it leaves ticks out, as runs do when the side changes

    Raises
    ------
    AssertionError : says what is wrong, and with which bar
    """
    runs = {rows: bars_of(build(), batch_rows=rows) for rows in BATCHES}
    bars = runs[TICKS]
    assert bars, f"no bar in {TICKS} ticks: take a smaller step"
    for rows, other in runs.items():
        wrong = next((pair for pair in zip(bars, other, strict=False) if pair[0] != pair[1]), None)
        assert bars == other, f"batches of {rows} rows give another bar: {wrong or len(other)}"
    for bar in bars:
        _check_bar(bar)
    for before, after in pairwise(bars):
        assert before.ts_init <= after.ts_init, f"{after} is earlier than the one before"
    aggregator = build()
    is_mid = aggregator.bar_type.spec.price_type is PriceType.MID
    sizes = sum(tick.size for tick in market()) * (10 if is_mid else 1)
    volume = sum(bar.volume for bar in bars_of(aggregator))
    assert volume <= sizes, f"the bars hold {volume}, all ticks only {sizes}"
    if not drops_volume:
        volume += aggregator.volume
        assert volume == sizes, f"bars and the open rest hold {volume}, the ticks {sizes}"


class Tick(NamedTuple):
    """One moment of the market: a price that is traded, or bid with an ask beside it."""

    ts: int
    price: int
    size: int
    aggressor: AggressorSide


@cache
def market() -> tuple[Tick, ...]:
    """Return a random walk with bursts of ticks at one time."""
    generator = random.Random(1)
    sides = (AggressorSide.BUYER, AggressorSide.SELLER, AggressorSide.NO_AGGRESSOR)
    ts, price, ticks = BEGIN_NS, 110_000, []
    for _ in range(TICKS):
        ts += generator.choice((0, 1, 250_000_000, 1_000_000_000, 90_000_000_000))
        price += generator.randrange(-4, 5)
        ticks.append(Tick(ts, price, generator.randrange(1, 50), generator.choice(sides)))
    return tuple(ticks)


def bars_of(aggregator: Aggregator, *, batch_rows: int = TICKS) -> list[RawBar]:
    """Replay the random market through an aggregator and return its bars."""
    timeline, bus = Timeline(), MessageBus()
    state = MarketState(default_fx_ccy("EUR/USD"), bus.topic("quotes"), bus.topic("trades"))
    sink = _Sink(timeline)
    aggregator.connect(sink)
    state.add_aggregator(aggregator)
    replay = Replay(timeline)
    replay.add(_source(aggregator, state, batch_rows))
    timeline.start(BEGIN_NS, NEVER)
    aggregator.start(timeline)
    replay.run()
    return sink.bars


class _Sink(BarSink):
    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.bars: list[RawBar] = []

    def on_push(
        self,
        open: int,
        high: int,
        low: int,
        close: int,
        volume: int,
        ts_event: int,
        ts_init: int,
    ) -> None:
        now = self.timeline.now
        self.bars.append(RawBar(open, high, low, close, volume, ts_event, ts_init, now))


def _source(aggregator: Aggregator, state: MarketState, batch_rows: int) -> Source:
    """Return the random market as trades, or as quotes where the bars are made of these."""
    kind = TradeTick if aggregator.bar_type.spec.price_type is PriceType.LAST else QuoteTick
    stream = MemoryStream(kind, state.instrument_id, 5, 0, [_rows(kind)], batch_rows)
    if kind is TradeTick:
        return TradeSource(stream, state, "trades")
    return QuoteSource(stream, state, "quotes")


@cache
def _rows(kind: type) -> Any:
    from argosy.serialization.arrow import to_batch

    make, instrument = _trade if kind is TradeTick else _quote, default_fx_ccy("EUR/USD")
    return to_batch([make(instrument, index, tick) for index, tick in enumerate(market())])


def _trade(instrument: Instrument, index: int, tick: Tick) -> TradeTick:
    price, size = Price.from_raw(tick.price, 5), Quantity.from_raw(tick.size, 0)
    trade_id = TradeId(str(index))
    return TradeTick(instrument.id, price, size, tick.aggressor, trade_id, tick.ts, tick.ts)


def _quote(instrument: Instrument, index: int, tick: Tick) -> QuoteTick:
    bid, ask = Price.from_raw(tick.price, 5), Price.from_raw(tick.price + index % 3, 5)
    size = Quantity.from_raw(tick.size, 0)
    return QuoteTick(instrument.id, bid, ask, size, size, tick.ts, tick.ts)


def _check_bar(bar: RawBar) -> None:
    assert bar.low <= min(bar.open, bar.close), f"the low of {bar} is above its open or close"
    assert bar.high >= max(bar.open, bar.close), f"the high of {bar} is below its open or close"
    assert bar.volume >= 0, f"the volume of {bar} is below zero"
    assert bar.ts_event <= bar.ts_init, f"{bar} is known before it happened"
    assert bar.ts_init <= bar.emitted_at, f"{bar} is emitted before it is known"
