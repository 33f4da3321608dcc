from __future__ import annotations

from typing import Any

import msgspec
import pytest

from argosy.modes.lookahead import Finding, cut_times, first_event, text_of
from argosy.serialization.registry import type_named
from tests.host.run.kit import SECOND, T0


@pytest.mark.parametrize(
    ("times", "cuts", "expected"),
    [
        ([5], 12, [5]),
        ([1, 1, 2, 2], 12, [1, 2]),
        (list(range(101)), 5, [0, 25, 50, 75, 100]),
        (list(range(101)), 1, [0, 100]),
        ([1, 2, 3], 2, [1, 3]),
    ],
)
def test_cuts_are_spread_from_the_first_time_to_the_last(
    times: list[int], cuts: int, expected: list[int]
) -> None:
    assert expected == cut_times(times, cuts)


def event(kind: str, ts: int, **fields: Any) -> tuple[int, str, bytes]:
    names = type_named(kind).__struct_fields__
    values = [fields.get(name) for name in names]
    return ts, kind, msgspec.msgpack.encode([kind, *values])


A = event("OrderInitialized", T0, strategy_id="S-001", quantity="1")


@pytest.mark.parametrize(
    ("expected", "found", "fault"),
    [
        ([A], [A], None),
        ([A], [], "OrderInitialized of S-001 at 2024-01-01T00:00:00Z does not happen"),
        ([], [A], "OrderInitialized of S-001 at 2024-01-01T00:00:00Z happens in addition"),
        (
            [A],
            [event("OrderInitialized", T0, strategy_id="S-001", quantity="2")],
            "OrderInitialized of S-001 at 2024-01-01T00:00:00Z differs: quantity was 1, and is 2",
        ),
        (
            [A],
            [event("OrderInitialized", T0 + SECOND, strategy_id="S-002")],
            "OrderInitialized of S-002 at 2024-01-01T00:00:01Z happens where "
            "OrderInitialized of S-001 at 2024-01-01T00:00:00Z did",
        ),
        (
            [A],
            [event("OrderInitialized", T0 + SECOND, strategy_id="S-001", quantity="1")],
            "OrderInitialized of S-001 happens at 2024-01-01T00:00:01Z, "
            "not at 2024-01-01T00:00:00Z",
        ),
        (
            [A],
            [event("AccountState", T0, account_id="SIM-001")],
            "AccountState of SIM-001 at 2024-01-01T00:00:00Z happens where "
            "OrderInitialized of S-001 at 2024-01-01T00:00:00Z did",
        ),
    ],
)
def test_the_first_event_that_differs_is_named_with_its_owner(
    expected: list[Any], found: list[Any], fault: str | None
) -> None:
    assert fault == first_event(expected, found)


def test_a_finding_is_one_line() -> None:
    assert "run: 3 events are the same" == str(Finding("run", "3 events are the same"))
    assert "run: it differs" == str(Finding("run", "3 events are the same", "it differs"))


def test_times_are_spelled_with_the_decimals_that_they_need() -> None:
    assert ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00.0000005Z") == (
        text_of(T0),
        text_of(T0 + 500),
    )
