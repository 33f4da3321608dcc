"""What a run replays: the streams and objects that it was given, in declared order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from argosy.engine.data import DataEngine
from argosy.kernel.replay import ObjectSource, Replay
from argosy.kernel.stream import BATCH_ROWS, Stream
from argosy.kernel.timeline import NEVER
from argosy.model.data import Bar
from argosy.model.kinds import KINDS, Kinds
from argosy.run.core import Core
from argosy.run.feeds import add_source, declare_bars, memory_streams, past
from argosy.run.object_stream import ObjectStream, replayed
from argosy.run.sinks import SinkDesk


class Sources:
    """Hold what a run takes in, and hand it to the replay.

    Parameters
    ----------
    sinks : those who are told of the rows, too
    kinds : the kinds of data that there are

    Attributes
    ----------
    streams : of market data and of queries
    objects : lists of what comes in no stream, by place
    """

    def __init__(self, sinks: SinkDesk, kinds: Kinds = KINDS) -> None:
        self.streams: list[Stream] = []
        self.objects: list[tuple[str, list[Any]]] = []
        self._sinks = sinks
        self._kinds = kinds
        self._data: DataEngine | None = None

    def add(self, data: Any, *, batch_rows: int = BATCH_ROWS) -> None:
        """Add objects, or Arrow rows in the schema of their type."""
        streams, objects = memory_streams(data, batch_rows, self._kinds)
        self.streams.extend(streams)
        self.objects.extend(objects)

    def feed(self, core: Core, replay: Replay, start_ns: int | None) -> None:
        """Replay everything into the markets and the bus of a core, streams before objects.

        Raises
        ------
        DataError : a stream's precisions are not its instrument's
        """
        self._data = core.data
        declare_bars(core.data, self.streams)
        for each in self.streams:
            stream = replayed(each, self._kinds)
            if isinstance(stream, ObjectStream):
                deliver = stream.deliver_to(core.bus)
                self._feed_objects(replay, stream.place, stream, start_ns, deliver)
                continue
            told = self._sinks.stream(stream) if self._sinks else stream
            add_source(core.data, replay, told, start_ns)
        for place, objects in self.objects:
            self._feed_objects(replay, place, objects, start_ns, core.data.deliver)

    def history(
        self, data_type: type, key: Any, start_ns: int | None, end_ns: int
    ) -> Iterator[Any]:
        """Yield past objects of a type and key from the streams; sinks are told of them."""
        if self._sinks:
            self._sinks.asked(self.streams, data_type, key, start_ns)
        found = past(self.streams, data_type, key, start_ns, end_ns)
        if data_type is Bar and self._data is not None:
            market = self._data.market(key.instrument_id)
            return (b for b in found if market.is_bar(b.high_raw, b.low_raw, b.volume_raw))
        return found

    def _feed_objects(
        self,
        replay: Replay,
        place: str,
        objects: Iterable[Any],
        start_ns: int | None,
        deliver: Callable[[Any], object],
    ) -> None:
        first = -NEVER if start_ns is None else start_ns
        told = self._sinks.objects(place, objects) if self._sinks else objects
        replay.add(ObjectSource(told, deliver, place, first))
