"""Tees: where batches enter the replay, for those who are told of them.

A tee passes batches on and keeps them until the kernel is through with them. It cuts them smaller
where a sink wants to be told more often; the size of batches cannot change a result. A channel that
no sink wants has no tee.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from argosy.kernel.stream import Stream
from argosy.kernel.timeline import NEVER
from argosy.parts.sink import Channel
from argosy.serialization.batches import times_of


class Tee(Stream):
    """A stream that remembers its rows until a cut lets them go.

    Parameters
    ----------
    stream : whose rows it passes on
    channel : what sinks call it
    cut : called with a time before which everything was taken
    flush_rows, interval_ns : a cut comes after so many rows, or when such an interval ends
    """

    def __init__(
        self,
        stream: Stream,
        channel: Channel,
        cut: Callable[[int], None],
        flush_rows: int,
        interval_ns: int | None,
    ) -> None:
        super().__init__(
            stream.data_type, stream.key, stream.price_precision, stream.size_precision
        )
        self.stream = stream
        self.channel = channel
        self._cut = cut
        self._flush_rows = flush_rows
        self._interval_ns = interval_ns
        self._waiting: deque[Any] = deque()
        self._last_ns = -NEVER
        self._since = 0

    def batches(self, start_ns: int | None, end_ns: int | None) -> Iterator[Any]:
        """Yield the rows of the stream; whoever asks for more is through with those before."""
        for batch in self.stream.batches(start_ns, end_ns):
            times = times_of(batch)
            if times is None:
                yield batch  # nothing to keep; the kernel says what is wrong with it
                continue
            first = 0
            while first < len(times):
                self._begin(times[first])
                end = self._end_of(times, first)
                part = batch.slice(first, end - first)
                self._waiting.append(part)
                yield part
                self._taken(times[end - 1], end - first)
                first = end

    def release(self, before_ns: int) -> Iterator[Any]:
        """Yield the rows before a time that were not yielded yet, and forget them."""
        while self._waiting:
            batch = self._waiting.popleft()
            times = times_of(batch)
            rows = len(times) if times[-1] < before_ns else bisect_left(times, before_ns)
            if rows:
                yield batch if rows == len(times) else batch.slice(0, rows)
            if rows < len(times):
                self._waiting.appendleft(batch.slice(rows))
                return

    def _begin(self, ts: int) -> None:
        """Cut where the next row lies in another interval than the last one."""
        if parted(self._last_ns, ts, self._interval_ns):
            self._cut(self._last_ns)
            self._since = 0

    def _end_of(self, times: Any, first: int) -> int:
        """Return the row before which the next part ends: of one interval, not too long."""
        end = min(len(times), first + self._flush_rows - self._since)
        if self._interval_ns is None:
            return end
        following = (times[first] // self._interval_ns + 1) * self._interval_ns
        return max(bisect_left(times, following, first, end), first + 1)

    def _taken(self, last_ns: int, rows: int) -> None:
        self._last_ns = last_ns
        self._since += rows
        if self._since >= self._flush_rows:
            self._since = 0
            self._cut(last_ns)


class ObjectTee:
    """Objects that are remembered until a cut lets them go.

    Parameters
    ----------
    objects : with `ts_init`, in that order
    """

    def __init__(
        self,
        objects: Iterable[Any],
        channel: Channel,
        cut: Callable[[int], None],
        flush_rows: int,
        interval_ns: int | None,
    ) -> None:
        self.channel = channel
        self._objects = objects
        self._cut = cut
        self._flush_rows = flush_rows
        self._interval_ns = interval_ns
        self._waiting: deque[Any] = deque()

    def __iter__(self) -> Iterator[Any]:
        """Yield each object; whoever asks for the next has taken those before."""
        since = 0
        last_ns = -NEVER
        for item in self._objects:
            if parted(last_ns, item.ts_init, self._interval_ns):
                since = 0
                self._cut(last_ns)
            self._waiting.append(item)
            yield item
            last_ns = item.ts_init
            since += 1
            if since >= self._flush_rows:
                since = 0
                self._cut(last_ns)

    def release(self, before_ns: int) -> Iterator[Any]:
        """Yield a list of the objects before a time, and forget them."""
        found = []
        while self._waiting and self._waiting[0].ts_init < before_ns:
            found.append(self._waiting.popleft())
        if found:
            yield found


class DeltaTee(Tee):
    """A stream of order book deltas, which the kernel takes in groups of one event each."""

    _groups: ObjectTee

    def batches(self, start_ns: int | None, end_ns: int | None) -> Iterator[Any]:
        """Yield the rows of the stream, as they are."""
        for batch in self.stream.batches(start_ns, end_ns):
            if batch.num_rows:
                self._waiting.append(batch)
            yield batch

    def groups(self, groups: Iterator[Any]) -> Iterator[Any]:
        """Yield groups of deltas and remember how many rows they are."""
        limits = (self._flush_rows, self._interval_ns)
        self._groups = ObjectTee(groups, self.channel, self._cut, *limits)
        return iter(self._groups)

    def release(self, before_ns: int) -> Iterator[Any]:
        """Yield the rows of the groups before a time: a group is never torn."""
        rows = sum(len(group) for found in self._groups.release(before_ns) for group in found)
        while rows:
            batch = self._waiting.popleft()
            if batch.num_rows > rows:
                self._waiting.appendleft(batch.slice(rows))
                batch = batch.slice(0, rows)
            rows -= batch.num_rows
            yield batch


def parted(last_ns: int, next_ns: int, interval_ns: int | None) -> bool:
    """Return whether an interval ends between two rows."""
    if interval_ns is None or last_ns == -NEVER:
        return False
    return next_ns // interval_ns > last_ns // interval_ns
