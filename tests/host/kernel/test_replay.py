"""Replay merges streams by time, and nothing but the data decides what happens."""

import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import CatalogError, DataError
from argosy.kernel.bar_feed import BarFeed
from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.matching import MatchingCore
from argosy.kernel.replay import (
    BarSource,
    ObjectSource,
    QuoteSource,
    Replay,
    Source,
    TradeSource,
)
from argosy.kernel.stream import GeneratorStream, MemoryStream
from argosy.kernel.timeline import ARRIVAL, TIMER, Alarm, Settler, Timeline
from argosy.model.bar_type import BarType
from argosy.model.data import Bar, OrderBookDelta, QuoteTick, TradeTick
from tests.host.kernel import rows
from tests.host.kernel.world import World
from tests.pure import run_compiled, run_pure

TIMES = st.lists(st.integers(0, 30), max_size=15).map(sorted)


class Call(Alarm):
    def __init__(self, act: Any, kind: int = TIMER) -> None:
        super().__init__(kind)
        self.act = act

    def on_fire(self, now: int) -> None:
        self.act()


class Run:
    """A replay whose handlers write down what they hear."""

    def __init__(self, end: int | None = None) -> None:
        self.timeline, self.bus = Timeline(), MessageBus()
        self.replay = Replay(self.timeline)
        self.market = MarketState(rows.EURUSD, self.bus.topic("quotes"), self.bus.topic("trades"))
        self.heard: list[Any] = []
        if end is not None:
            self.timeline.start(0, end)

    def hear(self, what: Any) -> None:
        self.heard.append((self.timeline.now, what))

    def alarm(self, name: str, time: int, kind: int = TIMER) -> None:
        self.timeline.schedule(Call(lambda: self.hear(name), kind), time)

    def objects(self, times: list[int], name: str, then: Any = None, start: int | None = None):
        def deliver(item: Any) -> None:
            self.hear(f"{name}{item.row}")
            if then is not None:
                then(item.row)

        items = [SimpleNamespace(ts_init=ts, row=row) for row, ts in enumerate(times)]
        extra = () if start is None else (start,)
        self.replay.add(ObjectSource(items, deliver, name, *extra))

    def quotes(self, times: list[int], batch_rows: int = 100, start: int | None = None) -> Source:
        table = rows.quotes([(ts, ts, 10, 11, 1, row) for row, ts in enumerate(times)])
        stream = MemoryStream(QuoteTick, rows.EURUSD.id, 5, 0, [table], batch_rows)
        extra = () if start is None else (start,)
        source = QuoteSource(stream, self.market, "quotes", *extra)
        self.replay.add(source)
        return source

    def feed(self, side: str) -> BarFeed:
        bar_type = BarType.from_str(f"EUR/USD.SIM-1-MINUTE-{side}-EXTERNAL")
        return self.market.add_feed(bar_type, self.bus.topic(f"bars.{side}"))

    def bars(self, side: str, times: list[int], batch_rows: int = 100) -> BarFeed:
        feed = self.feed(side)
        table = rows.bars([(ts, ts, 10, 12, 9, 11, row, False) for row, ts in enumerate(times)])
        stream = MemoryStream(Bar, feed.bar_type, 5, 0, [table], batch_rows)
        self.replay.add(BarSource(stream, feed, f"bars {side}"))
        return feed

    def run(self) -> list[Any]:
        self.replay.run()
        return self.heard


# -- the order ---------------------------------------------------------------------------------


@given(st.lists(TIMES, min_size=1, max_size=5))
def test_rows_come_by_time_then_by_stream_then_by_row(streams: list[list[int]]) -> None:
    run = Run()
    for number, times in enumerate(streams):
        run.objects(times, f"{number}.")
    expected = sorted(
        (ts, number, row) for number, times in enumerate(streams) for row, ts in enumerate(times)
    )
    assert [(ts, f"{number}.{row}") for ts, number, row in expected] == run.run()
    assert sum(map(len, streams)) == run.replay.rows


@given(TIMES, TIMES, TIMES, st.integers(1, 6))
def test_columns_and_objects_merge_alike(
    first: list[int], second: list[int], between: list[int], batch_rows: int
) -> None:
    run = Run()
    run.bus.subscribe("quotes", lambda quote: run.hear(f"q{quote.ask_size_raw}"))
    run.quotes(first, batch_rows)
    run.objects(between, "o")
    run.quotes(second, batch_rows)
    expected = sorted(
        [(ts, 0, f"q{row}") for row, ts in enumerate(first)]
        + [(ts, 1, f"o{row}") for row, ts in enumerate(between)]
        + [(ts, 2, f"q{row}") for row, ts in enumerate(second)],
        key=lambda entry: entry[:2],
    )
    assert [(ts, what) for ts, _, what in expected] == run.run()


def test_at_one_time_data_comes_first_then_arrivals_then_timers() -> None:
    run = Run()
    run.objects([5, 5], "a")
    run.objects([5], "b")
    run.alarm("timer", 5)
    run.alarm("arrival", 5, ARRIVAL)
    run.alarm("before", 4)
    expected = [(4, "before"), (5, "a0"), (5, "a1"), (5, "b0"), (5, "arrival"), (5, "timer")]
    assert expected == run.run()


@given(TIMES, st.integers(0, 30), st.integers(-5, 10), st.integers(1, 6))
def test_what_a_handler_schedules_fires_in_its_time(
    times: list[int], at: int, delay: int, batch_rows: int
) -> None:
    """Each row from `at` on schedules an alarm, before, at or after its own time."""
    run = Run()

    def on_quote(quote: QuoteTick) -> None:
        run.hear("quote")
        if quote.ts_init >= at:
            run.alarm(f"alarm of {quote.ask_size_raw}", quote.ts_init + delay)

    run.bus.subscribe("quotes", on_quote)
    run.quotes(times, batch_rows)
    heard = [what for _, what in run.run()]
    expected: list[str] = []
    waiting: list[tuple[int, int]] = []
    for row, ts in enumerate(times):
        while waiting and waiting[0][0] < ts:
            expected.append(f"alarm of {waiting.pop(0)[1]}")
        expected.append("quote")
        if ts >= at:
            waiting.append((ts + delay, row))
            waiting.sort()
    last = times[-1] if times else 0
    expected += [f"alarm of {row}" for time, row in waiting if time <= last]
    assert expected == heard


def test_commands_settle_before_the_next_row() -> None:
    run = Run()

    class Desk(Settler):
        def on_settle(self) -> None:
            run.hear("settled")

    run.timeline.add_settler(Desk())
    run.bus.subscribe("quotes", lambda _: (run.hear("quote"), run.timeline.wake()))
    run.quotes([1, 1, 2])
    expected = ["quote", "settled", "quote", "settled", "quote", "settled"]
    assert expected == [what for _, what in run.run()]


def test_commands_that_wait_at_the_start_settle_first() -> None:
    run = Run()

    class Desk(Settler):
        def on_settle(self) -> None:
            run.hear("settled")

    run.timeline.add_settler(Desk())
    run.timeline.wake()
    run.objects([3], "a")
    assert [(0, "settled"), (3, "a0")] == run.run()


# -- the end -----------------------------------------------------------------------------------


def test_without_an_end_the_last_datum_is_the_end() -> None:
    run = Run()
    run.objects([3, 7], "a")
    run.alarm("at the end", 7)
    run.alarm("after", 8)
    assert [(3, "a0"), (7, "a1"), (7, "at the end")] == run.run()
    assert 7 == run.timeline.now == run.replay.last


def test_a_declared_end_is_reached_with_everything_due_until_then() -> None:
    run = Run(end=20)
    run.objects([3, 20, 21], "a")
    run.alarm("timer", 20)
    run.alarm("after", 21)
    assert [(3, "a0"), (20, "a1"), (20, "timer")] == run.run()
    assert 20 == run.timeline.now


def test_a_run_without_data_fires_timers_up_to_its_end() -> None:
    run = Run(end=20)
    run.alarm("timer", 5)
    assert [(5, "timer")] == run.run()
    assert 20 == run.timeline.now
    assert run.replay.first() is None


@pytest.mark.parametrize("batch_rows", [1, 100])
def test_a_handler_may_stop_the_run_before_the_next_row(batch_rows: int) -> None:
    run = Run(end=20)
    run.bus.subscribe("quotes", lambda quote: quote.ts_init == 2 and run.replay.stop())
    run.bus.subscribe("quotes", lambda quote: run.hear("quote"))
    run.alarm("after", 2)
    run.quotes([1, 2, 2, 3], batch_rows)
    assert [(1, "quote"), (2, "quote")] == run.run()
    assert 2 == run.timeline.now


def test_a_stopped_run_can_go_on() -> None:
    run = Run()
    run.objects([1, 2, 3], "a", then=lambda row: row == 1 and run.replay.stop())
    assert [(1, "a0"), (2, "a1")] == run.run()
    assert [(1, "a0"), (2, "a1"), (3, "a2")] == run.run()


# -- bars --------------------------------------------------------------------------------------


class Venue(MatchingCore):
    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run

    def handle_bar(self, price_type: int, *bar: int) -> None:
        self.run.hear(f"venue {price_type} {bar[4]}")

    def handle_bar_pair(self, bid: tuple[int, ...], ask: tuple[int, ...], ts: int) -> None:
        self.run.hear(f"venue pair {bid[4]} {ask[4]}")


def executing(*sides: str) -> Run:
    run = Run()
    run.market.set_matcher(Venue(run))
    run.market.set_bar_sides(sum({"BID": 1, "ASK": 2}.get(side, 4) for side in sides))
    for side in ("BID", "ASK", "LAST"):
        run.bus.subscribe(f"bars.{side}", lambda bar, s=side: run.hear(f"{s} {bar.volume}"))
    return run


@pytest.mark.parametrize("batch_rows", [1, 2, 100])
def test_bars_of_one_time_match_before_any_handler_runs(batch_rows: int) -> None:
    run = executing("BID", "ASK")
    for side in ("BID", "ASK"):
        run.bars(side, [60, 120], batch_rows).set_executes(True)
    expected = ["venue pair 0 0", "BID 0", "ASK 0", "venue pair 1 1", "BID 1", "ASK 1"]
    assert expected == [what for _, what in run.run()]


def test_bars_that_do_not_execute_reach_handlers_only() -> None:
    run = executing("LAST")
    run.bars("LAST", [60]).set_executes(False)
    assert [(60, "LAST 0")] == run.run()


def test_a_side_alone_matches_alone() -> None:
    run = executing("BID")
    run.bars("BID", [60]).set_executes(True)
    assert [(60, "venue 1 0"), (60, "BID 0")] == run.run()


def test_bars_of_one_time_come_at_the_place_of_the_first() -> None:
    run = executing("LAST")
    run.objects([60], "before ")
    run.bars("LAST", [60]).set_executes(True)
    run.objects([60], "between ")
    run.bars("BID", [60])
    heard = [what for _, what in run.run()]
    assert ["before 0", "venue 4 0", "LAST 0", "BID 0", "between 0"] == heard


@given(TIMES, TIMES, TIMES, st.integers(1, 5))
def test_bars_of_one_time_are_one_datum(
    bids: list[int], asks: list[int], others: list[int], batch_rows: int
) -> None:
    run = executing("BID", "ASK", "LAST")

    class Desk(Settler):
        def on_settle(self) -> None:
            run.hear("settled")

    run.timeline.add_settler(Desk())
    run.bus.subscribe("bars.*", lambda _: run.timeline.wake(), -5)
    for side, times in (("BID", bids), ("ASK", asks)):
        run.bars(side, times, batch_rows).set_executes(True)
    run.objects(others, "o")
    expected: list[tuple[int, str]] = []
    for ts in sorted({*bids, *asks, *others}):
        rows_of = {
            side: [row for row, time in enumerate(times) if time == ts]
            for side, times in (("BID", bids), ("ASK", asks))
        }
        if rows_of["BID"] and rows_of["ASK"]:
            expected.append((ts, f"venue pair {rows_of['BID'][-1]} {rows_of['ASK'][-1]}"))
        handlers = [(ts, f"{side} {row}") for side in rows_of for row in rows_of[side]]
        expected += [*handlers, (ts, "settled")] if handlers else []
        expected += [(ts, f"o{row}") for row, time in enumerate(others) if time == ts]
    assert expected == run.run()


@pytest.mark.parametrize("batch_rows", [1, 2, 100])
def test_a_bar_of_four_zeros_reaches_nobody_and_is_counted(batch_rows: int) -> None:
    run = executing("LAST")
    zeros = (0, 0, 0, 0)
    made = [
        (60, 60, *zeros, 9, False),
        (120, 120, 5, 5, 5, 5, 7, False),
        (180, 180, *zeros, 0, False),
    ]
    feed = run.feed("LAST")
    feed.set_executes(True)
    stream = MemoryStream(Bar, feed.bar_type, 5, 0, [rows.bars(made, 5, 0)], batch_rows)
    source = BarSource(stream, feed, "bars")
    run.replay.add(source)
    assert [(120, "venue 4 7"), (120, "LAST 7")] == run.run()
    assert (3, 2) == (source.rows, source.left_out)
    assert (1, 120) == (len(feed.ring), run.replay.last)


def test_a_bar_keeps_its_revision_flag() -> None:
    run, heard = Run(), []
    feed = run.feed("LAST")
    run.bus.subscribe("bars.LAST", lambda bar: heard.append(bar.is_revision))
    table = rows.bars([(ts, ts, 1, 1, 1, 1, 1, ts % 3 == 0) for ts in range(20)])
    for first in (0, 7):
        stream = MemoryStream(Bar, feed.bar_type, 5, 0, [table.slice(first)], 5)
        replay = Replay(Timeline())
        replay.add(BarSource(stream, feed, "bars"))
        replay.run()
    assert [ts % 3 == 0 for ts in [*range(20), *range(7, 20)]] == heard


# -- streams -----------------------------------------------------------------------------------


def test_rows_before_the_start_are_skipped() -> None:
    run = Run()
    run.bus.subscribe("quotes", lambda quote: run.hear(quote.ask_size_raw))
    source = run.quotes([1, 5, 5, 9], 2, start=5)
    run.objects([1, 5, 9], "o", start=6)
    assert 5 == run.replay.first()
    assert [(5, 1), (5, 2), (9, 3), (9, "o2")] == run.run()
    assert 3 == source.rows


def test_a_stream_that_is_added_at_run_time_joins_in() -> None:
    run = Run()
    run.objects([1, 4, 8], "a", then=lambda row: row == 1 and run.objects([2, 5, 8], "b", start=5))
    assert [(1, "a0"), (4, "a1"), (5, "b1"), (8, "a2"), (8, "b2")] == run.run()


def test_empty_batches_and_empty_streams_are_passed_over() -> None:
    run = Run()
    table = rows.quotes([(1, 1, 10, 11, 1, 1), (2, 2, 10, 11, 1, 2)])
    tables = [table.slice(0, 0), table.slice(0, 1), table.slice(0, 0), table.slice(1)]
    run.bus.subscribe("quotes", lambda quote: run.hear("quote"))
    for each in (tables, []):
        stream = MemoryStream(QuoteTick, rows.EURUSD.id, 5, 0, each)
        run.replay.add(QuoteSource(stream, run.market, "quotes"))
    assert [(1, "quote"), (2, "quote")] == run.run()


def test_batches_that_overlap_are_refused_when_they_come() -> None:
    run = Run()
    table = rows.quotes([(ts, ts, 10, 11, 1, 1) for ts in (1, 5)])
    stream = MemoryStream(QuoteTick, rows.EURUSD.id, 5, 0, [table, table])
    run.replay.add(QuoteSource(stream, run.market, "quotes of EUR/USD.SIM"))
    with pytest.raises(DataError, match=r"^quotes of EUR/USD.SIM: row 0 .* ts_init 1 lies before"):
        run.run()


def test_objects_out_of_order_are_refused() -> None:
    run = Run()
    run.objects([5, 4], "signals")
    with pytest.raises(DataError, match=r"^signals: ts_init 4 lies before the row above it \(5\)"):
        run.run()


@pytest.mark.parametrize(
    ("price", "size", "said"),
    [(2, 0, "its prices have 2 decimals"), (5, 3, "its sizes have 3 decimals")],
)
def test_data_of_another_precision_is_refused(price: int, size: int, said: str) -> None:
    run = Run()
    stream = MemoryStream(
        QuoteTick, rows.EURUSD.id, price, size, [rows.quotes([(1, 1, 1, 2, 3, 4)], price, size)]
    )
    declared = 5 if price == 2 else 0
    with pytest.raises(DataError, match=rf"^quotes: {said}, its instrument declares {declared}"):
        run.replay.add(QuoteSource(stream, run.market, "quotes"))


def test_a_stream_that_fails_is_named() -> None:
    def make() -> Iterator[Any]:
        yield rows.quotes([(1, 1, 10, 11, 1, 1)])
        raise OSError("the disk is gone")

    run = Run()
    stream = GeneratorStream(QuoteTick, rows.EURUSD.id, 5, 0, make)
    run.replay.add(QuoteSource(stream, run.market, "quotes of EUR/USD.SIM"))
    with pytest.raises(DataError, match=r"EUR/USD.SIM: cannot be read: the disk is gone") as caught:
        run.run()
    assert isinstance(caught.value.__cause__, OSError)


def test_an_error_that_says_enough_passes_as_it_is() -> None:
    def make() -> Iterator[Any]:
        raise CatalogError("the file is truncated", place="a.parquet")
        yield

    run = Run()
    stream = GeneratorStream(QuoteTick, rows.EURUSD.id, 5, 0, make)
    with pytest.raises(CatalogError, match=r"a\.parquet: the file is truncated"):
        run.replay.add(QuoteSource(stream, run.market, "quotes"))


def test_a_type_without_a_source_of_its_own_is_refused() -> None:
    run = Run()
    table = rows.quotes([(1, 1, 10, 11, 1, 1)]).select(["ts_event", "ts_init"])
    run.replay.add(Source(MemoryStream(OrderBookDelta, "x", 5, 0, [table]), "deltas"))
    with pytest.raises(DataError, match="deltas: its type of data cannot be replayed"):
        run.run()


def test_a_handler_that_raises_ends_the_run() -> None:
    run = Run()

    def fail(row: int) -> None:
        raise KeyError(row)

    run.objects([1, 2], "a", then=fail)
    with pytest.raises(KeyError):
        run.run()
    assert [(1, "a0")] == run.heard


def test_progress_is_told_how_far_a_run_is() -> None:
    seen: list[tuple[int, int]] = []
    timeline = Timeline()
    replay = Replay(timeline, lambda now, count: seen.append((now, count)))
    bus = MessageBus()
    market = MarketState(rows.EURUSD, bus.topic("q"), bus.topic("t"))
    table = rows.trades([(ts, ts, 5, 1, 0, "T") for ts in range(1, 9)])
    stream = MemoryStream(TradeTick, rows.EURUSD.id, 5, 0, [table], 4)
    replay.add(TradeSource(stream, market, "trades"))
    replay.run()
    assert (8, 8) == seen[-1]
    assert sorted(seen) == seen


def test_a_source_is_called_by_its_place() -> None:
    assert "QuoteSource(quotes)" == repr(Run().quotes([]))


# -- nothing but the data ----------------------------------------------------------------------


@given(st.integers(0, 10**9), st.lists(st.integers(1, 9), min_size=1, max_size=4), st.booleans())
def test_batch_sizes_change_nothing(
    seed: int,
    batches: list[int],
    quiet: bool,  # noqa: FBT001
) -> None:
    whole = World(seed, [1_000], quiet=quiet).run()
    assert whole == World(seed, batches, quiet=quiet).run()


def test_plain_python_row_by_row_does_the_same() -> None:
    if os.environ.get("ARGOSY_PURE", "0") not in {"", "0"}:
        pytest.skip("this process is the plain one")
    code = "from tests.host.kernel.world import logs; print(*logs(range(50), [1000]), sep='\\n')"
    assert run_compiled(code) == run_pure(code)
