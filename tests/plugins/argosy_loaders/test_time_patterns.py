"""Patterns of times: padded or not, with AM and PM, names of months, years of two digits."""

from datetime import UTC, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import ConfigError
from argosy_loaders.time_patterns import Pattern


def iso(time_format: str, *texts: str) -> list[str]:
    return [str(each) for each in Pattern.of(time_format).iso(pa.array(texts))[0].to_pylist()]


@pytest.mark.parametrize(
    ("time_format", "text", "expected"),
    [
        ("%d.%m.%Y %H:%M", "2.1.2024 9:05", "2024-01-02T09:05:00"),
        ("%m/%d/%Y %I:%M:%S %p", "1/2/2024 12:00:01 AM", "2024-01-02T00:00:01"),
        ("%m/%d/%Y %I:%M %p", "1/2/2024 12:30pm", "2024-01-02T12:30:00"),
        ("%m/%d/%Y %I:%M%p", "1/2/2024 1:30 p.m.", "2024-01-02T13:30:00"),
        ("%Y%m%d %H%M%S", "20240102 93000", "2024-01-02T09:30:00"),
        ("%d%m%Y", "2012024", "2024-01-02"),
        ("%d-%b-%Y", "2-Jan-2024", "2024-01-02"),
        ("%a %b %d, %Y", "Tue September 2,  2024", "2024-09-02"),
        ("%d %b. %y", "2 sept. 99", "1999-09-02"),
        ("%d/%m/%y", "02/01/24", "2024-01-02"),
        ("%H:%M:%S.%f %d.%m.%Y", "10:00:00.5 02.01.2024", "2024-01-02T10:00:00.5"),
        ("%H:%M:%S.%f %d.%m.%Y", "10:00:00 02.01.2024", "2024-01-02T10:00:00.0"),
        ("%Y%%%m%%%d", "2024%01%02", "2024-01-02"),
    ],
)
def test_times_are_spelled_as_the_pattern_says(time_format: str, text: str, expected: str) -> None:
    whole = expected if "T" in expected else f"{expected}T00:00:00"
    assert [whole] == iso(time_format, text)


@given(st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)))
def test_what_python_writes_is_read(moment: datetime) -> None:
    for time_format in ("%d.%m.%y %I:%M:%S %p", "%b %d, %Y %H:%M:%S", "%Y%m%d%H%M%S"):
        (text,) = iso(time_format, moment.strftime(time_format))
        assert moment.replace(microsecond=0) == datetime.fromisoformat(text)
        short = f"{moment.day}/{moment.month}/{moment.year} {moment.hour}:{moment.minute}"
        (text,) = iso("%d/%m/%Y %H:%M", short)
        assert moment.replace(second=0, microsecond=0) == datetime.fromisoformat(text)


def test_a_zone_in_the_pattern_is_handed_out_beside_the_times() -> None:
    texts = pa.array(["2024-01-02 10:00 +02", "2024-01-02 10:00Z"])
    _, zones = Pattern.of("%Y-%m-%d %H:%M %z").iso(texts)
    assert ["+02", "Z"] == zones.to_pylist()


@pytest.mark.parametrize(
    ("time_format", "text"),
    [
        ("%d.%m.%Y", "2024-01-02"),
        ("%I:%M %p %Y", "13:00 PM 2024"),
        ("%I:%M %p %Y", "0:10 AM 2024"),
        ("%d %b %Y", "2 Janvier 2024"),
        ("%d.%m.%Y", "102.1.2024"),
        ("%d.%m.%Y", "2.1.24"),
    ],
)
def test_what_does_not_fit_is_not_read(time_format: str, text: str) -> None:
    with pytest.raises(pa.ArrowInvalid):
        iso(time_format, text)


@pytest.mark.parametrize(
    ("time_format", "message"),
    [
        ("%H:%M", "it has no year"),
        ("%Y %y", "it says something twice"),
        ("%m %b %Y", "it says something twice"),
        ("%Y %Q", "%Q is not known"),
        ("%Y %I:%M", "%I and %p go together"),
        ("%Y %H:%M %p", "%I and %p go together"),
    ],
)
def test_a_pattern_that_says_too_little_or_too_much_is_refused(
    time_format: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        Pattern.of(time_format)


def test_every_piece_has_a_meaning_in_python_too() -> None:
    pattern = "%Y %m %d %H %M %S %f"
    moment = datetime(2024, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert ["2024-01-02T03:04:05.000006"] == iso(pattern, moment.strftime(pattern))
