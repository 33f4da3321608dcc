"""A component's clock: reads the timeline, sets alerts and timers on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec

from argosy.errors import DuplicateNameError, UnknownNameError, ValueRangeError
from argosy.kernel.bus import MessageBus
from argosy.kernel.timeline import NEVER, TIMER, Alarm, Timeline

TimeCallback = Callable[["TimeEvent"], None]


class TimeEvent(msgspec.Struct, frozen=True, gc=False):
    """A timer or alert that fired: its name, the time it was set for and the time it fired."""

    name: str
    ts_event: int
    ts_init: int


class _Timer(Alarm):
    """One alert (interval 0) or repeating timer of a clock."""

    def __init__(
        self, clock: Clock, name: str, callback: TimeCallback, interval_ns: int, stop_ns: int
    ) -> None:
        super().__init__(TIMER)
        self.clock = clock
        self.name = name
        self.callback = callback
        self.interval_ns = interval_ns
        self.stop_ns = stop_ns
        self.due_ns = NEVER

    def on_fire(self, now: int) -> None:
        due = self.due_ns
        following = due + self.interval_ns
        if self.interval_ns and following <= self.stop_ns:
            self.clock._arm(self, following)
        else:
            self.clock._forget(self.name)
        event = TimeEvent(self.name, due, self.clock.timestamp_ns())
        try:
            self.callback(event)
        except (Exception, SystemExit) as error:
            self.clock._fail(self.callback, error)


class _Owned:
    """A callback of any kind as a handler of the component whose clock calls it."""

    def __init__(self, callback: TimeCallback, owner: object) -> None:
        self.__self__ = owner
        self.__func__ = getattr(callback, "__func__", callback)
        self.__name__ = getattr(callback, "__name__", repr(callback))

    def __call__(self, event: TimeEvent) -> None:
        """Do nothing: it was called before."""


class Clock:
    """Tell the time of a run and call back at times.

    Parameters
    ----------
    timeline : the run's timeline, shared by all clocks
    default : called for events of timers that were set without a callback
    bus : whose guard is asked when a callback raises
    """

    def __init__(
        self,
        timeline: Timeline,
        default: TimeCallback | None = None,
        bus: MessageBus | None = None,
    ) -> None:
        self._timeline = timeline
        self.bus = bus if bus is not None else MessageBus()
        self._default = default
        self._timers: dict[str, _Timer] = {}

    @property
    def timeline(self) -> Timeline:
        """What it reads and sets timers on, for compiled parts that ask the time of each order."""
        return self._timeline

    def timestamp_ns(self) -> int:
        """Return the time in ns since the epoch, UTC."""
        return self._timeline.stamp()

    def timestamp_us(self) -> int:
        """Return the time in whole microseconds since the epoch, UTC."""
        return self._timeline.now // 1_000

    def timestamp_ms(self) -> int:
        """Return the time in whole milliseconds since the epoch, UTC."""
        return self._timeline.now // 1_000_000

    def timestamp(self) -> float:
        """Return the time in seconds since the epoch, UTC."""
        return self._timeline.now / 1e9

    def utc_now(self) -> datetime:
        """Return the time as a datetime; microseconds are its limit."""
        return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=self.timestamp_us())

    @property
    def timer_names(self) -> list[str]:
        """Names of the alerts and timers that are set, in the order of setting."""
        return list(self._timers)

    @property
    def timer_count(self) -> int:
        """How many alerts and timers are set."""
        return len(self._timers)

    def next_time_ns(self, name: str) -> int:
        """Return when the timer `name` is due (ns)."""
        return self._timer(name).due_ns

    def set_time_alert(
        self,
        name: str,
        alert_time: datetime,
        callback: TimeCallback | None = None,
        override: bool = False,  # noqa: FBT001, FBT002 - argument order of the field
        allow_past: bool = True,  # noqa: FBT001, FBT002 - argument order of the field
    ) -> None:
        """Call back once at `alert_time`."""
        at_ns = to_ns(alert_time)
        self.set_time_alert_ns(name, at_ns, callback, override=override, allow_past=allow_past)

    def set_time_alert_ns(
        self,
        name: str,
        alert_time_ns: int,
        callback: TimeCallback | None = None,
        *,
        override: bool = False,
        allow_past: bool = True,
    ) -> None:
        """Call back once at `alert_time_ns` (ns); a past time fires as soon as possible."""
        if override and name in self._timers:
            self.cancel_timer(name)
        self._set(name, callback, 0, alert_time_ns, NEVER, allow_past=allow_past)

    def set_timer(
        self,
        name: str,
        interval: timedelta,
        start_time: datetime | None = None,
        stop_time: datetime | None = None,
        callback: TimeCallback | None = None,
        allow_past: bool = True,  # noqa: FBT001, FBT002 - argument order of the field
        fire_immediately: bool = False,  # noqa: FBT001, FBT002 - argument order of the field
    ) -> None:
        """Call back every `interval`, first at start + interval."""
        self.set_timer_ns(
            name,
            (interval // timedelta(microseconds=1)) * 1_000,
            None if start_time is None else to_ns(start_time),
            None if stop_time is None else to_ns(stop_time),
            callback,
            allow_past=allow_past,
            fire_immediately=fire_immediately,
        )

    def set_timer_ns(
        self,
        name: str,
        interval_ns: int,
        start_time_ns: int | None = None,
        stop_time_ns: int | None = None,
        callback: TimeCallback | None = None,
        *,
        allow_past: bool = True,
        fire_immediately: bool = False,
    ) -> None:
        """Call back every `interval_ns`, first at start + interval (at start if immediately)."""
        if interval_ns <= 0:
            raise ValueRangeError(f"timer {name!r}: interval was {interval_ns} ns; it must be > 0")
        start = self._timeline.now if start_time_ns is None else start_time_ns
        stop = NEVER if stop_time_ns is None else stop_time_ns
        first = start if fire_immediately else start + interval_ns
        if first > stop:
            raise ValueRangeError(
                f"timer {name!r}: first time {first} ns lies after its stop time {stop} ns"
            )
        self._set(name, callback, interval_ns, first, stop, allow_past=allow_past)

    def cancel_timer(self, name: str) -> None:
        """Cancel the alert or timer `name`."""
        self._timer(name).cancel()
        del self._timers[name]

    def cancel_timers(self) -> None:
        """Cancel every alert and timer."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def _set(
        self,
        name: str,
        callback: TimeCallback | None,
        interval_ns: int,
        first_ns: int,
        stop_ns: int,
        *,
        allow_past: bool,
    ) -> None:
        if name in self._timers:
            raise DuplicateNameError(f"a timer named {name!r} is already set; cancel it first")
        chosen = callback if callback is not None else self._default
        if chosen is None:
            raise ValueRangeError(f"timer {name!r} has no callback and the clock has no default")
        if first_ns < self._timeline.now and not allow_past:
            raise ValueRangeError(
                f"timer {name!r}: {first_ns} ns lies before now ({self._timeline.now} ns)"
            )
        timer = _Timer(self, name, chosen, interval_ns, stop_ns)
        self._timers[name] = timer
        self._arm(timer, first_ns)

    def _arm(self, timer: _Timer, time_ns: int) -> None:
        timer.due_ns = time_ns
        self._timeline.schedule(timer, time_ns)

    def _fail(self, callback: TimeCallback, error: BaseException) -> None:
        owner = getattr(self._default, "__self__", None)
        self.bus.fail(callback if owner is None else _Owned(callback, owner), error)

    def _forget(self, name: str) -> None:
        self._timers.pop(name, None)

    def _timer(self, name: str) -> _Timer:
        try:
            return self._timers[name]
        except KeyError:
            raise UnknownNameError("timer", name, list(self._timers)) from None


def to_ns(moment: datetime) -> int:
    """Return `moment` (time zone required) as ns since the epoch."""
    if moment.tzinfo is None:
        raise ValueRangeError(f"{moment} has no time zone; pass one, such as datetime.UTC")
    delta = moment - datetime.fromtimestamp(0, UTC)
    return (delta // timedelta(microseconds=1)) * 1_000
