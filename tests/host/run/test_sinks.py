"""Sinks hear every row that the kernel took, once and in order, and change nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argosy import (
    BacktestEngine,
    BacktestEngineConfig,
    BarType,
    InputError,
    RunError,
    Strategy,
    StrategyConfig,
)
from argosy.config.plan import Plan
from argosy.kernel.replay import ObjectSource, QuoteSource
from argosy.kernel.stream import MemoryStream
from argosy.model.data import BookOrder, OrderBookDelta
from argosy.model.enums import BookAction, OrderSide
from argosy.model.values import Price, Quantity
from argosy.parts.sink import Channel, Sink, SinkRun
from argosy.run.by_hand import plan_of
from argosy.run.tees import Tee
from argosy.serialization.batches import times_of
from argosy.testing.instruments import default_fx_ccy
from argosy.testing.sinks import Listener
from tests.host.run.kit import PAIR, SECOND, T0, bar, quotes, trade

ACCOUNT = {"balances": ["1_000 USD"]}
F_LAST = 128


@dataclass
class Note:
    ts_init: int


@cache
def plan() -> Plan:
    return plan_of(BacktestEngineConfig().to_system())


def engine(*data: list[Any], batch_rows: int = 1_000) -> BacktestEngine:
    made = BacktestEngine(plan())
    made.add_venue("SIM", account=ACCOUNT)
    made.add_instrument(default_fx_ccy("GBP/USD"))
    for each in data:
        made.add_data(each, batch_rows=batch_rows)
    return made


def listened(made: BacktestEngine, listener: Listener, **span: int) -> Listener:
    made.add_sink(listener)
    made.run(**span)
    return listener


def seconds(batches: list[Any]) -> list[int]:
    """Return the times of rows in seconds after T0, whatever they came in."""
    found = []
    for batch in batches:
        times = times_of(batch) if hasattr(batch, "schema") else [each.ts_init for each in batch]
        found += [(ts - T0) // SECOND for ts in times]
    return found


def delta(ts: int, *, is_last: bool) -> OrderBookDelta:
    order = BookOrder(OrderSide.BUY, Price.from_raw(150_000, 5), Quantity.from_int(7), ts)
    flags = F_LAST if is_last else 0
    return OrderBookDelta(
        PAIR, BookAction.ADD, order, flags, ts, T0 + ts * SECOND, T0 + ts * SECOND
    )


def test_every_row_is_told_once_and_in_order() -> None:
    made = engine(quotes([1, 2, 3, 3, 9]), [trade(2), trade(3), trade(8)], [bar(3), bar(7)])
    listener = listened(made, Listener(flush_rows=2))
    assert {0: [1, 2, 3, 3, 9], 1: [2, 3, 8], 2: [3, 7]} == {
        number: seconds(rows) for number, rows in listener.rows.items()
    }


@settings(max_examples=10, deadline=None)
@given(
    first=st.lists(st.integers(1, 30), min_size=1, max_size=20).map(sorted),
    second=st.lists(st.integers(1, 30), min_size=1, max_size=20).map(sorted),
    flush_rows=st.integers(1, 6),
    interval=st.sampled_from([None, 3 * SECOND]),
    batch_rows=st.integers(1, 8),
)
def test_at_a_cut_exactly_what_lies_before_it_was_told(
    first: list[int], second: list[int], flush_rows: int, interval: int | None, batch_rows: int
) -> None:
    told: list[tuple[int, list[int], list[int]]] = []

    class Cutter(Listener):
        def cut(self, before_ns: int) -> None:
            rows = [seconds(self.rows.get(number, [])) for number in (0, 1)]
            told.append(((before_ns - T0 + SECOND - 1) // SECOND, rows[0], rows[1]))

    made = engine(quotes(first), [trade(ts) for ts in second], batch_rows=batch_rows)
    listened(made, Cutter(flush_rows=flush_rows, flush_interval_ns=interval))
    for until, quoted, traded in told:
        assert [ts for ts in first if ts < until] == quoted
        assert [ts for ts in second if ts < until] == traded
    assert (first, second) == told[-1][1:]


def test_a_cut_comes_before_a_channel_has_moved_on_by_more_rows_than_asked_for() -> None:
    listener = listened(engine(quotes(range(1, 101))), Listener(flush_rows=10))
    assert [T0 + ts * SECOND for ts in range(10, 101, 10)] == listener.cuts[:-1]
    assert T0 + 100 * SECOND + 1 == listener.cuts[-1]


def test_a_cut_comes_where_an_interval_ends() -> None:
    made = engine(quotes([1, 50, 61, 70, 130, 131]), batch_rows=3)
    listener = listened(made, Listener(flush_interval_ns=60 * SECOND))
    assert [50, 70, 131] == [(cut - T0) // SECOND for cut in listener.cuts]


def test_a_group_of_deltas_is_never_torn() -> None:
    deltas = [delta(ts, is_last=ts % 3 == 0) for ts in range(1, 10)]
    cuts: list[list[int]] = []

    class Cutter(Listener):
        def cut(self, before_ns: int) -> None:
            cuts.append(seconds(self.rows.get(0, [])))

    made = engine(deltas, batch_rows=2)
    listened(made, Cutter(flush_rows=1))
    assert [[], [1, 2, 3], [1, 2, 3, 4, 5, 6], list(range(1, 10))] == cuts


def test_objects_come_as_lists() -> None:
    notes = [Note(T0 + ts * SECOND) for ts in range(1, 6)]
    listener = listened(engine(notes, quotes([1])), Listener(flush_rows=2))
    assert [1, 2, 3, 4, 5] == seconds(listener.rows[1])
    assert notes == [note for batch in listener.rows[1] for note in batch]
    assert listener.run is not None
    assert [None, "Note"] == [
        getattr(listener.run.channels[1], name) for name in ("data_type", "key")
    ]


def test_objects_are_cut_by_time_too() -> None:
    notes = [Note(T0 + ts * SECOND) for ts in (1, 50, 61, 62)]
    listener = listened(engine(notes), Listener(flush_interval_ns=60 * SECOND))
    assert [50, 62] == [(cut - T0) // SECOND for cut in listener.cuts]


def test_rows_outside_of_the_run_are_not_told() -> None:
    made = engine(quotes(range(1, 11)), batch_rows=4)
    span = {"start": T0 + 3 * SECOND, "end": T0 + 8 * SECOND}
    listener = listened(made, Listener(flush_rows=1), **span)
    assert [3, 4, 5, 6, 7, 8] == seconds(listener.rows[0])


class Asker(Strategy):
    """Ask for bars from before the run, further back each time."""

    def __init__(self, *since: int) -> None:
        super().__init__(StrategyConfig())
        self.since = since

    def on_start(self) -> None:
        kind = BarType.from_str(f"{PAIR}-1-MINUTE-BID-EXTERNAL")
        for ts in self.since:
            self.request_bars(kind, start=datetime.fromtimestamp(T0 // SECOND + ts, UTC))


def test_rows_that_components_ask_for_are_told_once() -> None:
    made = engine([bar(ts) for ts in range(60, 660, 60)])
    made.add_actor(Asker(240, 300, 120))
    listener = listened(made, Listener(), start=T0 + 360 * SECOND)
    assert [240, 300, 120, 180] == seconds(listener.past[0])
    assert [360, 420, 480, 540, 600] == seconds(listener.rows[0])


def test_messages_come_by_their_pattern() -> None:
    made = engine(quotes([1, 2]), [trade(1)])
    listener = listened(made, Listener(["data.quotes.*", "data.trad?s.*"], wants=lambda _: False))
    assert ["data.quotes.*", "data.trad?s.*", "data.quotes.*"] == [
        topic for topic, _ in listener.messages
    ]
    assert ({}, [None]) == (listener.rows, listener.ends)


def test_without_a_sink_nothing_stands_between_a_stream_and_the_kernel() -> None:
    made = engine(quotes([1, 2]), [Note(T0)])
    made.run()
    found = [type(source) for source in made.replay.sources]
    assert [QuoteSource, ObjectSource] == found
    assert made.sources.streams[0] is made.replay.sources[0].stream


def test_a_channel_that_no_sink_wants_has_no_tee() -> None:
    made = engine(quotes([1, 2]), [trade(1)])
    listened(made, Listener(wants=lambda channel: channel.number == 1))
    assert [MemoryStream, Tee] == [type(source.stream) for source in made.replay.sources]


def test_two_sinks_are_told_the_same_of_what_they_share() -> None:
    made = engine(quotes(range(1, 20)), [trade(4)])
    first = Listener(flush_rows=3)
    made.add_sink(first)
    second = listened(made, Listener(flush_rows=5, wants=lambda channel: channel.number == 0))
    assert seconds(first.rows[0]) == seconds(second.rows[0])
    assert [0] == list(second.rows)
    assert first.cuts == second.cuts


class Broken(Listener):
    """Raise in one of its methods."""

    def __init__(self, method: str, error: Exception) -> None:
        super().__init__(["data.quotes.*"], flush_rows=1)

        def fail(*_: Any) -> None:
            raise error

        fail.__name__ = method
        setattr(self, method, fail)


@pytest.mark.parametrize("method", ["begin", "take", "tell", "cut", "end"])
def test_a_sink_that_fails_ends_the_run_and_is_named(method: str) -> None:
    made = engine(quotes([1, 2, 3]))
    made.add_sink(Broken(method, OSError(28, "No space left on device")), "tape")
    with pytest.raises(RunError, match=f"^sink 'tape' failed in {method}: OSError: .*No space"):
        made.run()


def test_wrong_input_to_a_sink_is_wrong_input_to_the_run() -> None:
    made = engine(quotes([1]))
    made.add_sink(Broken("begin", InputError("the folder exists", place="x")))
    with pytest.raises(InputError, match="x: the folder exists"):
        made.run()


def test_sinks_that_had_begun_are_ended_where_a_later_one_cannot_begin() -> None:
    made = engine(quotes([1]))
    first, third = Listener(), Listener()
    made.add_sink(first)
    made.add_sink(Broken("begin", InputError("the folder exists")))
    made.add_sink(third)
    with pytest.raises(InputError, match="the folder exists"):
        made.run()
    assert (["the folder exists"], []) == ([str(each) for each in first.ends], third.ends)


def test_an_error_inside_a_run_names_the_sink() -> None:
    made = engine(quotes([1, 2]))
    made.add_sink(Broken("take", InputError("no such type")), "tape")
    with pytest.raises(RunError, match="sink 'tape': no such type"):
        made.run()


def test_a_run_that_fails_is_told_up_to_its_end() -> None:
    class Failing(Strategy):
        def on_start(self) -> None:
            self.subscribe_quote_ticks(PAIR)

        def on_quote_tick(self, tick: Any) -> None:
            if tick.ts_init == T0 + 3 * SECOND:
                raise ValueError("enough")

    made = engine(quotes([1, 2, 3, 4]))
    made.add_actor(Failing(StrategyConfig()))
    listener = Listener()
    other = Broken("end", ValueError("hidden"))
    made.add_sink(other)
    made.add_sink(listener)
    with pytest.raises(RunError, match="enough"):
        made.run()
    assert [1, 2, 3] == seconds(listener.rows[0])
    assert ["enough"] == [str(getattr(each, "cause", "")) for each in listener.ends]


def test_after_a_cut_that_was_broken_off_no_rows_are_told() -> None:
    class Interrupted(Listener):
        def take(self, channel: Channel, rows: Any) -> None:
            if channel.number == 1:
                raise KeyboardInterrupt
            super().take(channel, rows)

    made = engine(quotes(range(1, 9)), [trade(ts) for ts in range(1, 9)])
    sink = Interrupted(flush_rows=4)
    made.add_sink(sink)
    with pytest.raises(KeyboardInterrupt):
        made.run()
    assert [1, 2, 3] == seconds(sink.rows[0])
    assert ([], [KeyboardInterrupt]) == (sink.cuts, [type(each) for each in sink.ends])


def test_a_sink_learns_what_the_run_is() -> None:
    found: list[SinkRun] = []

    class Reader(Sink):
        def begin(self, run: SinkRun) -> None:
            found.append(run)

    made = engine(quotes([5]))
    made.add_sink(Reader())
    result = made.run()
    (run,) = found
    assert (result.run_id, "backtest", 0, None) == (run.run_id, run.mode, run.seed, run.snapshot)
    assert T0 + 5 * SECOND == run.begin_ns
    assert [PAIR] == [each.id for each in run.instruments]
    assert "argosy" in run.versions
