from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.run.table_difference import are_close, first_row
from tests.host.run.kit import T0


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


def test_the_last_digits_of_floats_may_differ() -> None:
    assert are_close(rows(0.1 + 0.2, 0), rows(0.3, 0))
    assert not are_close(rows(0.3001), rows(0.3))
    assert not are_close(rows(1), rows(1, 2))
    assert not are_close(rows(1), rows(1, first=T0 + 1))
