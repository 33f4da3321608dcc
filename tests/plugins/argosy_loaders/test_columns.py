"""Text to exact values, and the row of a value that is wrong."""

from datetime import datetime
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import ConfigError
from argosy.model.enums import AggressorSide
from argosy_catalog.lake.times import ns_of
from argosy_loaders.columns import (
    BadValue,
    check_time_format,
    codes,
    decimals,
    plain,
    rounded_decimals,
    stamps,
    times,
)

PRECISE = st.decimals(-(10**9), 10**9, places=6)


def text(*values: str) -> Any:
    return pa.array(values, pa.string())


@given(st.lists(PRECISE, min_size=1))
def test_decimals_are_exact(numbers: list[Decimal]) -> None:
    column = text(*(f"{number:f}" for number in numbers))
    assert numbers == decimals(column, 6).to_pylist()


@pytest.mark.parametrize(
    ("value", "expected"),
    [(" 1.5 ", "1.50000"), ("+2", "2.00000"), ("1e-5", "0.00001"), ("1.500000", "1.50000")],
)
def test_spellings_of_numbers(value: str, expected: str) -> None:
    assert [Decimal(expected)] == decimals(text(value), 5).to_pylist()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "the value is missing"),
        ("NaN", "'NaN' is no finite number"),
        ("inf", "'inf' is no finite number"),
        ("-Infinity", "'-Infinity' is no finite number"),
        ("1,5", "'1,5' is no finite number"),
        ("0x10", "'0x10' is no finite number"),
        ("1.234567", "1.234567 has 6 decimals, the precision is 5"),
        ("1e-6", "1e-6 has 6 decimals, the precision is 5"),
        ("12345678901234.5", "12345678901234.5 has more than 18 digits"),
        ("1e99999999999", "1e99999999999 has more than 18 digits"),
        ("1e-99999999999", "1e-99999999999 has 99999999999 decimals, the precision is 5"),
        ("\u0661", "'\u0661' is no finite number"),
    ],
)
def test_what_is_no_decimal_is_told_with_its_row(value: str, message: str) -> None:
    with pytest.raises(BadValue) as caught:
        decimals(text("1", "2", value, "3"), 5)
    assert (2, message) == (caught.value.row, caught.value.message)


@given(PRECISE, st.sampled_from(["half_even", "half_away"]), st.integers(0, 6))
def test_rounding_is_that_of_decimals(number: Decimal, rounding: str, precision: int) -> None:
    mode = ROUND_HALF_EVEN if rounding == "half_even" else ROUND_HALF_UP
    expected = number.quantize(Decimal(1).scaleb(-precision), mode)
    assert [expected] == rounded_decimals(
        text(f"{number:f}"), precision, rounding=rounding
    ).to_pylist()


def test_prices_are_scaled_exactly_before_they_are_rounded() -> None:
    found = rounded_decimals(
        text("132.06", "130.31"),
        4,
        rounding="half_even",
        scale=(text("4.186662803811", "4.186662803811"), text("130.31", "130.31")),
    )
    exact = Decimal("132.06") * Decimal("4.186662803811") / Decimal("130.31")
    assert [round(exact, 4), Decimal("4.1867")] == found.to_pylist()


@pytest.mark.parametrize(
    ("value", "divisor", "message"),
    [
        ("x", "1", "'x' is no finite number"),
        ("1e-99999999999", "1", "has 99999999999 decimals"),
        ("1e99999999999", "1", "more than 18 digits"),
        ("1", "0", "the column to divide by is 0"),
        ("1", "0.0000000000000000001", "more than 18 digits"),
    ],
)
def test_scaling_names_the_bad_row(value: str, divisor: str, message: str) -> None:
    with pytest.raises(BadValue) as caught:
        rounded_decimals(
            text("1", value), 4, rounding="half_even", scale=(text("1", "1"), text("1", divisor))
        )
    assert 1 == caught.value.row
    assert message in caught.value.message


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
    found = times(text(value), time_format, zone).cast(pa.int64()).to_pylist()
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
        times(text(good, value, good), time_format, zone)
    message = f"{value!r} {expected}" if value else expected
    assert (1, message) == (caught.value.row, caught.value.message)


def test_midnight_at_the_end_of_a_day_has_its_own_cure() -> None:
    with pytest.raises(BadValue) as caught:
        times(text("2012-02-01 24:00"), "iso", "UTC")
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
        stamps(column, zone)
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
        check_time_format(time_format, zone)


def test_codes_are_spelled_as_the_file_spells_them() -> None:
    words = {"b": "BUYER", "s": "SELLER"}
    found = codes(text("b", "s", "b", "buyer", "NO_AGGRESSOR"), AggressorSide, words)
    assert [1, 2, 1, 1, 0] == found.to_pylist()
    with pytest.raises(BadValue) as caught:
        codes(text("b", "x"), AggressorSide, words)
    assert (1, "'x' is none of NO_AGGRESSOR, BUYER, SELLER") == (
        caught.value.row,
        caught.value.message,
    )


def test_plain_values_are_never_missing() -> None:
    assert [1, 2**64 - 1] == plain(text("1", "18446744073709551615"), pa.uint64()).to_pylist()
    assert [True, False] == plain(text("true", "0"), pa.bool_()).to_pylist()
    for values, kind in [(("1", "-1"), pa.uint64()), (("a", ""), pa.string())]:
        with pytest.raises(BadValue) as caught:
            plain(text(*values), kind)
        assert 1 == caught.value.row
