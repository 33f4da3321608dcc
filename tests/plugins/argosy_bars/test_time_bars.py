"""Bars that time closes, against a reference that sees all ticks at once."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from argosy.errors import ValueRangeError
from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.timeline import Alarm, Timeline
from argosy.model.bar_type import BarType
from argosy_bars.factories import time_bars
from argosy_bars.options import TimeBarOptions
from argosy_bars.session import Session
from argosy_bars.time_bars import TimeAggregator
from tests.host.kernel import rows
from tests.plugins.argosy_bars.feed import (
    DAY,
    T0,
    Emitted,
    Sink,
    Tick,
    bar_type,
    changed,
    reference,
    run,
)

MS = 1_000_000
MINUTE = 60_000_000_000
HOUR = 60 * MINUTE


def minutes(bars: list[Emitted]) -> list[tuple[int, ...]]:
    """Return close, volume and, in minutes after T0, ts_event, ts_init and when each bar came."""
    return [
        (
            bar.close,
            bar.volume,
            *((ts - T0) / MINUTE for ts in (bar.ts_event, bar.ts_init, bar.came)),
        )
        for bar in bars
    ]


def minute_bars(ticks: list[Tick], start: int = T0, end: int = T0 + HOUR, **options: object):
    aggregator = time_bars(bar_type(1, "MINUTE"), 5, 0, changed(**options))
    return minutes(run(aggregator, ticks, start=start, end=end))


def at(minute: float, price: int, size: int = 1, seen: float | None = None) -> Tick:
    ts = T0 + int(minute * MINUTE)
    return Tick(ts, ts if seen is None else T0 + int(seen * MINUTE), price, size)


# -- by hand ------------------------------------------------------------


def test_a_tick_at_the_close_belongs_to_the_closing_bar() -> None:
    ticks = [at(0.5, 10), at(1, 11, 2), at(1.5, 12, 4)]
    assert [(11, 3, 1, 1, 1), (12, 4, 2, 2, 2)] == minute_bars(ticks, end=T0 + 2 * MINUTE)


def test_a_tick_at_the_close_belongs_to_the_next_bar_of_a_right_open_grid() -> None:
    ticks = [at(0.5, 10), at(1, 11, 2), at(1.5, 12, 4)]
    bars = minute_bars(ticks, end=T0 + 2 * MINUTE, interval="right-open")
    assert [(10, 1, 0, 1, 1), (12, 6, 1, 2, 2)] == bars


def test_nothing_comes_before_the_first_tick() -> None:
    assert [(10, 1, 6, 6, 6)] == minute_bars([at(5.5, 10)], end=T0 + 6 * MINUTE)


def test_an_empty_interval_repeats_the_last_close_without_volume() -> None:
    bars = minute_bars([at(0.5, 10), at(0.7, 12), at(3.5, 11)], end=T0 + 4 * MINUTE)
    assert [(12, 2, 1, 1, 1), (12, 0, 2, 2, 2), (12, 0, 3, 3, 3), (11, 1, 4, 4, 4)] == bars


def test_empty_intervals_can_be_left_out() -> None:
    ticks = [at(0.5, 10), at(3.5, 11)]
    bars = minute_bars(ticks, end=T0 + 9 * MINUTE, build_with_no_updates=False)
    assert [(10, 1, 1, 1, 1), (11, 1, 4, 4, 4)] == bars


def test_the_last_bar_is_not_emitted_before_its_close() -> None:
    assert [] == minute_bars([at(0.5, 10)], end=T0 + MINUTE - 1)
    assert [] == minute_bars([at(0.5, 10), at(0.9, 10)], end=T0 + int(0.95 * MINUTE))


def test_a_run_without_a_declared_end_ends_at_its_last_tick() -> None:
    aggregator = time_bars(bar_type(1, "MINUTE"), 5, 0)
    bars = run(aggregator, [at(0.5, 10), at(1, 11), at(2.5, 12), at(3, 13)])
    assert [(11, 2, 1, 1, 1), (11, 0, 2, 2, 2), (13, 2, 3, 3, 3)] == minutes(bars)


@pytest.mark.parametrize(
    ("options", "stamp"),
    [
        ({}, 1),
        ({"timestamp_on_close": False}, 0),
        ({"interval": "right-open"}, 0),
        ({"interval": "right-open", "timestamp_on_close": True}, 0),
        ({"build_delay_ns": 5}, 1),
    ],
)
def test_the_stamp_is_the_close_or_the_open(options: dict[str, object], stamp: int) -> None:
    bars = minute_bars([at(0.5, 10)], end=T0 + MINUTE + 5, **options)
    assert [(stamp, 1)] == [bar[2:4] for bar in bars]


def test_a_build_delay_shifts_when_a_bar_comes_and_nothing_else() -> None:
    ticks = [at(0.5, 10), at(1, 11, 2), at(1.25, 12, 4), at(2.5, 13, 8)]
    delayed = minute_bars(ticks, end=T0 + 4 * MINUTE, build_delay_ns=MINUTE // 2)
    plain = minute_bars(ticks, end=T0 + int(3.5 * MINUTE))
    assert [(*bar[:4], bar[4] + 0.5) for bar in plain] == delayed


def test_a_build_delay_longer_than_a_bar_lets_bars_wait() -> None:
    ticks = [at(0.5, 10), at(1.5, 11), at(2.5, 12), at(6, 13)]
    bars = minute_bars(ticks, end=T0 + int(5.5 * MINUTE), build_delay_ns=int(2.5 * MINUTE))
    assert [(10, 1, 1, 1, 3.5), (11, 1, 2, 2, 4.5), (12, 1, 3, 3, 5.5)] == bars


def test_bars_by_event_wait_for_ticks_that_travel() -> None:
    ticks = [at(0.5, 10), at(1.1, 12, seen=1.1), at(0.9, 11, 2, seen=1.2)]
    bars = minute_bars(ticks, end=T0 + 3 * MINUTE, by="event", build_delay_ns=MINUTE // 2)
    assert [(11, 3, 1, 1, 1.5), (12, 1, 2, 2, 2.5)] == bars


def test_a_tick_that_comes_after_its_bar_is_left_out_and_counted() -> None:
    aggregator = time_bars(
        bar_type(1, "MINUTE"), 5, 0, changed(by="event", build_delay_ns=MINUTE // 4)
    )
    ticks = [at(0.5, 10), at(0.9, 11, 2, seen=1.25), at(0.95, 12, 4, seen=1.26), at(1.5, 13, 8)]
    bars = minutes(run(aggregator, ticks, end=T0 + 3 * MINUTE))
    assert [(11, 3, 1, 1, 1.25), (13, 8, 2, 2, 2.25)] == bars
    assert (1, 0) == (aggregator.late, aggregator.outside)


def test_a_late_tick_moves_the_close_that_later_empty_bars_repeat() -> None:
    ticks = [at(0.5, 10), at(0.9, 11, seen=1.1)]
    bars = minute_bars(ticks, end=T0 + 3 * MINUTE, by="event", build_delay_ns=MINUTE // 2)
    assert [(11, 2, 1, 1, 1.5), (11, 0, 2, 2, 2.5)] == bars


def test_a_tick_known_before_it_happened_counts_when_it_was_known() -> None:
    bars = minute_bars([at(7, 10, seen=0.5)], end=T0 + MINUTE, by="event")
    assert [(10, 1, 1, 1, 1)] == bars


def test_the_first_bar_is_dropped_where_it_began_before_the_start() -> None:
    ticks = [at(0.5, 10), at(1.5, 11)]
    options = {"skip_first_non_full": True, "end": T0 + 3 * MINUTE}
    assert [(11, 1, 2, 2, 2), (11, 0, 3, 3, 3)] == minute_bars(ticks, T0 + MINUTE // 4, **options)
    assert [(10, 1, 1, 1, 1)] == minute_bars(ticks, T0, **options)[:1]


def test_a_start_at_a_close_drops_only_the_bar_that_ends_there() -> None:
    options = {"skip_first_non_full": True, "end": T0 + 2 * MINUTE}
    bars = minute_bars([at(0, 9), at(0.5, 10)], T0, **options)
    assert [(10, 1, 1, 1, 1), (10, 0, 2, 2, 2)] == bars
    assert (9, 1, 0, 0, 0) == minute_bars([at(0, 9), at(0.5, 10)], T0)[0]


def test_an_empty_interval_after_the_dropped_bar_repeats_its_close() -> None:
    bars = minute_bars([at(0.5, 10)], T0 + MINUTE // 4, T0 + 3 * MINUTE, skip_first_non_full=True)
    assert [(10, 0, 2, 2, 2), (10, 0, 3, 3, 3)] == bars


def test_an_origin_offset_shifts_the_bars() -> None:
    aggregator = time_bars(bar_type(1, "HOUR"), 5, 0, changed(origin_offset_ns=30 * MINUTE))
    bars = minutes(run(aggregator, [at(20, 10), at(40, 11)], end=T0 + 2 * HOUR))
    assert [(10, 1, 30, 30, 30), (11, 1, 90, 90, 90)] == bars


def test_months_and_weeks_end_with_the_calendar() -> None:
    ticks = [Tick(T0 + day * DAY + 1, T0 + day * DAY + 1, day) for day in range(70)]
    months = run(time_bars(bar_type(1, "MONTH"), 5, 0), ticks)
    weeks = run(time_bars(bar_type(2, "WEEK"), 5, 0), ticks)
    assert [31, 60] == [(bar.ts_init - T0) // DAY for bar in months]
    assert [30, 59] == [bar.close for bar in months]
    assert {14 * DAY} == {b.ts_init - a.ts_init for a, b in pairwise(weeks)}


def test_a_session_leaves_out_what_lies_between_its_hours() -> None:
    options = changed(session=Session.from_str("Mon-Fri 00:10-00:15"))
    aggregator = time_bars(bar_type(2, "MINUTE"), 5, 0, options)
    ticks = [at(5, 1), at(10, 2), at(11, 3, 2), at(14.5, 4, 4), at(15, 5, 8), at(15.5, 6)]
    bars = minutes(run(aggregator, ticks, end=T0 + DAY + 12 * MINUTE))
    expected = [(3, 2, 12), (3, 0, 14), (5, 12, 15), (5, 0, 1440 + 12)]
    assert expected == [(close, volume, init) for close, volume, _, init, _ in bars]
    assert (3, 0) == (aggregator.outside, aggregator.late)


def test_a_day_of_a_session_is_one_bar() -> None:
    options = changed(session=Session.from_str("Mon-Fri 09:30-16:00"), interval="right-open")
    ticks = [at(570, 1), at(960, 2), at(1440 + 600, 3)]
    bars = minutes(run(time_bars(bar_type(1, "DAY"), 5, 0, options), ticks, end=T0 + 2 * DAY))
    assert [(1, 1, 570, 960, 960), (3, 1, 2010, 2400, 2400)] == bars


# -- against the reference ------------------------------------------------------------

DELTAS = st.one_of(st.integers(0, 3 * MS), st.sampled_from([0, 1, MS, 2 * MS, 9 * MS]))
TICKS = st.lists(
    st.tuples(DELTAS, st.sampled_from([0, 0, 1, MS // 2, MS, 3 * MS, -5]), st.integers(-5, 5)),
    min_size=1,
    max_size=25,
)
SESSION_OPTION = Session.from_str("00:00:00-00:00:01")
OPTIONS = st.builds(
    TimeBarOptions,
    interval=st.sampled_from(["left-open", "right-open"]),
    by=st.sampled_from(["init", "event"]),
    build_with_no_updates=st.booleans(),
    build_delay_ns=st.sampled_from([0, 0, 1, MS // 2, MS, 5 * MS]),
    timestamp_on_close=st.booleans(),
    skip_first_non_full=st.booleans(),
    origin_offset_ns=st.sampled_from([0, MS // 3]),
)


def ticks_of(steps: list[tuple[int, int, int]]) -> list[Tick]:
    ticks, ts = [], T0
    for delta, latency, price in steps:
        ts += delta
        ticks.append(Tick(ts - latency, ts, price, abs(price) + 1))
    return ticks


@given(TICKS, OPTIONS, st.sampled_from([1, 2, 5]), st.integers(-MS, MS), st.integers(1, 30))
@example([(0, 0, 1)], TimeBarOptions(), 1, 0, 1)
@example([(MS, 0, 1), (MS, 0, 2)], TimeBarOptions(interval="right-open"), 1, 0, 1)
def test_bars_are_those_of_the_reference(
    steps: list[tuple[int, int, int]],
    options: TimeBarOptions,
    step: int,
    before: int,
    batch_rows: int,
) -> None:
    ticks = ticks_of(steps)
    start, end = min(T0 + before, ticks[0].ts_init), ticks[-1].ts_init + 4 * MS
    aggregator = time_bars(bar_type(step, "MILLISECOND"), 5, 0, options)
    bars = run(aggregator, ticks, start=start, end=end, batch_rows=batch_rows)
    expected, late, outside = reference(aggregator.grid.interval, ticks, options, start, end)
    assert expected == bars
    assert (late, outside) == (aggregator.late, aggregator.outside)


SESSIONS = st.sampled_from(["00:00:01-00:00:03", "00:00:02-00:00:02", "Tue 00:00:01-00:00:04"])


@given(TICKS, OPTIONS, SESSIONS, st.sampled_from([300, 500, None]))
def test_bars_of_sessions_are_those_of_the_reference(
    steps: list[tuple[int, int, int]], options: TimeBarOptions, session: str, length: int | None
) -> None:
    ticks = ticks_of([(delta * 300, latency * 300, price) for delta, latency, price in steps])
    chosen = changed(
        **{name: getattr(options, name) for name in TimeBarOptions.__dataclass_fields__}
        | {
            "session": Session.from_str(session),
            "origin_offset_ns": 0,
            "build_delay_ns": options.build_delay_ns * 300,
        }
    )
    kind = bar_type(1, "DAY") if length is None else bar_type(length, "MILLISECOND")
    aggregator = time_bars(kind, 5, 0, chosen)
    start, end = T0 - DAY, ticks[-1].ts_init + 2_000 * MS
    bars = run(aggregator, ticks, start=start, end=end)
    expected, late, outside = reference(aggregator.grid.interval, ticks, chosen, start, end)
    assert expected == bars
    assert (late, outside) == (aggregator.late, aggregator.outside)


# -- composites ------------------------------------------------------------


def composite(
    ticks: list[Tick], source: TimeBarOptions, made: TimeBarOptions, *, made_first: bool
) -> tuple[list[Emitted], TimeAggregator]:
    """Return the bars of 5 minutes made of bars of one minute."""
    timeline, bus = Timeline(), MessageBus()
    market = MarketState(rows.EURUSD, bus.topic("quotes"), bus.topic("trades"))
    below = time_bars(bar_type(1, "MINUTE"), 5, 0, source)
    text = "EUR/USD.SIM-5-MINUTE-LAST-INTERNAL@1-MINUTE-INTERNAL"
    above = time_bars(BarType.from_str(text), 5, 0, made, 1)
    feed = market.add_feed(below.bar_type, bus.topic("bars"))
    sink = Sink(timeline)
    feed.set_aggregator(below)
    feed.add_aggregator(above)
    below.connect(feed)
    above.connect(sink)
    market.add_aggregator(below)
    timeline.start(T0)
    for aggregator in (above, below) if made_first else (below, above):
        aggregator.start(timeline)
    for tick in ticks:
        timeline.advance(tick.ts_init - 1)
        market.feed_trade(tick.price, tick.size, 0, "T", tick.ts_event, tick.ts_init)
    timeline.advance(ticks[-1].ts_init)
    return sink.bars, above


@given(
    st.lists(
        st.tuples(st.sampled_from([1, MINUTE // 3, MINUTE, 4 * MINUTE]), st.integers(-5, 5)),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from(["left-open", "right-open"]),
    st.booleans(),
)
def test_a_composite_is_the_bar_of_its_ticks(
    steps: list[tuple[int, int]],
    interval: str,
    made_first: bool,  # noqa: FBT001
) -> None:
    ticks = ticks_of([(delta, 0, price) for delta, price in steps])
    options = changed(interval=interval)
    # An empty bar of the source would be an update: its open is the close before.
    source = changed(interval=interval, build_with_no_updates=False)
    bars, _ = composite(ticks, source, options, made_first=made_first)
    direct = time_bars(bar_type(5, "MINUTE"), 5, 0, options)
    assert run(direct, ticks) == bars


def test_a_composite_counts_bars_that_come_after_its_own() -> None:
    ticks = [at(0.5, 10), at(4.5, 11), at(5.5, 12), at(9, 13)]
    bars, above = composite(ticks, changed(build_delay_ns=5), changed(), made_first=False)
    assert [(10, 10)] == [(bar.open, bar.close) for bar in bars]
    assert 1 == above.late


# -- the life of an aggregator ------------------------------------------------------------


def test_a_tick_before_the_start_is_an_error() -> None:
    bus = MessageBus()
    market = MarketState(rows.EURUSD, bus.topic("q"), bus.topic("t"))
    market.add_aggregator(time_bars(bar_type(1, "MINUTE"), 5, 0))
    with pytest.raises(ValueRangeError, match="a tick came before the aggregator was started"):
        market.feed_trade(1, 1, 0, "T", 1, 1)


@pytest.mark.parametrize("options", [changed(), changed(build_delay_ns=MINUTE // 2)])
def test_a_stopped_aggregator_is_silent_and_can_start_again(options: TimeBarOptions) -> None:
    timeline, bus = Timeline(), MessageBus()
    market = MarketState(rows.EURUSD, bus.topic("q"), bus.topic("t"))
    aggregator, sink = time_bars(bar_type(1, "MINUTE"), 5, 0, options), Sink(timeline)
    aggregator.connect(sink)
    market.add_aggregator(aggregator)
    timeline.start(T0)
    aggregator.start(timeline)
    market.feed_trade(5, 1, 0, "T", T0 + 1, T0 + 1)
    aggregator.stop()
    timeline.advance(T0 + 5 * MINUTE)
    assert [] == sink.bars
    aggregator.start(timeline)
    market.feed_trade(7, 1, 0, "T", T0 + 5 * MINUTE + 1, T0 + 5 * MINUTE + 1)
    timeline.advance(T0 + 7 * MINUTE)
    assert [6, 7][: len(sink.bars)] == [(bar.ts_init - T0) // MINUTE for bar in sink.bars]
    assert (7, 1) == (sink.bars[0].open, sink.bars[0].volume)


@pytest.mark.parametrize("options", [changed(), changed(interval="right-open")])
def test_a_handler_may_stop_the_aggregator_that_called_it(options: TimeBarOptions) -> None:
    timeline, bus = Timeline(), MessageBus()
    market = MarketState(rows.EURUSD, bus.topic("q"), bus.topic("t"))
    aggregator = time_bars(bar_type(1, "MINUTE"), 5, 0, options)
    feed = market.add_feed(aggregator.bar_type, bus.topic("bars"))
    feed.set_aggregator(aggregator)
    aggregator.connect(feed)
    market.add_aggregator(aggregator)
    bus.subscribe("bars", lambda _: aggregator.stop())
    timeline.start(T0)
    aggregator.start(timeline)
    market.feed_trade(5, 1, 0, "T", T0 + 1, T0 + 1)
    timeline.advance(T0 + 9 * MINUTE)
    assert 1 == len(feed.ring)


def test_bars_come_after_the_data_of_their_time_and_by_registration() -> None:
    order: list[str] = []

    class Mark(Alarm):
        def on_fire(self, now: int) -> None:
            order.append("timer")

    timeline, bus = Timeline(), MessageBus()
    market = MarketState(rows.EURUSD, bus.topic("q"), bus.topic("trades"))
    aggregator = time_bars(bar_type(1, "MINUTE"), 5, 0)
    feed = market.add_feed(aggregator.bar_type, bus.topic("bars"))
    feed.set_aggregator(aggregator)
    aggregator.connect(feed)
    market.add_aggregator(aggregator)
    bus.subscribe("bars", lambda bar: order.append(f"bar {bar.close}"))
    bus.subscribe("trades", lambda trade: order.append(f"trade {trade.price}"))
    timeline.start(T0)
    aggregator.start(timeline)
    market.feed_trade(100_000, 1, 0, "T", T0 + 1, T0 + 1)
    timeline.schedule(Mark(), T0 + MINUTE)
    market.feed_trade(200_000, 1, 0, "T", T0 + MINUTE, T0 + MINUTE)
    timeline.advance(T0 + MINUTE)
    assert ["trade 1.00000", "trade 2.00000", "bar 2.00000", "timer"] == order
