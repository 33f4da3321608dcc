"""How files write their times."""

from datetime import datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import ConfigError
from argosy_catalog.lake.times import ns_of
from argosy_loaders.columns import BadValue
from argosy_loaders.times import Clock


def read(time_format: str, zone: str, *values: str) -> Any:
    return Clock.of(time_format, zone).read(pa.array(values, pa.string()))


@pytest.mark.parametrize(
    ("value", "time_format", "zone", "expected"),
    [
        ("2012-02-01 00:00:00", "iso", "UTC", "2012-02-01"),
        ("2012-02-01", "iso", "UTC", "2012-02-01"),
        ("2012-02-01T01:00:00.123456789", "iso", "UTC", "2012-02-01T01:00:00.123456789Z"),
        ("2012-02-01T01:00:00Z", "iso", "America/New_York", "2012-02-01T01:00:00Z"),
        ("2012-02-01T01:00:00+05:00", "iso", "UTC", "2012-01-31T20:00:00Z"),
        ("2012-07-01 00:00", "iso", "America/New_York", "2012-07-01T04:00:00Z"),
        ("1328054400", "s", "UTC", "2012-02-01"),
        ("1328054400.000000001", "s", "UTC", "2012-02-01T00:00:00.000000001Z"),
        ("1328054400000.5", "ms", "UTC", "2012-02-01T00:00:00.0005Z"),
        ("1328054400000001", "us", "UTC", "2012-02-01T00:00:00.000001Z"),
        ("-1", "ns", "UTC", "1969-12-31T23:59:59.999999999Z"),
        ("20200101 170000065", "%Y%m%d %H%M%S%f", "EST", "2020-01-01T22:00:00.065Z"),
        ("31.12.2019", "%d.%m.%Y", "UTC", "2019-12-31"),
        ("(2019) 12/31 [10:05]", "(%Y) %m/%d [%H:%M]", "UTC", "2019-12-31T10:05Z"),
    ],
)
def test_spellings_of_times(value: str, time_format: str, zone: str, expected: str) -> None:
    found = read(time_format, zone, value).cast(pa.int64()).to_pylist()
    assert [ns_of(expected, 0)] == found


@pytest.mark.parametrize(
    ("value", "time_format", "zone", "expected"),
    [
        ("noon", "iso", "UTC", "is no time of format iso"),
        ("2012-02-30", "iso", "UTC", "is no time of format iso"),
        ("2012-02-01T24:00:00", "iso", "UTC", "is no time of format iso"),
        ("2012-02-01T00:00:00.1234567891", "iso", "UTC", "is no time of format iso"),
        ("1600-01-01", "iso", "UTC", "is outside of 1677 to 2262"),
        ("2300-01-01T00:00:00.5", "iso", "America/New_York", "is outside of 1677 to 2262"),
        ("2012-03-11 02:30:00", "iso", "America/New_York", "does not exist in America/New_York"),
        ("2012-11-04 01:30:00", "iso", "America/New_York", "is ambiguous in America/New_York"),
        ("99999999999", "s", "UTC", "is no time of format s: it is outside of 1677 to 2262"),
        ("1.5", "ns", "UTC", "is no time of format ns"),
        ("31/12/2019", "%d.%m.%Y", "UTC", "is no time of format %d.%m.%Y"),
        ("31.12.2300", "%d.%m.%Y", "UTC", "is outside of 1677 to 2262"),
        ("", "iso", "UTC", "the time is missing"),
    ],
)
def test_what_is_no_time_is_told_with_its_row(
    value: str, time_format: str, zone: str, expected: str
) -> None:
    good = {"s": "1", "ns": "1", "%d.%m.%Y": "01.01.2020"}.get(time_format, "2012-01-01")
    with pytest.raises(BadValue) as caught:
        read(time_format, zone, good, value, good)
    message = f"{value!r} {expected}" if value else expected
    assert (1, message) == (caught.value.row, caught.value.message)


def test_midnight_at_the_end_of_a_day_has_its_own_cure() -> None:
    with pytest.raises(BadValue) as caught:
        read("iso", "UTC", "2012-02-01 24:00")
    assert "Write 24:00 as 00:00 of the next day" == caught.value.cure


@pytest.mark.parametrize(
    ("moment", "zone", "message"),
    [
        (datetime(1600, 1, 1), "UTC", "is outside of 1677 to 2262"),
        (datetime(2012, 3, 11, 2, 30), "America/New_York", "does not exist in America/New_York"),
    ],
)
def test_a_timestamp_without_a_moment_is_told_with_its_row(
    moment: datetime, zone: str, message: str
) -> None:
    column = pa.array([datetime(2012, 1, 1), moment], pa.timestamp("s"))
    with pytest.raises(BadValue, match=message) as caught:
        Clock.of("iso", zone).stamps(column)
    assert (1, f"{moment} {message}") == (caught.value.row, caught.value.message)


@pytest.mark.parametrize(
    ("time_format", "zone", "message"),
    [
        ("iso", "Mars/Base", "unknown time zone 'Mars/Base'"),
        ("%Q", "UTC", "'%Q' is not understood"),
        ("%Y %Y", "UTC", "is not understood"),
        ("%H:%M", "UTC", "is not understood"),
    ],
)
def test_an_unknown_format_or_zone_is_refused(time_format: str, zone: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Clock.of(time_format, zone)


WRITTEN = {
    "DuckDB": ("2024-01-02 10:00:00+00", "2024-01-02 05:00:00-05", "2024-01-02 15:30:00+05:30"),
    "PostgreSQL": ("2024-01-02 10:00:00.5+00", "2024-01-02 10:00:00.500+00"),
    "pandas": ("2024-01-02 10:00:00+00:00", "2024-01-02 10:00:00.500000+00:00"),
    "polars": ("2024-01-02T10:00:00.000000+0000", "2024-01-02T10:00:00.000000Z"),
    "pyarrow": ("2024-01-02 10:00:00.000000000Z",),
    "ccxt": ("2024-01-02T10:00:00.000Z", "2024-01-02 10:00:00 UTC", "2024-01-02 10:00:00 GMT"),
    "blanks": ("2024-01-02 10:00:00 +00:00", "2024-01-02 12:00:00 +02", "2024-01-02 10:00 UTC"),
    "Java": ("2024-01-02T11:00:00+01:00[Europe/Paris]", "2024-01-02T10:00:00Z[UTC]"),
    "basic": ("20240102T100000Z", "20240102T1000Z", "20240102T100000.5+0000"),
    "comma": ("2024-01-02T10:00:00,5Z", "2024-01-02 10:00:00,500+00"),
}


@pytest.mark.parametrize("writer", WRITTEN)
def test_times_are_read_as_programs_write_them(writer: str) -> None:
    texts = WRITTEN[writer]
    expected = [
        ns_of(
            "2024-01-02T10:00:00.5Z"
            if "5+0" in t or ",5" in t or ".5" in t
            else "2024-01-02T10:00:00Z",
            0,
        )
        for t in texts
    ]
    assert expected == read("iso", "UTC", *texts).cast(pa.int64()).to_pylist()
    assert expected[:1] == read("iso", "Asia/Tokyo", texts[0]).cast(pa.int64()).to_pylist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-02T10:00:00.000000", "2024-01-02T10:00:00Z"),
        ("20240102", "2024-01-02"),
        ("20240102 10:00:00", "2024-01-02T10:00:00Z"),
        ("20240102T100000", "2024-01-02T10:00:00Z"),
        ("2024-01-02 10:00:00,123", "2024-01-02T10:00:00.123Z"),
        ("2024-01-02Z", "2024-01-02"),
        ("2024-01-02+02:00", "2024-01-01T22:00Z"),
        (" 2024-01-02T10 ", "2024-01-02T10:00:00Z"),
    ],
)
def test_times_without_a_zone_are_read_too(text: str, expected: str) -> None:
    assert [ns_of(expected, 0)] == read("iso", "UTC", text).cast(pa.int64()).to_pylist()


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (("2024-01-02 10:00+00", "2024-01-02 10:00"), "'2024-01-02 10:00' names no zone, and the"),
        (("2024-01-02 10:00", "2024-01-02 10:00 UTC"), "'2024-01-02 10:00 UTC' names a zone, and"),
    ],
)
def test_a_file_writes_its_times_in_one_way(texts: tuple[str, ...], message: str) -> None:
    with pytest.raises(BadValue) as caught:
        read("iso", "UTC", *texts)
    assert (1, True) == (caught.value.row, caught.value.message.startswith(message))


def test_a_pattern_may_name_the_zone() -> None:
    texts = ("02.01.2024 12:00 +02", "02.01.2024 10:00 UTC", "02.01.2024 5:00-0500")
    found = read("%d.%m.%Y %H:%M %z", "Asia/Tokyo", *texts).cast(pa.int64()).to_pylist()
    assert [ns_of("2024-01-02T10:00Z", 0)] * 3 == found


def test_counts_of_two_units_are_told_by_their_digits() -> None:
    found = read("ms or us", "UTC", "1704189600000", "1704189600000001").cast(pa.int64())
    assert [1_704_189_600 * 10**9, 1_704_189_600 * 10**9 + 1_000] == found.to_pylist()
    with pytest.raises(BadValue, match="is no time of format ms or us") as caught:
        read("ms or us", "UTC", "1704189600000", "1704189600")
    assert 1 == caught.value.row


@given(st.datetimes(datetime(1700, 1, 1), datetime(2262, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_an_offset_is_taken_off(moment: datetime, minutes: int) -> None:
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    expected = ns_of(moment.isoformat(), 0) - minutes * 60 * 10**9
    for offset in (f"{hours:02}:{rest:02}", f"{hours:02}{rest:02}"):
        text = f"{moment.isoformat(' ')}{sign}{offset}"
        assert [expected] == read("iso", "UTC", text).cast(pa.int64()).to_pylist()
        assert [expected] == read("iso", "UTC", f"{text[: -len(offset) - 1]} {sign}{offset}").cast(
            pa.int64()
        ).to_pylist()
