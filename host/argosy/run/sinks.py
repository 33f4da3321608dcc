"""Sinks of a run: told of rows through tees, and of messages by the bus."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from argosy.errors import ArgosyError, RunError
from argosy.kernel.stream import Stream
from argosy.kernel.timeline import NEVER
from argosy.parts.sink import Channel, Sink, SinkRun
from argosy.run.result import versions
from argosy.run.tees import DeltaTee, ObjectTee, Tee
from argosy.serialization.batches import between

if TYPE_CHECKING:
    from argosy.config.plan import Plan
    from argosy.run.core import Core

LAST_PRIORITY = -1_000_000
"""Sinks hear a message after everyone who may act on it."""


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
