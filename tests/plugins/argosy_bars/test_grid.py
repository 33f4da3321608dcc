"""Where bars lie, also those of steps that divide neither an hour nor a day."""

from datetime import UTC, datetime

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.kernel.aggregator import BarSink
from argosy.kernel.bus import MessageBus
from argosy.kernel.market import MarketState
from argosy.kernel.timeline import Timeline
from argosy.model.bar_type import BarSpecification, BarType
from argosy.testing.instruments import default_fx_ccy
from argosy_bars.factories import time_bars
from argosy_bars.grid import DAY_NS, SECOND_NS, LengthGrid, MonthGrid

MINUTE_NS = 60 * SECOND_NS
times = st.integers(0, 4_000_000_000_000_000_000)


class Kept(BarSink):
    """Keeps the times of bars."""

    def __init__(self) -> None:
        self.ends: list[int] = []

    def on_push(
        self, open: int, high: int, low: int, close: int, volume: int, ts_event: int, ts_init: int
    ) -> None:
        self.ends.append(ts_init)


def ns(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * SECOND_NS


def grid_of(text: str) -> LengthGrid | MonthGrid:
    spec = BarSpecification.from_str(f"{text}-BID")
    return LengthGrid(spec.interval_ns) if spec.interval_ns else MonthGrid(spec.step)


@given(times, st.sampled_from(["250-MILLISECOND", "90-SECOND", "60-MINUTE", "1-HOUR", "1-DAY"]))
def test_steps_that_divide_a_day_begin_at_midnight(at: int, text: str) -> None:
    length = BarSpecification.from_str(f"{text}-BID").interval_ns
    begin = at - at % DAY_NS % length
    assert (begin, begin + length) == grid_of(text).interval(at)


@given(times, st.integers(1, 10**6).map(lambda n: n * SECOND_NS), st.integers(1, 60))
def test_bars_that_are_a_whole_number_of_others_begin_where_those_do(
    at: int, length: int, times_longer: int
) -> None:
    begin, end = LengthGrid(length * times_longer).interval(at)
    assert begin <= at < end
    assert begin == LengthGrid(length).interval(begin)[0]
    assert end == LengthGrid(length).interval(end)[0]


@given(times)
def test_a_week_begins_on_monday(at: int) -> None:
    begin, end = grid_of("1-WEEK").interval(at)
    assert 0 == datetime.fromtimestamp(begin // SECOND_NS, UTC).weekday()
    assert 7 * DAY_NS == end - begin


@pytest.mark.parametrize("step", [1, 2, 3, 4, 6, 12])
def test_months_that_divide_a_year_begin_with_it(step: int) -> None:
    grid = grid_of(f"{step}-MONTH")
    assert ns("2013-01-01") == grid.interval(ns("2013-01-01"))[0]
    assert ns("2013-01-01") == grid.interval(ns("2013-01-01") - 1)[1]


@pytest.mark.parametrize(
    ("step", "bucket"),
    [
        ("7-MINUTE", "7 minutes"),
        ("90-SECOND", "90 seconds"),
        ("60-MINUTE", "60 minutes"),
        ("7-HOUR", "7 hours"),
        ("5-DAY", "5 days"),
        ("2-WEEK", "14 days"),
        ("1-MONTH", "1 month"),
        ("5-MONTH", "5 months"),
        ("30-MONTH", "30 months"),
    ],
)
@pytest.mark.parametrize("text", ["1999-12-31 23:59:59", "2012-02-29 13:37:00", "2030-06-01"])
def test_bars_lie_where_sql_puts_them(step: str, bucket: str, text: str) -> None:
    query = f"SELECT epoch_ns(time_bucket(INTERVAL '{bucket}', TIMESTAMP '{text}'))"
    assert duckdb.sql(query).fetchall() == [(grid_of(step).interval(ns(text))[0],)]


@pytest.mark.parametrize(
    ("step", "ends"),
    [
        ("7-MINUTE", ["09:06", "09:13", "09:20", "09:27"]),
        ("90-SECOND", ["09:01:30", "09:03", "09:04:30", "09:06"]),
        ("60-MINUTE", ["10:00", "11:00", "12:00", "13:00"]),
    ],
)
def test_bars_of_any_step_end_on_the_grid(step: str, ends: list[str]) -> None:
    instrument, bus = default_fx_ccy("EUR/USD"), MessageBus()
    market = MarketState(instrument, bus.topic("quotes"), bus.topic("trades"))
    timeline, sink = Timeline(), Kept()
    timeline.start(ns("2024-01-01T09:00"))
    aggregator = time_bars(BarType.from_str(f"{instrument.id}-{step}-BID-INTERNAL"), 5, 0)
    aggregator.connect(sink)
    aggregator.start(timeline)
    market.add_aggregator(aggregator)
    first = ns("2024-01-01T09:00") + 1
    market.feed_quote(110_000, 110_001, 1, 1, first, first)
    timeline.advance(ns(f"2024-01-01T{ends[-1]}"))
    assert [ns(f"2024-01-01T{end}") for end in ends] == sink.ends
