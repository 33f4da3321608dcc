from collections.abc import Callable, Iterable
from typing import Any

from argosy.kernel.bar_feed import BarFeed
from argosy.kernel.market import MarketState
from argosy.kernel.stream import Stream
from argosy.kernel.timeline import Timeline

class Source:
    stream: Stream | None
    place: str
    head: int
    rows: int
    left_out: int
    price_precision: int
    size_precision: int

class TickSource(Source): ...

class QuoteSource(TickSource):
    def __init__(
        self, stream: Stream, market: MarketState, place: str, start: int = ...
    ) -> None: ...

class TradeSource(TickSource):
    def __init__(
        self, stream: Stream, market: MarketState, place: str, start: int = ...
    ) -> None: ...

class BarSource(Source):
    def __init__(self, stream: Stream, feed: BarFeed, place: str, start: int = ...) -> None: ...

class ObjectSource(Source):
    def __init__(
        self,
        objects: Iterable[Any],
        deliver: Callable[[Any], object],
        place: str,
        start: int = ...,
    ) -> None: ...

class Replay:
    timeline: Timeline
    sources: list[Source]
    last: int
    rows: int
    def __init__(
        self, timeline: Timeline, progress: Callable[[int, int], object] | None = None
    ) -> None: ...
    def add(self, source: Source) -> None: ...
    def first(self) -> int | None: ...
    def stop(self) -> None: ...
    def run(self) -> None: ...
