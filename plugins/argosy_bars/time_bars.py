"""Bars closed by time: MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK and MONTH.

A bar holds what lies in its interval and is emitted by an alarm at the interval's end. The timeline
fires it after the data of that time, so a bar on (open, close] need not look at the time of a tick:
`TimeAggregator` only adds. `FencedTimeAggregator` looks, where options ask for more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.errors import ValueRangeError
from argosy.kernel.aggregator import Aggregator
from argosy.kernel.timeline import TIMER, Alarm

if TYPE_CHECKING:
    from argosy.model.bar_type import BarType
    from argosy_bars.grid import Grid
    from argosy_bars.options import TimeBarOptions


class CloseAlarm(Alarm):
    """Tells an aggregator that its earliest bar is due."""

    def __init__(self, owner: TimeAggregator) -> None:
        Alarm.__init__(self, TIMER, owner.rank)
        self.owner = owner

    def fire(self, now: int) -> int:
        """Let the owner emit."""
        return self.owner.close_bar()


class TimeAggregator(Aggregator):
    """Build bars on (open, close] by `ts_init`, emitted at their close.

    Parameters
    ----------
    bar_type : the type of the bars it makes
    price_precision, size_precision : of the raw values that it is fed
    rank : 0 when fed with ticks, one more than its source's when fed with bars
    grid : where its intervals lie
    length_ns : of each interval, 0 where only the grid knows
    options : what of the time bars varies
    """

    def __init__(
        self,
        bar_type: BarType,
        price_precision: int,
        size_precision: int,
        rank: int,
        grid: Grid,
        length_ns: int,
        options: TimeBarOptions,
    ) -> None:
        Aggregator.__init__(self, bar_type, price_precision, size_precision, rank)
        self.grid = grid
        self.length_ns = length_ns
        self.build_delay_ns = options.build_delay_ns
        self.build_with_no_updates = options.build_with_no_updates
        self.skip_first_non_full = options.skip_first_non_full
        self.stamps_close = options.timestamp_on_close and options.interval == "left-open"
        self.open_ns = self.close_ns = self.start_ns = 0
        self.late = 0
        self.outside = 0
        self._asleep = True
        self._alarm: CloseAlarm | None = None

    def on_start(self) -> None:
        """Wait for the first tick: there is nothing to emit before."""
        self._alarm = CloseAlarm(self)
        if self.timeline is not None:
            self.start_ns = self.timeline.now
            self.timeline.register(self._alarm)
        self._asleep = True

    def on_stop(self) -> None:
        """Cancel the alarm."""
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = None
        self._asleep = True
        self.steady = False

    def tick(self, price: int, size: int, aggressor: int, ts_event: int, ts: int) -> int:
        """Take one tick."""
        if self._asleep:
            self.wake(ts - 1)
            self.steady = True
        return self.update(price, size)

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
        """Take one bar of the source type; `ts` is its end."""
        if self._asleep:
            self.wake(ts - 1)
        if ts <= self.open_ns:
            self.late += 1
            return 0
        return self.update_bar(open, high, low, close, volume)

    def wake(self, ns: int) -> int:
        """Begin with the interval that holds `ns`."""
        self._asleep = False
        self.open_ns, self.close_ns = self.grid.interval(ns)
        return self.arm(self.close_ns)

    def arm(self, close_ns: int) -> int:
        """Set the alarm for the bar that ends at `close_ns`."""
        if self.timeline is None or self._alarm is None:
            raise ValueRangeError(f"{self.bar_type}: a tick came before the aggregator was started")
        return self.timeline.schedule(self._alarm, close_ns + self.build_delay_ns)

    def advance(self) -> int:
        """Move on to the next interval."""
        if self.length_ns:
            self.open_ns = self.close_ns
            self.close_ns += self.length_ns
        else:
            self.open_ns, self.close_ns = self.grid.interval(self.close_ns)
        return 0

    def close_bar(self) -> int:
        """Emit the bar that is due, once the next one is under way."""
        open_ns, close_ns = self.open_ns, self.close_ns
        if self.build_with_no_updates:
            self.advance()
            self.arm(self.close_ns)
        else:
            self._asleep = True
            self.steady = False
        return self.close_interval(self, open_ns, close_ns)

    def close_interval(self, builder: Aggregator, open_ns: int, close_ns: int) -> int:
        """Emit what `builder` holds as the bar of an interval, if that gives a bar."""
        if builder.count == 0 and not (self.build_with_no_updates and builder.has_close):
            return 0
        if self.skip_first_non_full and open_ns < self.start_ns:
            builder.reset()
            return 0
        return builder.emit(close_ns if self.stamps_close else open_ns, close_ns)


class HeldBar(Aggregator):
    """A bar whose interval is over and which waits for its build delay."""

    def __init__(self, bar_type: BarType, price_precision: int, size_precision: int) -> None:
        Aggregator.__init__(self, bar_type, price_precision, size_precision)
        self.open_ns = self.close_ns = 0


class FencedTimeAggregator(TimeAggregator):
    """Build bars of time where each tick must be compared with the ends of its interval.

    That is so for intervals [open, close), for a build delay, for intervals by `ts_event`, and for
    sessions. A tick that became known before it happened counts as happening when it was known. A
    tick whose bar was emitted already is left out and counted in `late`, one between two sessions
    in `outside`. Bars of a source type go by `ts_init`, which is their end.
    """

    def __init__(
        self,
        bar_type: BarType,
        price_precision: int,
        size_precision: int,
        rank: int,
        grid: Grid,
        length_ns: int,
        options: TimeBarOptions,
    ) -> None:
        TimeAggregator.__init__(
            self, bar_type, price_precision, size_precision, rank, grid, length_ns, options
        )
        self.by_event = options.by == "event"
        # Added to a time, it makes (open, close] out of [open, close).
        self._shift = 0 if options.interval == "right-open" else -1
        self._held: list[HeldBar] = []

    def on_stop(self) -> None:
        """Cancel the alarm, drop what waits."""
        TimeAggregator.on_stop(self)
        self._held = []

    def tick(self, price: int, size: int, aggressor: int, ts_event: int, ts: int) -> int:
        """Take one tick."""
        at = ts_event if self.by_event and ts_event < ts else ts
        builder = self._builder(at + self._shift, ts)
        return 0 if builder is None else builder.update(price, size)

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
        """Take one bar of the source type; `ts` is its end."""
        builder = self._builder(ts - 1, ts)
        return 0 if builder is None else builder.update_bar(open, high, low, close, volume)

    def _builder(self, key: int, ts: int) -> Aggregator | None:
        """Return what builds the interval that holds `key`, None where there is none any more."""
        if self._asleep:
            # By event, the earliest interval that is not due yet may still get a tick.
            self.wake(ts - self.build_delay_ns - 1 if self.by_event else key)
        while key >= self.close_ns:
            self._set_aside()
        if key >= self.open_ns:
            return self
        for held in self._held:
            if held.open_ns <= key < held.close_ns:
                return held
        if self.grid.interval(key)[0] > key:
            self.outside += 1
        else:
            self.late += 1
        return None

    def _set_aside(self) -> int:
        """Put the bar being built aside and begin the next."""
        held = HeldBar(self.bar_type, self.price_precision, self.size_precision)
        held.sink = self.sink
        held.open = self.open
        held.high = self.high
        held.low = self.low
        held.close = self.close
        held.volume = self.volume
        held.count = self.count
        held.has_close = self.has_close
        held.open_ns = self.open_ns
        held.close_ns = self.close_ns
        self._held.append(held)
        self.reset()
        return self.advance()

    def close_bar(self) -> int:
        """Emit the earliest bar, once the alarm of the one after it is set."""
        if not self._held:
            if self.build_with_no_updates or self.count:
                self._set_aside()
            else:
                self._asleep = True
                return 0
        held = self._held.pop(0)
        if self._held:
            following = self._held[0]
            self._pass_close(held, following)
            self.arm(following.close_ns)
        else:
            self._pass_close(held, self)
            if self.count or self.build_with_no_updates:
                self.arm(self.close_ns)
            else:
                self._asleep = True
        return self.close_interval(held, held.open_ns, held.close_ns)

    def _pass_close(self, held: HeldBar, following: Aggregator) -> int:
        """Let an empty bar repeat the close that a late tick may have moved."""
        if following.count == 0:
            following.close = held.close
            following.has_close = held.has_close
        return 0
