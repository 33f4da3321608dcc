"""Rings keep the newest rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import ValueRangeError
from argosy.kernel.ring import Ring


@given(st.integers(1, 200), st.lists(st.integers(-(2**63), 2**63 - 1), max_size=400))
def test_a_ring_holds_the_newest_rows_first(capacity: int, values: list[int]) -> None:
    ring = Ring(2, capacity)
    for value in values:
        ring.append((value, 7))
    kept = values[-capacity:][::-1]
    assert len(kept) == len(ring)
    assert [(value, 7) for value in kept] == [ring[i] for i in range(len(ring))]


def test_a_row_that_is_not_held_is_an_error() -> None:
    ring = Ring(1, 4)
    ring.append((1,))
    with pytest.raises(IndexError, match="row 1 of a ring that holds 1"):
        ring[1]
    with pytest.raises(IndexError, match="row -1"):
        ring[-1]


def test_one_value_of_a_row_can_be_read() -> None:
    ring = Ring(3, 2)
    ring.append((1, 2, 3))
    ring.append((4, 5, 6))
    assert (6, 1) == (ring.value(0, 2), ring.value(1, 0))
    for back, column in [(2, 0), (-1, 0), (0, 3), (0, -1)]:
        with pytest.raises(IndexError, match=f"value {back}, {column} of a ring that holds 2"):
            ring.value(back, column)


def test_a_row_of_another_width_is_refused() -> None:
    with pytest.raises(ValueRangeError, match="a row has 2 values, was 3"):
        Ring(2, 4).append((1, 2, 3))


def test_only_a_ring_of_width_one_takes_a_bare_value() -> None:
    with pytest.raises(ValueRangeError, match="2 values, was 1"):
        Ring(2, 4).push(1)


@pytest.mark.parametrize(("width", "capacity"), [(0, 1), (1, 0), (-1, 5)])
def test_a_ring_without_room_is_refused(width: int, capacity: int) -> None:
    with pytest.raises(ValueRangeError, match="width and capacity >= 1"):
        Ring(width, capacity)


def test_a_cleared_ring_is_empty_and_can_be_filled_again() -> None:
    ring = Ring(1, 2)
    for value in range(5):
        ring.append((value,))
    ring.clear()
    assert 0 == len(ring)
    ring.append((9,))
    assert [(9,)] == [ring[i] for i in range(len(ring))]


@given(st.lists(st.one_of(st.none(), st.integers(0, 99)), max_size=300))
def test_clearing_and_appending_in_any_order_keeps_the_newest(steps: list[int | None]) -> None:
    ring, kept = Ring(1, 70), []
    for step in steps:
        if step is None:
            ring.clear()
            kept = []
        else:
            ring.push(step)
            kept = [step, *kept][:70]
    assert [(value,) for value in kept] == [ring[i] for i in range(len(ring))]
