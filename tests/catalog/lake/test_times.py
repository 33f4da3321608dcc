"""Moments in, moments out."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import CatalogError
from argosy_catalog.lake.parquet import NS_MAX, NS_MIN
from argosy_catalog.lake.times import Moment, ns_of, span_of, text_of

NOON = 1_704_110_400_000_000_000


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (None, 7),
        (5, 5),
        ("2024-01-01", NOON - 12 * 3600 * 10**9),
        ("2024-01-01T12:00:00.000000001Z", NOON + 1),
        (date(2024, 1, 1), NOON - 12 * 3600 * 10**9),
        (datetime(2024, 1, 1, 12), NOON),
        (datetime(2024, 1, 1, 12, tzinfo=UTC), NOON),
    ],
)
def test_every_spelling_of_a_moment_is_understood(moment: Moment, expected: int) -> None:
    assert expected == ns_of(moment, 7)


def test_a_pandas_timestamp_keeps_its_nanoseconds() -> None:
    pandas = pytest.importorskip("pandas")
    assert NOON + 3 == ns_of(pandas.Timestamp(NOON + 3), 0)


def test_text_that_is_no_time_is_refused() -> None:
    with pytest.raises(CatalogError, match="noon"):
        ns_of("noon", 0)


@given(st.integers(-(2**62), 2**62))
def test_what_is_printed_is_read_again(ns: int) -> None:
    assert ns == ns_of(text_of(ns), 0)


def test_a_time_without_ends_is_all_time() -> None:
    assert (NS_MIN, NS_MAX) == span_of(None, None)
    assert (0, 5) == span_of("1970-01-01", 5)


def test_a_time_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(CatalogError, match="before it begins at 1970-01-01T00:00:01Z"):
        span_of(10**9, 0)
