"""Spans of time, against sets of nanoseconds."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from argosy_catalog.lake.intervals import Span, common, touched, union, without

ENDS = st.tuples(st.integers(-9, 9), st.integers(-9, 9)).map(lambda pair: (min(pair), max(pair)))
SPANS = st.lists(ENDS, max_size=5)


def moments(spans: list[Span]) -> set[int]:
    return {ns for first, last in spans for ns in range(first, last + 1)}


def is_tidy(spans: list[Span]) -> bool:
    apart = all(a[1] + 1 < b[0] for a, b in pairwise(spans))
    return apart and all(first <= last for first, last in spans)


@given(SPANS, SPANS)
def test_spans_are_sets_of_nanoseconds(some: list[Span], others: list[Span]) -> None:
    a, b = moments(some), moments(others)
    expected = [a, a - b, a & b]
    found = [union(some), without(some, others), common(some, others)]
    assert expected == [moments(each) for each in found]
    assert all(is_tidy(each) for each in found)


@given(ENDS, SPANS)
def test_touched_spans_share_a_nanosecond(span: Span, others: list[Span]) -> None:
    expected = [each for each in others if moments([each]) & moments([span])]
    assert expected == touched(span, others)
