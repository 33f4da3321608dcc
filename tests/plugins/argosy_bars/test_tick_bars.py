"""Bars that a count closes."""

from hypothesis import given
from hypothesis import strategies as st

from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.timeline import Timeline
from argosy.model.bar_type import BarType
from argosy_bars.tick_bars import TickAggregator
from tests.host.kernel import rows
from tests.plugins.argosy_bars.feed import T0, Emitted, Sink, Tick, bar_type, run

TICKS = st.lists(
    st.builds(
        Tick,
        st.just(T0),
        st.just(T0 + 5),
        st.integers(-20, 20),
        st.integers(1, 9),
    ),
    max_size=40,
)


@given(st.integers(1, 7), TICKS, st.integers(1, 50))
def test_every_step_ticks_give_a_bar(step: int, ticks: list[Tick], batch_rows: int) -> None:
    bars = run(TickAggregator(bar_type(step, "TICK"), 5, 0), ticks, batch_rows=batch_rows)
    whole = [ticks[i : i + step] for i in range(0, len(ticks) - step + 1, step)]
    expected = []
    for part in whole:
        prices = [tick.price for tick in part]
        ohlc = prices[0], max(prices), min(prices), prices[-1]
        expected.append(Emitted(*ohlc, sum(tick.size for tick in part), T0, T0 + 5, T0 + 5))
    assert expected == bars


@given(st.integers(1, 4), TICKS)
def test_bars_and_the_open_bar_hold_all_the_volume(step: int, ticks: list[Tick]) -> None:
    aggregator = TickAggregator(bar_type(step, "TICK"), 5, 0)
    bars = run(aggregator, ticks)
    assert sum(tick.size for tick in ticks) == sum(bar.volume for bar in bars) + aggregator.volume


def test_a_composite_counts_bars() -> None:
    timeline, bus = Timeline(), MessageBus()
    market = MarketState(rows.EURUSD, bus.topic("q"), bus.topic("t"))
    source = TickAggregator(bar_type(2, "TICK"), 5, 0)
    made_of = BarType.from_str("EUR/USD.SIM-3-TICK-LAST-INTERNAL@2-TICK-INTERNAL")
    composite, sink = TickAggregator(made_of, 5, 0, 1), Sink(timeline)
    feed = market.add_feed(source.bar_type, bus.topic("b"))
    feed.set_aggregator(source)
    feed.add_aggregator(composite)
    source.connect(feed)
    composite.connect(sink)
    market.add_aggregator(source)
    for ts, price in enumerate([5, 9, 1, 4, 6, 8, 7, 7]):
        market.feed_trade(price, 10, 0, "T", ts, ts)
    assert [Emitted(5, 9, 1, 8, 60, 5, 5, 0)] == sink.bars
    assert 1 == composite.count
