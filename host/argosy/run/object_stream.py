"""Streams whose rows the kernel does not read in columns: each is delivered as an object."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from argosy.engine.custom import DataType, custom_topic
from argosy.errors import RunError
from argosy.kernel.stream import Stream
from argosy.model.kinds import KINDS

if TYPE_CHECKING:
    from argosy.kernel.bus import MessageBus
    from argosy.model.data_kind import DataKind
    from argosy.model.kinds import Kinds


class ObjectStream(Stream):
    """A stream of objects, each of which is published on topics of its class."""

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that hear each object, in this order."""
        raise RunError(f"{self!r} must say on which topics it is heard")

    def __iter__(self) -> Iterator[Any]:
        """Yield the objects in the order of `ts_init`."""
        raise RunError(f"{self!r} must yield objects")

    def deliver_to(self, bus: MessageBus) -> Callable[[Any], None]:
        """Return what publishes an object."""
        topics = self.topics

        def deliver(item: Any) -> None:
            for topic in topics:
                bus.publish(topic, item)

        return deliver


class KindStream(ObjectStream):
    """Rows of a kind that a plugin brings; heard of one key, then of all.

    Parameters
    ----------
    stream : yields the rows
    kind : theirs
    """

    def __init__(self, stream: Stream, kind: DataKind) -> None:
        precisions = stream.price_precision, stream.size_precision
        super().__init__(kind.data_type, stream.key, *precisions)
        self.stream = stream
        self.kind = kind

    @property
    def rows(self) -> int:
        """How many rows the stream holds."""
        return self.stream.rows

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that hear each object."""
        whose = {self.kind.key.attribute: self.key}
        types = (DataType(self.data_type, whose), DataType(self.data_type))
        return tuple(map(custom_topic, types))

    def check(self) -> None:
        """Look at all of the stream."""
        self.stream.check()

    def batches(self, start_ns: int | None, end_ns: int | None) -> Iterator[Any]:
        """Yield the rows of the stream."""
        return self.stream.batches(start_ns, end_ns)

    def __iter__(self) -> Iterator[Any]:
        """Yield an object for each row."""
        from argosy.serialization import arrow

        for batch in self.stream.batches(None, None):
            yield from arrow.from_rows(self.kind, batch, self.key)


def replayed(stream: Stream, kinds: Kinds) -> Stream:
    """Return a stream as a run takes it in: a plugin's kind as objects, everything else as it is.

    Parameters
    ----------
    kinds : of the run
    """
    kind = kinds.of(stream.data_type)
    if kind is None or kind in KINDS or isinstance(stream, ObjectStream):
        return stream
    return KindStream(stream, kind)
