"""A component's clock: alerts and timers by name."""

import sys
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import DuplicateNameError, StrategyError, UnknownNameError, ValueRangeError
from argosy.kernel.clock import Clock, TimeEvent, to_ns
from argosy.kernel.timeline import Timeline

SECOND = 1_000_000_000


@pytest.fixture
def timeline() -> Timeline:
    timeline = Timeline()
    timeline.start(100)
    return timeline


@pytest.fixture
def events() -> list[TimeEvent]:
    return []


@pytest.fixture
def clock(timeline: Timeline, events: list[TimeEvent]) -> Clock:
    return Clock(timeline, events.append)


def times(events: list[TimeEvent]) -> list[int]:
    return [event.ts_event for event in events]


def test_the_clock_tells_the_time_of_the_timeline_in_every_unit() -> None:
    timeline = Timeline()
    timeline.start(1_704_067_201_234_567_890)
    clock = Clock(timeline)
    assert timeline is clock.timeline
    assert 1_704_067_201_234_567_890 == clock.timestamp_ns()
    assert 1_704_067_201_234_567 == clock.timestamp_us()
    assert 1_704_067_201_234 == clock.timestamp_ms()
    assert 1_704_067_201.2345679 == clock.timestamp()
    assert datetime(2024, 1, 1, 0, 0, 1, 234567, UTC) == clock.utc_now()


def test_an_alert_fires_once_at_its_time(
    clock: Clock, timeline: Timeline, events: list[TimeEvent]
) -> None:
    clock.set_time_alert_ns("wake", 150)
    assert 150 == clock.next_time_ns("wake")
    timeline.advance(1_000)
    assert [TimeEvent("wake", 150, 150)] == events
    assert 0 == clock.timer_count


def test_an_alert_takes_a_datetime_with_a_zone(
    clock: Clock, timeline: Timeline, events: list[TimeEvent]
) -> None:
    clock.set_time_alert("wake", datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    timeline.advance(2 * SECOND)
    assert [SECOND] == times(events)


def test_a_datetime_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueRangeError, match=r"no time zone; pass one, such as datetime\.UTC"):
        to_ns(datetime(2024, 1, 1))


def test_a_datetime_becomes_exact_nanoseconds() -> None:
    assert 1_704_067_201_234_567_000 == to_ns(datetime(2024, 1, 1, 0, 0, 1, 234567, UTC))
    assert -SECOND == to_ns(datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC))


def test_an_alert_in_the_past_fires_as_soon_as_possible(
    clock: Clock, timeline: Timeline, events: list[TimeEvent]
) -> None:
    clock.set_time_alert_ns("late", 40)
    timeline.advance(100)
    assert [TimeEvent("late", 40, 100)] == events


def test_an_alert_in_the_past_can_be_forbidden(clock: Clock) -> None:
    with pytest.raises(ValueRangeError, match="'late': 40 ns lies before now"):
        clock.set_time_alert_ns("late", 40, allow_past=False)


def test_an_alert_can_override_one_of_its_name(
    clock: Clock, timeline: Timeline, events: list[TimeEvent]
) -> None:
    clock.set_time_alert_ns("wake", 150)
    clock.set_time_alert_ns("wake", 180, override=True)
    timeline.advance(1_000)
    assert [180] == times(events)


def test_a_name_that_is_set_is_refused_without_override(clock: Clock) -> None:
    clock.set_time_alert_ns("wake", 150)
    with pytest.raises(DuplicateNameError, match="'wake' is already set; cancel it first"):
        clock.set_time_alert_ns("wake", 180)
    with pytest.raises(DuplicateNameError, match="'wake'"):
        clock.set_timer_ns("wake", 10)


@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 300), st.booleans())
def test_a_timer_fires_at_every_interval_until_its_stop(
    interval: int,
    start: int,
    length: int,
    at_once: bool,  # noqa: FBT001
) -> None:
    timeline, events = Timeline(), []
    first = start if at_once else start + interval
    stop = first + length
    clock = Clock(timeline, events.append)
    clock.set_timer_ns("tick", interval, start, stop, fire_immediately=at_once)
    timeline.advance(400)
    assert list(range(first, min(stop, 400) + 1, interval)) == times(events)


def test_a_timer_without_a_stop_goes_on(
    clock: Clock, timeline: Timeline, events: list[TimeEvent]
) -> None:
    clock.set_timer("tick", timedelta(microseconds=1))
    timeline.advance(3_200)
    assert [1_100, 2_100, 3_100] == times(events)
    assert ["tick"] == clock.timer_names
    assert 4_100 == clock.next_time_ns("tick")


def test_a_timer_calls_its_own_callback_before_the_default(
    clock: Clock, timeline: Timeline, events: list[TimeEvent]
) -> None:
    own: list[TimeEvent] = []
    clock.set_timer_ns("tick", 10, callback=own.append)
    timeline.advance(110)
    assert ([], [110]) == (events, times(own))


def test_an_interval_of_nothing_is_refused(clock: Clock) -> None:
    with pytest.raises(ValueRangeError, match="interval was 0 ns; it must be > 0"):
        clock.set_timer_ns("tick", 0)


def test_a_timer_that_would_never_fire_is_refused(clock: Clock) -> None:
    with pytest.raises(ValueRangeError, match="first time 150 ns lies after its stop time 140 ns"):
        clock.set_timer_ns("tick", 50, stop_time_ns=140)


def test_a_timer_nobody_hears_is_refused(timeline: Timeline) -> None:
    with pytest.raises(ValueRangeError, match="'tick' has no callback"):
        Clock(timeline).set_timer_ns("tick", 10)


def test_a_canceled_timer_is_silent(
    clock: Clock, timeline: Timeline, events: list[TimeEvent]
) -> None:
    clock.set_timer_ns("a", 10)
    clock.set_timer_ns("b", 10)
    clock.cancel_timer("a")
    timeline.advance(115)
    assert ["b"] == [event.name for event in events]


def test_canceling_an_unknown_timer_names_those_that_are_set(clock: Clock) -> None:
    clock.set_timer_ns("heartbeat", 10)
    with pytest.raises(UnknownNameError, match=r"unknown timer 'heartbeet'.*'heartbeat'"):
        clock.cancel_timer("heartbeet")


def test_all_timers_can_be_canceled_at_once(
    clock: Clock, timeline: Timeline, events: list[TimeEvent]
) -> None:
    clock.set_timer_ns("a", 10)
    clock.set_time_alert_ns("b", 120)
    clock.cancel_timers()
    timeline.advance(1_000)
    assert ([], 0) == (events, clock.timer_count)


def test_a_timer_may_cancel_itself_in_its_callback(clock: Clock, timeline: Timeline) -> None:
    seen: list[int] = []

    def stop_at_two(event: TimeEvent) -> None:
        seen.append(event.ts_event)
        if len(seen) == 2:
            clock.cancel_timer(event.name)

    clock.set_timer_ns("tick", 10, callback=stop_at_two)
    timeline.advance(500)
    assert [110, 120] == seen


def test_an_alert_may_set_itself_again_in_its_callback(clock: Clock, timeline: Timeline) -> None:
    seen: list[int] = []

    def again(event: TimeEvent) -> None:
        seen.append(event.ts_event)
        clock.set_time_alert_ns(event.name, event.ts_event + 30, again)

    clock.set_time_alert_ns("wake", 110, again)
    timeline.advance(180)
    assert [110, 140, 170] == seen


def test_clocks_of_one_timeline_keep_their_names_apart(timeline: Timeline) -> None:
    seen: list[str] = []
    for owner in ("first", "second"):
        clock = Clock(timeline)
        clock.set_timer_ns("tick", 10, callback=lambda _, owner=owner: seen.append(owner))
    timeline.advance(120)
    assert ["first", "second", "first", "second"] == seen


def test_an_error_in_any_callback_names_the_component_of_the_clock(timeline: Timeline) -> None:
    class Component:
        id = "Mine-001"

        def on_time_event(self, event: TimeEvent) -> None:
            """Take what has no callback."""

    def fail(event: TimeEvent) -> None:
        raise ValueError("it broke")

    clock = Clock(timeline, Component().on_time_event)
    clock.set_time_alert_ns("plain", 5, fail)
    clock.set_time_alert_ns("partial", 6, partial(fail))
    with pytest.raises(StrategyError, match=r"^Mine-001\.fail: ValueError: it broke$"):
        timeline.advance(5)
    with pytest.raises(StrategyError, match=r"^Mine-001\.functools\.partial"):
        timeline.advance(6)


def test_a_callback_that_ends_the_process_has_failed(timeline: Timeline) -> None:
    clock = Clock(timeline)
    clock.set_time_alert_ns("end", 5, lambda _: sys.exit())
    with pytest.raises(StrategyError, match=r"SystemExit$") as caught:
        timeline.advance(5)
    assert caught.value.source is not None
    assert __file__ == caught.value.source[0]
