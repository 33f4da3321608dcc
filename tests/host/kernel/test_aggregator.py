"""The builder of the open bar, and interpreted aggregators on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import ValueRangeError
from argosy.kernel.aggregator import Aggregator, BarSink
from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.timeline import Timeline
from argosy.model.bar_type import BarType
from tests.host.kernel import rows

LAST = BarType.from_str("EUR/USD.SIM-3-TICK-LAST-INTERNAL")
COMPOSITE = BarType.from_str("EUR/USD.SIM-2-TICK-LAST-INTERNAL@3-TICK-INTERNAL")
TICKS = st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 9)), min_size=1, max_size=30)

Row = tuple[int, ...]


class Sink(BarSink):
    def __init__(self) -> None:
        self.bars: list[Row] = []

    def on_push(self, *bar: int) -> None:
        self.bars.append(bar)


class EveryThird(Aggregator):
    """An interpreted aggregator."""

    def on_tick(self, price: int, size: int, aggressor: int, ts: int) -> None:
        self.update(price, size)
        if self.count == 3:
            self.emit(ts, ts)

    def on_bar(self, open: int, high: int, low: int, close: int, volume: int, ts: int) -> None:
        self.update_bar(open, high, low, close, volume)
        if self.count == 2:
            self.emit(ts, ts)


def connected(kind: type[Aggregator] = Aggregator) -> tuple[Aggregator, Sink]:
    aggregator, sink = kind(LAST, 5, 0), Sink()
    aggregator.connect(sink)
    return aggregator, sink


def bar_of(ticks: list[tuple[int, int]]) -> Row:
    prices = [price for price, _ in ticks]
    return prices[0], max(prices), min(prices), prices[-1], sum(size for _, size in ticks)


@given(TICKS)
def test_the_open_bar_is_what_its_ticks_come_to(ticks: list[tuple[int, int]]) -> None:
    aggregator, sink = connected()
    for price, size in ticks:
        aggregator.update(price, size)
    assert len(ticks) == aggregator.count
    aggregator.emit(7, 8)
    assert [(*bar_of(ticks), 7, 8)] == sink.bars
    assert (0, 0) == (aggregator.count, aggregator.volume)


@given(st.lists(TICKS, min_size=1, max_size=6))
def test_merged_bars_are_the_bar_of_all_their_ticks(parts: list[list[tuple[int, int]]]) -> None:
    aggregator, sink = connected()
    for ticks in parts:
        aggregator.update_bar(*bar_of(ticks))
    aggregator.emit(7, 8)
    assert [(*bar_of([tick for ticks in parts for tick in ticks]), 7, 8)] == sink.bars


def test_a_bar_without_ticks_repeats_the_last_close() -> None:
    aggregator, sink = connected()
    aggregator.update(100, 5)
    aggregator.update(103, 5)
    aggregator.emit(1, 1)
    aggregator.emit(2, 2)
    assert (103, 103, 103, 103, 0, 2, 2) == sink.bars[1]


def test_a_reset_forgets_the_open_bar_but_not_the_last_close() -> None:
    aggregator, sink = connected()
    aggregator.update(100, 5)
    aggregator.reset()
    aggregator.emit(1, 1)
    assert [(100, 100, 100, 100, 0, 1, 1)] == sink.bars


def test_nothing_can_be_emitted_before_the_first_tick() -> None:
    aggregator, _ = connected()
    with pytest.raises(ValueRangeError, match="no bar can be emitted before the first tick"):
        aggregator.emit(1, 1)


def test_nothing_can_be_emitted_to_nobody() -> None:
    aggregator = Aggregator(LAST, 5, 0)
    aggregator.update(1, 1)
    with pytest.raises(ValueRangeError, match="not connected to a sink"):
        aggregator.emit(1, 1)


def test_an_aggregator_knows_its_type() -> None:
    aggregator = Aggregator(LAST, 5, 0, 2)
    known = aggregator.step, aggregator.price_type, aggregator.price_precision, aggregator.rank
    assert (3, 4, 5, 2) == known
    assert "Aggregator(EUR/USD.SIM-3-TICK-LAST-INTERNAL)" == repr(aggregator)


def test_starting_and_stopping_reach_a_subclass() -> None:
    calls = []

    class Noted(Aggregator):
        def on_start(self) -> None:
            calls.append(("start", self.timeline.now))

        def on_stop(self) -> None:
            calls.append(("stop", self.count))

    timeline = Timeline()
    timeline.start(42)
    aggregator = Noted(LAST, 5, 0)
    aggregator.start(timeline)
    aggregator.update(1, 1)
    aggregator.stop()
    assert [("start", 42), ("stop", 1)] == calls
    assert 0 == aggregator.count


def test_interpreted_aggregators_are_fed_with_ticks_and_with_bars() -> None:
    bus = MessageBus()
    market = MarketState(rows.EURUSD, bus.topic("q"), bus.topic("t"))
    feed = market.add_feed(LAST, bus.topic("b"))
    source, composite, sink = EveryThird(LAST, 5, 0), EveryThird(COMPOSITE, 5, 0, 1), Sink()
    source.connect(feed)
    feed.set_aggregator(source)
    feed.add_aggregator(composite)
    composite.connect(sink)
    market.add_aggregator(source)
    for ts, price in enumerate([5, 9, 7, 4, 6, 8, 1]):
        market.feed_trade(price, 10, 1, "T", ts, ts)
    assert [(5, 9, 5, 7, 30, 2, 2, 0), (4, 8, 4, 8, 30, 5, 5, 0)] == [feed.ring[1], feed.ring[0]]
    assert [(5, 9, 4, 8, 60, 5, 5)] == sink.bars
