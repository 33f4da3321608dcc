"""The one clock of a run: what fires when, and how far data may go before it does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import SettleError, ValueRangeError
from argosy.kernel.timeline import ARRIVAL, NEVER, TIMER, Alarm, Settler, Timeline

KINDS = st.sampled_from([ARRIVAL, TIMER])


class Note(Alarm):
    """Writes down that it fired; optionally does something more."""

    def __init__(self, log: list, name: object, kind: int = TIMER, rank: int = 0, then=None):
        super().__init__(kind, rank)
        self.log = log
        self.name = name
        self.then = then

    def on_fire(self, now: int) -> None:
        self.log.append((now, self.name))
        if self.then is not None:
            self.then(self, now)


class Desk(Settler):
    """Has commands to settle for some rounds."""

    def __init__(self, timeline: Timeline, log: list, rounds: int):
        self.timeline = timeline
        self.log = log
        self.rounds = rounds

    def __str__(self) -> str:
        return "the desk"

    def on_settle(self) -> None:
        self.log.append(self.timeline.now)
        self.rounds -= 1
        if self.rounds > 0:
            self.timeline.wake()


def test_alarms_fire_by_time_then_arrivals_then_rank_then_registration() -> None:
    timeline, log = Timeline(), []
    timeline.schedule(Note(log, "timer of a composite", rank=1), 5)
    timeline.schedule(Note(log, "later timer"), 5)
    timeline.schedule(Note(log, "arrival", ARRIVAL), 5)
    timeline.schedule(Note(log, "last timer"), 5)
    timeline.schedule(Note(log, "early"), 4)
    timeline.advance(5)
    names = ["early", "arrival", "later timer", "last timer", "timer of a composite"]
    assert names == [name for _, name in log]


@given(st.lists(st.tuples(st.integers(0, 20), KINDS, st.integers(0, 2)), max_size=60))
def test_any_alarms_fire_in_the_order_of_a_sort(due: list[tuple[int, int, int]]) -> None:
    timeline, log = Timeline(), []
    for number, (time, kind, rank) in enumerate(due):
        timeline.schedule(Note(log, (kind, rank, number), kind, rank), time)
    timeline.advance(20)
    expected = sorted((time, (kind, rank, i)) for i, (time, kind, rank) in enumerate(due))
    assert expected == log


@given(
    st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=60),
    st.lists(st.integers(0, 20), max_size=20),
)
def test_canceled_alarms_do_not_disturb_the_others(
    due: list[tuple[int, bool]], more: list[int]
) -> None:
    timeline, log = Timeline(), []
    notes = [Note(log, number) for number in range(len(due))]
    for note, (time, _) in zip(notes, due, strict=True):
        timeline.schedule(note, time)
    for note, (_, canceled) in zip(notes, due, strict=True):
        if canceled:
            note.cancel()
    for number, time in enumerate(more, len(due)):
        timeline.schedule(Note(log, number), time)
    timeline.advance(20)
    kept = [(time, i) for i, (time, canceled) in enumerate(due) if not canceled]
    assert sorted(kept + [(time, i) for i, time in enumerate(more, len(due))]) == log


def test_canceled_alarms_do_not_pile_up() -> None:
    timeline, log = Timeline(), []
    for number in range(20_000):
        note = Note(log, number)
        timeline.schedule(note, 10**6 - number)
        if number % 100:
            note.cancel()
    assert len(timeline) < 1_000
    timeline.advance(10**6)
    assert list(range(19_900, -1, -100)) == [number for _, number in log]


@given(st.lists(st.integers(1, 7), min_size=1, max_size=6), st.integers(1, 60))
def test_repeating_timers_of_one_time_fire_by_registration(periods: list[int], end: int) -> None:
    timeline, log = Timeline(), []
    for number, period in enumerate(periods):

        def again(alarm: Alarm, now: int, period: int = period) -> None:
            timeline.schedule(alarm, now + period)

        timeline.schedule(Note(log, number, then=again), period)
    timeline.advance(end)
    expected = [
        (time, number)
        for time in range(1, end + 1)
        for number, period in enumerate(periods)
        if time % period == 0
    ]
    assert expected == log


def test_an_alarm_may_be_registered_long_before_it_has_a_time() -> None:
    timeline, log = Timeline(), []
    registered = Note(log, "registered first")
    timeline.register(registered)
    timeline.schedule(Note(log, "scheduled first"), 5)
    timeline.schedule(registered, 5)
    timeline.advance(5)
    assert [(5, "registered first"), (5, "scheduled first")] == log


def test_an_alarm_scheduled_from_an_alarm_fires_in_the_same_advance() -> None:
    timeline, log = Timeline(), []
    inner = Note(log, "inner")
    timeline.schedule(Note(log, "outer", then=lambda _, now: timeline.schedule(inner, now)), 3)
    timeline.advance(3)
    assert [(3, "outer"), (3, "inner")] == log


def test_the_clock_stands_at_the_alarm_while_it_fires_and_at_the_end_after() -> None:
    timeline, seen = Timeline(), []
    timeline.schedule(Note([], "", then=lambda _, __: seen.append(timeline.now)), 7)
    timeline.advance(10)
    assert [7] == seen
    assert 10 == timeline.now


def test_a_time_that_has_passed_fires_without_moving_the_clock_back() -> None:
    timeline, log = Timeline(), []
    timeline.advance(10)
    timeline.schedule(Note(log, "late"), 4)
    timeline.advance(10)
    assert [(4, "late")] == log
    assert 10 == timeline.now


def test_scheduling_lowers_the_horizon_to_just_after_its_time() -> None:
    timeline = Timeline()
    assert NEVER == timeline.horizon
    timeline.schedule(Note([], "b"), 50)
    timeline.schedule(Note([], "a"), 20)
    timeline.schedule(Note([], "c"), 90)
    assert 21 == timeline.horizon


def test_a_canceled_alarm_cannot_be_scheduled_again() -> None:
    timeline, note = Timeline(), Note([], "")
    note.cancel()
    with pytest.raises(ValueRangeError, match="canceled"):
        timeline.schedule(note, 5)


def test_an_alarm_that_is_due_already_cannot_be_scheduled_twice() -> None:
    timeline, note = Timeline(), Note([], "")
    timeline.schedule(note, 5)
    with pytest.raises(ValueRangeError, match="due at 5 ns already"):
        timeline.schedule(note, 4)


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(ValueRangeError, match="end 4 lies before start 5"):
        Timeline().start(5, 4)


def test_settling_goes_on_until_no_command_waits() -> None:
    timeline, log = Timeline(), []
    timeline.add_settler(Desk(timeline, log, 3))
    timeline.settle()
    assert [] == log
    timeline.wake()
    timeline.settle()
    assert 3 == len(log)
    assert not timeline.dirty


def test_each_alarm_is_settled_before_the_next() -> None:
    timeline, log = Timeline(), []

    def wake(_alarm: Alarm, _now: int) -> None:
        timeline.wake()

    timeline.add_settler(Desk(timeline, log, 0))
    timeline.schedule(Note(log, "a", then=wake), 1)
    timeline.schedule(Note(log, "b", then=wake), 2)
    timeline.advance(2)
    assert [(1, "a"), 1, (2, "b"), 2] == log


def test_settlers_settle_in_the_order_in_which_they_were_added() -> None:
    timeline, log = Timeline(), []
    for name in "abc":
        settler = type("Named", (Settler,), {"on_settle": lambda _, n=name: log.append(n)})()
        timeline.add_settler(settler)
    timeline.wake()
    timeline.settle()
    assert ["a", "b", "c"] == log


def test_commands_that_never_rest_are_an_error_that_names_the_component() -> None:
    timeline = Timeline()
    timeline.add_settler(Desk(timeline, [], 1_000_000))
    timeline.wake()
    with pytest.raises(SettleError, match=r"10000 rounds .* the desk"):
        timeline.settle()


def test_the_stamp_of_a_moment_is_one_object_until_time_moves() -> None:
    timeline = Timeline()
    assert 0 == timeline.stamp()
    timeline.start(1_600_000_000_000_000_000)
    stamp = timeline.stamp()
    assert 1_600_000_000_000_000_000 == stamp
    assert timeline.stamp() is stamp
    timeline.advance(1_600_000_000_000_000_001)
    assert 1_600_000_000_000_000_001 == timeline.stamp()
