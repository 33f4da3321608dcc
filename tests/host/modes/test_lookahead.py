from __future__ import annotations

from typing import Any

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.modes.lookahead import Finding, cut_times, first_event, first_row, text_of
from argosy.serialization.registry import type_named
from tests.host.modes.kit import SECOND, T0


def rows(*values: float, first: int = T0) -> pa.Table:
    times = pa.array([first + n for n in range(len(values))], pa.timestamp("ns"))
    return pa.table({"ts_init": times, "z": pa.array(values, pa.float64())})


def test_equal_tables_do_not_differ() -> None:
    assert None is first_row(rows(1, 2), rows(1, 2))
    assert None is first_row(rows(), rows())


@pytest.mark.parametrize(
    ("whole", "known", "expected"),
    [
        (
            rows(1, 2, 3),
            rows(1, 5, 4),
            "row 2 was ts_init = 2024-01-01T00:00:00.000000001, z = 2.0, "
            "and is ts_init = 2024-01-01T00:00:00.000000001, z = 5.0",
        ),
        (
            rows(1, 2),
            rows(1),
            "row 2 is there only while they are known: "
            "ts_init = 2024-01-01T00:00:00.000000001, z = 2.0",
        ),
        (
            rows(),
            rows(1),
            "row 1 is there only while they are withheld: "
            "ts_init = 2024-01-01T00:00:00.000000000, z = 1.0",
        ),
    ],
)
def test_the_first_row_that_differs_is_shown(whole: Any, known: Any, expected: str) -> None:
    assert expected == first_row(whole, known)


@given(st.lists(st.integers(0, 3), max_size=30), st.lists(st.integers(0, 3), max_size=30))
def test_the_first_difference_is_the_first(one: list[int], other: list[int]) -> None:
    pairs = zip([*one, None], [*other, None], strict=False)
    differing = [number for number, (a, b) in enumerate(pairs, 1) if a != b]
    found = first_row(rows(*one), rows(*other))
    assert (one == other) is (found is None)
    assert found is None or found.startswith(f"row {differing[0]} ")


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
