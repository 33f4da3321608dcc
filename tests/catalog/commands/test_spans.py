"""What commands are told of a time."""

from typing import Any

import pytest

from argosy.errors import ArgosyError, CatalogError
from argosy.model.data import Bar, QuoteTick
from argosy_catalog.commands.spans import before, data_type_of, snapshot_of, span_of
from argosy_catalog.upkeep.expiry import ago
from tests.catalog.samples import DAY, T0


def test_a_day_goes_from_its_first_to_its_last_nanosecond() -> None:
    assert (T0 + DAY, T0 + 2 * DAY - 1) == span_of(None, None, "2024-01-02")
    assert ("2024-01-02", None) == span_of("2024-01-02", None, None)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("2024-01-01", None, "2024-01-02"), "a day has its start and its end"),
        ((None, None, "2024-13-01"), "--day"),
        ((None, None, "yesterday"), "--day"),
    ],
)
def test_what_is_no_day_is_refused(given: Any, message: str) -> None:
    with pytest.raises(CatalogError, match=message):
        span_of(*given)


def test_types_go_by_the_names_of_their_views() -> None:
    assert [QuoteTick, Bar] == [data_type_of("quotes"), data_type_of("bars")]
    with pytest.raises(ArgosyError, match="'quote'"):
        data_type_of("quote")


def test_snapshots_are_numbers_or_times() -> None:
    assert [12, "2024-01-01"] == [snapshot_of("12"), snapshot_of("2024-01-01")]


@pytest.mark.parametrize(("text", "days"), [("30d", 30.0), ("12h", 0.5), ("1.5d", 1.5)])
def test_an_age_is_a_time_before_now(text: str, days: float) -> None:
    assert abs(ago(days) - before(text)) < DAY / 100
    assert "2024-01-01" == before("2024-01-01")
