"""Spans of time to the nanosecond, both ends included: joined, cut out of one another, clipped."""

from collections.abc import Iterable

Span = tuple[int, int]
"""First and last nanosecond of a stretch of time."""


def union(spans: Iterable[Span]) -> list[Span]:
    """Return the same time in as few spans as possible, in order; neighbours are joined."""
    joined: list[Span] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def without(spans: Iterable[Span], gone: Iterable[Span]) -> list[Span]:
    """Return the time of `spans` that is not in `gone`."""
    cuts = union(gone)
    rest: list[Span] = []
    for first, last in union(spans):
        start = first
        for cut_first, cut_last in cuts:
            if cut_last < start or cut_first > last:
                continue
            if start < cut_first:
                rest.append((start, cut_first - 1))
            start = cut_last + 1
        if start <= last:
            rest.append((start, last))
    return rest


def common(spans: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """Return the time that is in both."""
    return without(spans, without(spans, others))


def touched(span: Span, others: Iterable[Span]) -> list[Span]:
    """Return those of `others` that share a nanosecond with `span`, as they are."""
    first, last = span
    return [each for each in others if each[0] <= last and first <= each[1]]
