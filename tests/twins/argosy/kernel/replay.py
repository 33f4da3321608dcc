"""Plain twin of the replay: before each row it looks at every source and alarm again."""

from collections.abc import Callable, Iterator
from typing import Any

from argosy.errors import ArgosyError, DataError
from argosy.kernel.bar_feed import BarFeed
from argosy.kernel.columns import BarColumns, Columns, QuoteColumns, TradeColumns
from argosy.kernel.market import MarketState
from argosy.kernel.timeline import NEVER, Timeline


class Source:
    columns: Callable[..., Any] = Columns

    def __init__(self, stream: Any, place: str, start: int = -NEVER) -> None:
        self.stream = stream
        self.place = place
        self.head = NEVER
        self.rows = self.left_out = 0
        self.price_precision = self.size_precision = -1
        self.start = start
        self.rows_left: Iterator[tuple[int, Any, int]] = iter(())
        self.next: tuple[int, Any, int] | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.place})"

    def open(self) -> None:
        self.rows_left = self.walk()
        self.advance()

    def walk(self) -> Iterator[tuple[int, Any, int]]:
        after = -NEVER
        batches = iter(self.stream.batches(None if self.start == -NEVER else self.start, None))
        while True:
            try:
                batch = next(batches, None)
            except ArgosyError:
                raise
            except Exception as error:
                raise DataError(f"cannot be read: {error}", place=self.place) from error
            if batch is None:
                return
            columns = self.columns(batch, self.place, after)
            self.check("prices", columns.price_precision, self.price_precision)
            self.check("sizes", columns.size_precision, self.size_precision)
            for i, ts in enumerate(columns.ts_init):
                after = ts
                if ts >= self.start:
                    yield ts, columns, i

    def check(self, what: str, found: int, expected: int) -> None:
        if found != expected:
            raise DataError(
                f"its {what} have {found} decimals, its instrument declares {expected}",
                place=self.place,
                cure="Convert the data, or correct the instrument",
            )

    def advance(self) -> None:
        self.next = next(self.rows_left, None)
        self.head = NEVER if self.next is None else self.next[0]

    def pop(self) -> tuple[Any, int]:
        assert self.next is not None
        _, columns, i = self.next
        self.rows += 1
        self.advance()
        return columns, i

    def deliver(self, ts: int) -> None:
        raise DataError("its type of data cannot be replayed", place=self.place)


class MarketSource(Source):
    def __init__(self, stream: Any, market: MarketState, place: str, start: int = -NEVER) -> None:
        super().__init__(stream, place, start)
        self.market = market
        self.price_precision = market.price_precision
        self.size_precision = market.size_precision


class QuoteSource(MarketSource):
    columns = QuoteColumns

    def deliver(self, ts: int) -> None:
        c, i = self.pop()
        self.market.feed_quote(c.bid[i], c.ask[i], c.bid_size[i], c.ask_size[i], c.ts_event[i], ts)


class TradeSource(MarketSource):
    columns = TradeColumns

    def deliver(self, ts: int) -> None:
        c, i = self.pop()
        self.market.feed_trade(
            c.price[i], c.size[i], c.aggressor[i], c.trade_id[i], c.ts_event[i], ts
        )


class BarSource(Source):
    columns = BarColumns

    def __init__(self, stream: Any, feed: BarFeed, place: str, start: int = -NEVER) -> None:
        super().__init__(stream, place, start)
        self.feed = feed
        self.price_precision = feed.price_precision
        self.size_precision = feed.size_precision


class ObjectSource(Source):
    def __init__(
        self, objects: Any, deliver: Callable[[Any], object], place: str, start: int = -NEVER
    ) -> None:
        super().__init__(None, place, start)
        self.objects = objects
        self.hand_over = deliver

    def walk(self) -> Iterator[tuple[int, Any, int]]:
        after = -NEVER
        for item in self.objects:
            if item.ts_init < after:
                raise DataError(
                    f"ts_init {item.ts_init} lies before the row above it ({after})",
                    place=self.place,
                    cure="sort the data by ts_init",
                )
            after = item.ts_init
            if after >= self.start:
                yield after, item, 0

    def deliver(self, ts: int) -> None:
        assert self.next is not None
        item = self.next[1]
        self.rows += 1
        self.hand_over(item)
        self.advance()


class Replay:
    def __init__(
        self, timeline: Timeline, progress: Callable[[int, int], object] | None = None
    ) -> None:
        self.timeline = timeline
        self.sources: list[Source] = []
        self.progress = progress
        self.last = 0
        self.stopped = False

    @property
    def rows(self) -> int:
        return sum(source.rows for source in self.sources)

    def add(self, source: Source) -> None:
        self.sources.append(source)
        source.open()

    def first(self) -> int | None:
        head = min((source.head for source in self.sources), default=NEVER)
        return None if head == NEVER else head

    def stop(self) -> None:
        self.stopped = True

    def run(self) -> None:
        self.stopped = False
        timeline = self.timeline
        timeline.settle()
        while not self.stopped:
            first = self.first()
            alarm = timeline.next_alarm()
            if alarm < (NEVER if first is None else first):
                if alarm > (self.last if first is None and timeline.end == NEVER else timeline.end):
                    break
                timeline.fire_next()
                continue
            if first is None or first > timeline.end:
                break
            source = next(each for each in self.sources if each.head == first)
            if isinstance(source, BarSource):
                if self.bar_datum(first) == 0:
                    continue
            else:
                timeline.now = first
                source.deliver(first)
            self.last = first
            timeline.settle()
        if timeline.end != NEVER and not self.stopped:
            timeline.now = max(timeline.now, timeline.end)
        if self.progress is not None:
            self.progress(timeline.now, self.rows)

    def bar_datum(self, ts: int) -> int:
        """Return how many bars there were at a time."""
        now = self.timeline.now
        self.timeline.now = ts
        datum = []
        for source in self.sources:
            while isinstance(source, BarSource) and source.head == ts:
                c, i = source.pop()
                market = source.feed.market
                if not market.is_bar(c.high[i], c.low[i], c.volume[i]):
                    source.left_out += 1
                    continue
                market.last_bar = source.feed
                bar = c.open[i], c.high[i], c.low[i], c.close[i], c.volume[i]
                row = (*bar, c.ts_event[i], ts, c.revision[i])
                source.feed.observe(*row)
                market.stage_bar(source.feed, *bar)
                datum.append((source.feed, row))
        for feed, _ in datum:
            feed.market.match_bars(ts)
        for feed, row in datum:
            feed.tell(*row)
        if not datum:
            self.timeline.now = now
        return len(datum)
