from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from argosy import QuoteTick
from argosy.kernel.stream import MemoryStream
from argosy.parts.sink import Channel
from argosy.run.tees import ObjectTee, Tee, parted
from argosy.serialization import arrow
from argosy.serialization.batches import times_of
from tests.host.run.kit import PAIR, SECOND, T0, quotes

CHANNEL = Channel(0, QuoteTick, PAIR, 5, 0)


@dataclass
class Note:
    ts_init: int


def seconds(batches: Any) -> list[int]:
    return [(ts - T0) // SECOND for batch in batches for ts in times_of(batch)]


def tee(times: list[int], cuts: list[int], flush_rows: int, batch_rows: int = 1_000) -> Tee:
    stream = MemoryStream(QuoteTick, PAIR, 5, 0, [arrow.to_batch(quotes(times))], batch_rows)
    return Tee(stream, CHANNEL, cuts.append, flush_rows, None)


@given(
    times=st.lists(st.integers(0, 9), min_size=1, max_size=30).map(sorted),
    flush_rows=st.integers(1, 40),
    batch_rows=st.integers(1, 40),
    before=st.integers(0, 11),
)
def test_rows_pass_as_they_are_and_each_is_released_once(
    times: list[int], flush_rows: int, batch_rows: int, before: int
) -> None:
    made = tee(times, [], flush_rows, batch_rows)
    assert times == seconds(made.batches(None, None))
    first = seconds(made.release(T0 + before * SECOND))
    assert [each for each in times if each < before] == first
    assert times[len(first) :] == seconds(made.release(T0 + 20 * SECOND))
    assert [] == list(made.release(T0 + 20 * SECOND))


def test_a_cut_is_asked_for_after_so_many_rows() -> None:
    cuts: list[int] = []
    list(tee([1, 2, 3, 4, 5], cuts, flush_rows=2).batches(None, None))
    assert [T0 + 2 * SECOND, T0 + 4 * SECOND] == cuts


def test_objects_pass_and_are_released_like_rows() -> None:
    notes = [Note(T0 + ts) for ts in (1, 2, 3)]
    made = ObjectTee(notes, Channel(0, None, "Note"), lambda before: None, 100, None)
    assert notes == list(made)
    assert [notes[:2], notes[2:]] == [
        [each for found in made.release(before) for each in found] for before in (T0 + 3, T0 + 9)
    ]


def test_an_interval_ends_between_two_rows_of_different_ones() -> None:
    assert (True, False) == (parted(9, 10, 10), parted(10, 19, 10))
    assert not parted(9, 10, None)
