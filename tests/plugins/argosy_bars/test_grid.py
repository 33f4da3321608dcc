"""Where bars begin and end."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy_bars.grid import DAY_NS, ORIGIN_NS, LengthGrid, MonthGrid, SessionGrid
from argosy_bars.session import Session

TIMES = st.integers(-(10**18), 4 * 10**18)
MINUTE = 60_000_000_000


def ns(text: str) -> int:
    delta = datetime.fromisoformat(text).replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return delta // timedelta(microseconds=1) * 1_000


def test_the_origin_is_a_monday() -> None:
    assert ns("2000-01-03") == ORIGIN_NS
    assert 0 == datetime(2000, 1, 3, tzinfo=UTC).weekday()


@pytest.mark.parametrize(
    ("length", "time", "begin", "close"),
    [
        (15 * MINUTE, "2024-03-05T10:31", "2024-03-05T10:30", "2024-03-05T10:45"),
        (15 * MINUTE, "2024-03-05T10:30", "2024-03-05T10:30", "2024-03-05T10:45"),
        (240 * MINUTE, "2024-03-05T10:31", "2024-03-05T08:00", "2024-03-05T12:00"),
        (DAY_NS, "2024-03-05T10:31", "2024-03-05", "2024-03-06"),
        (7 * DAY_NS, "2024-03-05T10:31", "2024-03-04", "2024-03-11"),
        (7 * DAY_NS, "1999-12-31", "1999-12-27", "2000-01-03"),
    ],
)
def test_lengths_are_counted_from_midnight_and_from_monday(
    length: int, time: str, begin: str, close: str
) -> None:
    assert (ns(begin), ns(close)) == LengthGrid(length).interval(ns(time))


@pytest.mark.parametrize(
    ("step", "time", "begin", "close"),
    [
        (1, "2024-02-29T10:31", "2024-02-01", "2024-03-01"),
        (1, "2024-03-01", "2024-03-01", "2024-04-01"),
        (3, "2024-12-31T23:59", "2024-10-01", "2025-01-01"),
        (6, "2024-06-30", "2024-01-01", "2024-07-01"),
        (12, "1969-07-20", "1969-01-01", "1970-01-01"),
    ],
)
def test_months_are_counted_from_january(step: int, time: str, begin: str, close: str) -> None:
    assert (ns(begin), ns(close)) == MonthGrid(step).interval(ns(time))


def test_an_offset_shifts_a_grid() -> None:
    offset = 570 * MINUTE
    assert (ns("2024-03-05T09:30"), ns("2024-03-06T09:30")) == LengthGrid(DAY_NS, offset).interval(
        ns("2024-03-06T09:29")
    )
    assert (ns("2024-03-01T09:30"), ns("2024-04-01T09:30")) == MonthGrid(1, offset).interval(
        ns("2024-04-01T09:29")
    )


@given(
    st.one_of(
        st.builds(LengthGrid, st.integers(1, 10**15), st.integers(0, 10**15)),
        st.builds(MonthGrid, st.sampled_from([1, 2, 3, 4, 6, 12]), st.integers(0, 10**15)),
    ),
    TIMES,
)
def test_an_interval_holds_its_time_and_the_next_one_begins_at_its_end(
    grid: LengthGrid | MonthGrid, time: int
) -> None:
    begin, close = grid.interval(time)
    assert begin <= time < close
    assert (begin, close) == grid.interval(begin) == grid.interval(close - 1)
    assert close == grid.interval(close)[0]


SESSION = Session.from_str("Mon-Fri 09:30-16:00")


@pytest.mark.parametrize(
    ("length", "time", "begin", "close"),
    [
        (0, "2024-03-05T10:31", "2024-03-05T09:30", "2024-03-05T16:00"),
        (60 * MINUTE, "2024-03-05T09:30", "2024-03-05T09:30", "2024-03-05T10:30"),
        (60 * MINUTE, "2024-03-05T15:59", "2024-03-05T15:30", "2024-03-05T16:00"),
        (60 * MINUTE, "2024-03-05T16:00", "2024-03-06T09:30", "2024-03-06T10:30"),
        (60 * MINUTE, "2024-03-08T17:00", "2024-03-11T09:30", "2024-03-11T10:30"),
    ],
)
def test_sessions_are_cut_from_their_opening_on(
    length: int, time: str, begin: str, close: str
) -> None:
    assert (ns(begin), ns(close)) == SessionGrid(SESSION, length).interval(ns(time))


@given(st.sampled_from([0, 7 * MINUTE, 60 * MINUTE]), TIMES)
def test_intervals_of_sessions_follow_each_other(length: int, time: int) -> None:
    grid = SessionGrid(SESSION, length)
    begin, close = grid.interval(time)
    assert time < close
    assert begin < close
    assert (begin, close) == grid.interval(begin)
    assert grid.interval(close)[0] >= close
