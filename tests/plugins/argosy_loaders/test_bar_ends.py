"""When bars end: hours are lengths, days are those of a zone."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.model.bar_type import BarSpecification
from argosy_catalog.lake.times import ns_of, text_of
from argosy_loaders.bar_ends import ends, has_days, has_end
from argosy_loaders.times import Clock

NS = pa.timestamp("ns")


def spec(text: str) -> BarSpecification:
    return BarSpecification.from_str(f"{text}-LAST")


def end(zone: str, bars: str, opens: str) -> str:
    """Return when a bar that opens at a local time ends, in UTC."""
    clock = Clock.of("iso", zone, has_days=has_days(spec(bars)))
    (found,) = ends(clock.read(pa.array([opens])), spec(bars), clock).cast(pa.int64()).to_pylist()
    return text_of(found)[:16]


@pytest.mark.parametrize(
    ("zone", "bars", "opens", "expected"),
    [
        ("America/New_York", "1-DAY", "2024-03-10", "2024-03-11T04:00"),
        ("America/New_York", "1-DAY", "2024-11-03", "2024-11-04T05:00"),
        ("America/New_York", "1-DAY", "2024-03-09 17:00", "2024-03-10T21:00"),
        ("America/New_York", "2-DAY", "2024-11-02", "2024-11-04T05:00"),
        ("America/New_York", "1-WEEK", "2024-03-04", "2024-03-11T04:00"),
        ("Europe/Berlin", "1-WEEK", "2024-10-21", "2024-10-27T23:00"),
        ("America/New_York", "1-MONTH", "2024-03-01", "2024-04-01T04:00"),
        ("America/New_York", "24-HOUR", "2024-03-10", "2024-03-11T05:00"),
        ("America/New_York", "1-HOUR", "2024-03-10 01:00", "2024-03-10T07:00"),
        ("UTC", "1-MONTH", "2024-01-01", "2024-02-01T00:00"),
        ("UTC", "3-MONTH", "2023-12-01", "2024-03-01T00:00"),
        ("UTC", "1-MONTH", "2024-01-31 22:00", "2024-02-29T22:00"),
        ("UTC", "1-MONTH", "2024-02-29 22:00", "2024-03-31T22:00"),
        ("UTC", "12-MONTH", "2024-01-01", "2025-01-01T00:00"),
        ("+02", "1-DAY", "2024-03-31", "2024-03-31T22:00"),
        ("America/Sao_Paulo", "1-DAY", "2018-11-03", "2018-11-04T03:00"),
        ("America/Sao_Paulo", "1-DAY", "2018-11-04", "2018-11-05T02:00"),
        ("America/Havana", "1-DAY", "2023-11-04", "2023-11-05T04:00"),
        ("America/Havana", "1-DAY", "2023-11-05", "2023-11-06T05:00"),
    ],
)
def test_a_bar_ends_where_the_next_one_begins(
    zone: str, bars: str, opens: str, expected: str
) -> None:
    assert expected == end(zone, bars, opens)


DAYS = st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1)).map(lambda each: each.date())


@given(DAYS, st.sampled_from(["America/New_York", "Europe/Berlin", "Australia/Lord_Howe"]))
def test_days_meet_without_a_gap(day: Any, zone: str) -> None:
    following = datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(zone))
    assert following.astimezone(UTC).strftime("%Y-%m-%dT%H:%M") == end(zone, "1-DAY", str(day))


def test_the_end_of_time_is_an_error() -> None:
    opens = pa.array([ns_of("2262-04-10", 0)]).cast(NS)
    for bars in ("1-MONTH", "1-WEEK", "1000-HOUR"):
        for zone in ("UTC", "+02"):
            with pytest.raises(pa.ArrowInvalid):
                ends(opens, spec(bars), Clock.of("iso", zone))


def test_bars_of_ticks_have_no_end() -> None:
    found = [has_end(spec(each)) for each in ("1-MONTH", "1-DAY", "5-MINUTE", "100-TICK")]
    assert [True, True, True, False] == found
