"""Sinks of a run: tees where batches enter the replay, and the bus for messages.

A tee passes batches on and keeps them until the kernel is through with them. It cuts them smaller
where a sink wants to be told more often; the size of batches cannot change a result. A channel that
no sink wants has no tee.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from argosy.errors import ArgosyError, RunError
from argosy.kernel.stream import Stream
from argosy.kernel.timeline import NEVER
from argosy.parts.sink import Channel, Sink, SinkRun
from argosy.run.result import versions
from argosy.serialization.batches import between, times_of

if TYPE_CHECKING:
    from argosy.config.plan import Plan
    from argosy.run.core import Core

LAST_PRIORITY = -1_000_000
"""Sinks hear a message after everyone who may act on it."""


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


class SinkDesk:
    """Tell the sinks of one run what happens in it."""

    def __init__(self) -> None:
        self.channels: list[Channel] = []
        self._sinks: list[tuple[str, Sink]] = []
        self._tees: dict[int, Tee | ObjectTee] = {}
        self._past: dict[int, int] = {}
        self._cut_ns = -NEVER
        self._is_running = False
        self._is_cutting = False

    def __bool__(self) -> bool:
        return bool(self._sinks)

    def add(self, name: str, sink: Sink) -> None:
        """Add a sink; errors call it by its name."""
        self._sinks.append((name, sink))

    def stream(self, stream: Stream) -> Stream:
        """Return what to replay in place of a stream: itself where no sink wants it."""
        channel = Channel(
            len(self.channels),
            stream.data_type,
            stream.key,
            stream.price_precision,
            stream.size_precision,
        )
        self.channels.append(channel)
        limits = self._limits(channel)
        if limits is None:
            return stream
        from argosy.model.data import OrderBookDelta

        kind = DeltaTee if stream.data_type is OrderBookDelta else Tee
        tee = kind(stream, channel, self._cut, *limits)
        self._tees[channel.number] = tee
        return tee

    def objects(self, name: str, objects: Iterable[Any]) -> Iterable[Any]:
        """Return what to replay in place of objects: themselves where no sink wants them."""
        channel = Channel(len(self.channels), None, name)
        self.channels.append(channel)
        limits = self._limits(channel)
        if limits is None:
            return objects
        tee = ObjectTee(objects, channel, self._cut, *limits)
        self._tees[channel.number] = tee
        return tee

    def begin(
        self, plan: Plan, core: Core, run_id: str, snapshot: int | None, begin_ns: int
    ) -> None:
        """Tell that the run begins; from now on rows count.

        Parameters
        ----------
        snapshot : of the catalog that data are read at, where they are
        begin_ns : time of the run before its first row
        """
        system = plan.system
        run = SinkRun(
            run_id=run_id,
            name=system.name,
            mode=plan.mode,
            trader_id=str(system.trader_id),
            seed=system.seed,
            settings=plan.to_dict(),
            versions=versions(),
            snapshot=snapshot,
            instruments=core.cache.instruments(),
            channels=self.channels,
            begin_ns=begin_ns,
            log=core.log,
        )
        for number, (name, sink) in enumerate(self._sinks):
            try:
                self._call(name, sink.begin, run)
            except ArgosyError as error:
                self._close(self._sinks[:number], error)
                raise
            for topic in sink.topics:
                core.bus.subscribe(topic, self._handler(name, sink, topic), LAST_PRIORITY)
        for number in self._tees:
            self._past[number] = begin_ns
        for tee in self._tees.values():
            for _ in tee.release(begin_ns):
                pass  # the run skips what lies before its start
        self._is_running = True

    def asked(self, streams: list[Stream], data_type: type, key: Any, start_ns: int | None) -> None:
        """Tell of the rows before the run that a component has asked for, from `start_ns` on."""
        first = -NEVER if start_ns is None else start_ns
        for number, stream in enumerate(streams):
            until = self._past.get(number, -NEVER)
            if stream.data_type is not data_type or stream.key != key or first >= until:
                continue
            self._past[number] = first
            channel = self.channels[number]
            for batch in stream.batches(start_ns, until - 1):
                rows = between(batch, first, until)
                if rows.num_rows:
                    self._each(channel, "take_past", channel, rows)

    def end(self, now: int, error: BaseException | None = None) -> None:
        """Tell what is left, and that the run is over; after an error nothing is raised.

        Raises
        ------
        RunError : a sink failed, and the run had not
        """
        if not self._is_running:
            return
        failure = error
        try:
            if not self._is_cutting:  # else a cut broke off, and what comes now would leave a gap
                self._cut(now + 1)
        except ArgosyError as raised:
            failure = failure or raised
        self._is_running = False
        failure = self._close(self._sinks, failure)
        if error is None and failure is not None:
            raise failure

    def _close(
        self, sinks: list[tuple[str, Sink]], failure: BaseException | None
    ) -> BaseException | None:
        """Tell sinks that the run is over; return what went wrong first."""
        for name, sink in sinks:
            try:
                self._call(name, sink.end, failure)
            except ArgosyError as raised:
                failure = failure or raised
        return failure

    def _cut(self, before_ns: int) -> None:
        """Tell all rows before a time. Until it is over, a moment may be taken only in part."""
        if not self._is_running or before_ns <= self._cut_ns:
            return
        self._cut_ns = before_ns
        self._is_cutting = True
        for tee in self._tees.values():
            for rows in tee.release(before_ns):
                self._each(tee.channel, "take", tee.channel, rows)
        for name, sink in self._sinks:
            self._call(name, sink.cut, before_ns)
        self._is_cutting = False

    def _limits(self, channel: Channel) -> tuple[int, int | None] | None:
        """Return how often those who want a channel want to be told; None where nobody does."""
        wanting = [sink for _, sink in self._sinks if sink.wants(channel)]
        if not wanting:
            return None
        intervals = [each.flush_interval_ns for each in wanting if each.flush_interval_ns]
        return min(each.flush_rows for each in wanting), min(intervals, default=None)

    def _each(self, channel: Channel, method: str, *arguments: Any) -> None:
        for name, sink in self._sinks:
            if sink.wants(channel):
                self._call(name, getattr(sink, method), *arguments)

    def _handler(self, name: str, sink: Sink, topic: str) -> Callable[[Any], None]:
        def handle(message: Any) -> None:
            self._call(name, sink.tell, topic, message)

        return handle

    def _call(self, name: str, method: Callable[..., None], *arguments: Any) -> None:
        try:
            method(*arguments)
        except ArgosyError as error:
            if isinstance(error, RunError) or not self._is_running:
                raise
            raise RunError(f"sink {name!r}: {error}") from error
        except Exception as error:
            text = f"{type(error).__name__}: {error}"
            raise RunError(f"sink {name!r} failed in {method.__name__}: {text}") from error


def parted(last_ns: int, next_ns: int, interval_ns: int | None) -> bool:
    """Return whether an interval ends between two rows."""
    if interval_ns is None or last_ns == -NEVER:
        return False
    return next_ns // interval_ns > last_ns // interval_ns
