"""Times that were probably counted in another unit than the one that was declared."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy_loaders.batches import raw_of
from argosy_loaders.scales import odd_scale
from argosy_loaders.times import Clock

POWER = {"s": 0, "ms": 3, "us": 6, "ns": 9}
YEARS = st.integers(631_152_000, 4_102_444_799)  # seconds of 1990 to 2099


def odd(time_format: str, *texts: str) -> Any:
    column = pa.array(texts)
    return odd_scale(raw_of(Clock.of(time_format, "UTC").read(column)), column, time_format)


@given(YEARS, st.sampled_from([("s", "ms"), ("s", "us"), ("s", "ns"), ("ms", "us"), ("us", "ns")]))
def test_a_count_that_is_read_too_fine_is_found(seconds: int, units: tuple[str, str]) -> None:
    meant, declared = units
    text = str(seconds * 10 ** POWER[meant])
    found = odd(declared, "1704153600" + "0" * POWER[declared], text)
    assert found.row == 1
    assert f"{text} as {declared} is 19" in found.message
    assert f"; as {meant} it would be " in found.message
    assert f'Give time_format = "{meant}"' in found.cure


@given(YEARS, st.sampled_from(list(POWER)))
def test_a_count_of_the_right_unit_is_not(seconds: int, unit: str) -> None:
    text = str(seconds * 10 ** POWER[unit])
    found = odd(unit, text)
    assert found is None or "looks like a date" in found.message


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("s", "20240102"),
        ("s", "2024010209"),
        ("ms", "202401020930"),
        ("us", "20240102093000"),
        ("ns", "20240102093000123"),
    ],
)
def test_the_digits_of_dates_are_no_counts(declared: str, text: str) -> None:
    found = odd(declared, text, text)
    assert "it looks like a date" in found.message
    assert 'Give time_format = "%Y%m%d' in found.cure


def test_a_time_of_zero_is_no_time() -> None:
    for unit in ("ms", "us", "ns"):
        found = odd(unit, "0")
        assert f"0 as {unit} is 1970-01-01T00:00:00Z" == found.message
        assert found.cure.startswith("Leave out rows without a time")


@pytest.mark.parametrize("text", ["-252322200", "0", "3600", "2592000", "-86400"])
def test_seconds_of_old_daily_data_are_right(text: str) -> None:
    assert odd("s", text) is None


@pytest.mark.parametrize("text", ["1970-01-02", "1970-01-05 21:00", "1962-01-02", "2024-01-02"])
def test_days_that_were_written_out_are_right(text: str) -> None:
    assert odd("iso", text) is None


def test_what_a_wrong_unit_made_of_a_written_time_is_found() -> None:
    found = odd("iso", "2024-01-02", "1970-01-01 00:00:01.704153600")
    assert (1, True) == (found.row, "near the beginning of 1970" in found.message)
    stamps = pa.array([0, 1_704_153_600], pa.timestamp("ns"))
    assert 1 == getattr(odd_scale(raw_of(stamps), stamps, None), "row", None)
