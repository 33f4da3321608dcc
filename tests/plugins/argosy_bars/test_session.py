"""The hours in which a market is open."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import ConfigError
from argosy_bars.session import Session

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def ns(text: str, zone: str = "UTC") -> int:
    moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return (moment - EPOCH) // timedelta(microseconds=1) * 1_000


@pytest.mark.parametrize(
    ("text", "time", "opens", "closes"),
    [
        ("09:30-16:00", "2024-03-09T10:00", "2024-03-09T09:30", "2024-03-09T16:00"),
        ("Mon-Fri 09:30-16:00", "2024-03-09T10:00", "2024-03-11T09:30", "2024-03-11T16:00"),
        ("mon,wed 09:30-16:00", "2024-03-12T10:00", "2024-03-13T09:30", "2024-03-13T16:00"),
        ("Sat-Mon 09:00-10:00", "2024-03-10T09:30", "2024-03-10T09:00", "2024-03-10T10:00"),
        ("Sun-Thu 17:00-16:00", "2024-03-05T03:00", "2024-03-04T17:00", "2024-03-05T16:00"),
        ("Sun-Thu 17:00-16:00", "2024-03-05T16:00", "2024-03-05T17:00", "2024-03-06T16:00"),
        ("Sun-Thu 17:00-16:00", "2024-03-08T16:00", "2024-03-10T17:00", "2024-03-11T16:00"),
        ("17:00-17:00", "2024-03-08T16:59", "2024-03-07T17:00", "2024-03-08T17:00"),
        ("09:30:15-16:00:30 UTC", "2024-03-09T10:00", "2024-03-09T09:30:15", "2024-03-09T16:00:30"),
    ],
)
def test_a_session_is_the_one_that_holds_a_time_or_the_next(
    text: str, time: str, opens: str, closes: str
) -> None:
    assert (ns(opens), ns(closes)) == Session.from_str(text).hours(ns(time))


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        ("2024-03-08", "14:30"),
        ("2024-03-11", "13:30"),
        ("2024-11-01", "13:30"),
        ("2024-11-04", "14:30"),
    ],
)
def test_a_session_follows_the_summer_time_of_its_zone(day: str, opens: str) -> None:
    session = Session.from_str("Mon-Fri 09:30-16:00 America/New_York")
    assert ns(f"{day}T{opens}") == session.hours(ns(f"{day}T00:00"))[0]


@given(st.lists(st.integers(0, 2 * 10**18), min_size=1, max_size=20))
def test_the_answer_does_not_depend_on_what_was_asked_before(times: list[int]) -> None:
    session = Session.from_str("Sun-Thu 17:00-16:00 America/Chicago")
    for time in times:
        fresh = Session.from_str("Sun-Thu 17:00-16:00 America/Chicago")
        assert fresh.hours(time) == session.hours(time)


@given(st.integers(0, 2 * 10**18))
def test_a_session_ends_after_the_time_it_is_asked_for(time: int) -> None:
    opens, closes = Session.from_str("Mon-Fri 09:30-16:00 America/New_York").hours(time)
    assert time < closes
    assert timedelta(hours=6.5) == timedelta(microseconds=(closes - opens) // 1_000)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this is no session"),
        ("09:30", "this is no session"),
        ("Mon-Fri 9:30-16:00", "this is no session"),
        ("Mon-Fry 09:30-16:00", "'mon-fry' are no weekdays"),
        ("Mon--Fri 09:30-16:00", "are no weekdays"),
        ("Mon-Fri 25:00-26:00", "hour must be in 0..23"),
        ("Mon-Fri 09:30-16:00 Mars/Olympus", "the time zone 'Mars/Olympus' is not known here"),
    ],
)
def test_what_is_no_session_is_refused_with_an_example(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Session.from_str(text)
    assert said in str(caught.value)
    assert "Write it like 'Mon-Fri 09:30-16:00 America/New_York'" in str(caught.value)
    assert repr(text) in str(caught.value)
