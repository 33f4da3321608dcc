"""Bar aggregation: the base of every aggregator, with the builder of the open bar.

An aggregator is fed one tick at a time (`tick`) or, as a composite, one bar at a time (`bar`); it
adds to the open bar and emits as often as its rule says. A compiled subclass overrides `tick` and
`bar`, an interpreted one `on_tick` and `on_bar`.
"""

from __future__ import annotations

from typing import Any

from argosy.errors import ValueRangeError
from argosy.kernel.timeline import Timeline


class BarSink:
    """Where an aggregator's bars go."""

    def push(
        self,
        open: int,
        high: int,
        low: int,
        close: int,
        volume: int,
        ts_event: int,
        ts_init: int,
        is_revision: bool,  # noqa: FBT001 - a C signature
    ) -> int:
        """Take a finished bar (raw values); a compiled subclass overrides this."""
        self.on_push(open, high, low, close, volume, ts_event, ts_init)
        return 0

    def on_push(
        self,
        open: int,
        high: int,
        low: int,
        close: int,
        volume: int,
        ts_event: int,
        ts_init: int,
    ) -> None:
        """Take a finished bar (raw values); an interpreted subclass overrides this."""


class Aggregator:
    """Build bars of one type from ticks or from other bars.

    Parameters
    ----------
    bar_type : the type of the bars it makes
    price_precision, size_precision : of the raw values that it is fed
    rank : 0 when fed with ticks; timers of one time fire in the order of ranks
    """

    def __init__(
        self, bar_type: Any, price_precision: int, size_precision: int, rank: int = 0
    ) -> None:
        self.bar_type = bar_type
        self.step = bar_type.spec.step
        self.price_type = bar_type.spec.price_type.code
        self.price_precision = price_precision
        self.size_precision = size_precision
        self.rank = rank
        self.open = self.high = self.low = self.close = 0
        self.volume = 0
        self.count = 0
        self.has_close = False
        self.steady = False
        self.timeline: Timeline | None = None
        self.sink: BarSink | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.bar_type})"

    def connect(self, sink: BarSink) -> None:
        """Send finished bars to `sink`."""
        self.sink = sink

    def start(self, timeline: Timeline) -> None:
        """Begin at the timeline's time; aggregators with timers set them in `on_start`."""
        self.timeline = timeline
        self.on_start()

    def stop(self) -> None:
        """End; the open bar is dropped."""
        self.on_stop()
        self.reset()

    def on_start(self) -> None:
        """Set timers, where the rule needs any."""

    def on_stop(self) -> None:
        """Cancel what `on_start` set."""

    def tick(self, price: int, size: int, aggressor: int, ts_event: int, ts: int) -> int:
        """Take one tick; a compiled subclass overrides this."""
        self.on_tick(price, size, aggressor, ts)
        return 0

    def bar(
        self,
        open: int,
        high: int,
        low: int,
        close: int,
        volume: int,
        ts_event: int,
        ts: int,
    ) -> int:
        """Take one bar of the source type; a compiled subclass overrides this."""
        self.on_bar(open, high, low, close, volume, ts)
        return 0

    def on_tick(self, price: int, size: int, aggressor: int, ts: int) -> None:
        """Take one tick (raw price and size; aggressor 0 none, 1 buyer, 2 seller)."""
        self.update(price, size)

    def on_bar(
        self,
        open: int,
        high: int,
        low: int,
        close: int,
        volume: int,
        ts: int,
    ) -> None:
        """Take one bar of the source type (raw)."""
        self.update_bar(open, high, low, close, volume)

    def update(self, price: int, size: int) -> int:
        """Add a price and size (raw) to the open bar."""
        if self.count == 0:
            self.open = self.high = self.low = price
            self.has_close = True
        elif price > self.high:
            self.high = price
        elif price < self.low:
            self.low = price
        self.close = price
        self.volume += size
        self.count += 1
        return 0

    def update_bar(
        self,
        open: int,
        high: int,
        low: int,
        close: int,
        volume: int,
    ) -> int:
        """Merge a bar (raw) into the open bar."""
        if self.count == 0:
            self.open = open
            self.high = high
            self.low = low
            self.has_close = True
        else:
            self.high = max(self.high, high)
            self.low = min(self.low, low)
        self.close = close
        self.volume += volume
        self.count += 1
        return 0

    def add_run(self, open: int, high: int, low: int, close: int, volume: int, count: int) -> int:
        """Add what `count` ticks in a row come to; only asked while the aggregator is steady."""
        self.update_bar(open, high, low, close, volume)
        self.count += count - 1
        return 0

    def emit(self, ts_event: int, ts_init: int) -> int:
        """Send the open bar to the sink and begin the next."""
        if not self.has_close:
            raise ValueRangeError(f"{self.bar_type}: no bar can be emitted before the first tick")
        if self.sink is None:
            raise ValueRangeError(f"{self.bar_type}: the aggregator is not connected to a sink")
        if self.count == 0:
            self.open = self.high = self.low = self.close
        open_, high, low, volume = self.open, self.high, self.low, self.volume
        # Cleared first: the sink may call back into whatever feeds this aggregator.
        self.reset()
        self.sink.push(
            open_,
            high,
            low,
            self.close,
            volume,
            ts_event,
            ts_init,
            False,  # noqa: FBT003 - a C signature
        )
        return 0

    def reset(self) -> None:
        """Drop the open bar, but remember the last close."""
        self.count = 0
        self.volume = 0
