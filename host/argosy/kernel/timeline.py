"""Time of a run: what is due next, and how far data may go before it is.

`Timeline` holds the one clock of a run, the heap of everything that is due at a time (timers and
command arrivals), and the *horizon*: the first time at which the replay loop must look up from its
rows. Whoever schedules anything lowers the horizon, from inside a handler too.
"""

from __future__ import annotations

from argosy.errors import SettleError, ValueRangeError

NEVER = 9_223_372_036_854_775_807
ARRIVAL = 0
TIMER = 1
MAX_SETTLE_ROUNDS = 10_000
_SPARE_ALARMS = 256
# The same as C numbers where compiled.
_NEVER = 9_223_372_036_854_775_807
_ARRIVAL = 0


class Alarm:
    """Do something at a time; subclasses say what in `on_fire`.

    Parameters
    ----------
    kind : ARRIVAL (a command reaches a venue) or TIMER
    rank : order among timers of one time, lower first
    """

    def __init__(self, kind: int = TIMER, rank: int = 0) -> None:
        self.time = NEVER
        self.kind = kind
        self.rank = rank
        self.sequence = -1
        self.alive = True

    def fire(self, now: int) -> int:
        """Act at `now` (ns); a compiled subclass overrides this."""
        self.on_fire(now)
        return 0

    def on_fire(self, now: int) -> None:
        """Act at `now` (ns); an interpreted subclass overrides this."""

    def cancel(self) -> None:
        """Drop the alarm; it never fires again."""
        # Its time stays: an alarm inside a heap must keep its place.
        self.alive = False


class Settler:
    """Whoever holds commands until the current datum is done: a venue."""

    def settle(self) -> int:
        """Process the commands that wait; a compiled subclass overrides this."""
        self.on_settle()
        return 0

    def on_settle(self) -> None:
        """Process the commands that wait; an interpreted subclass overrides this."""


class Timeline:
    """The clock, the due things and the horizon of one run."""

    def __init__(self) -> None:
        self.now = 0
        self.horizon = NEVER
        self.end = NEVER
        self.dirty = False
        self._heap: list[Alarm] = []
        self._settlers: list[Settler] = []
        self._sequence = 0
        self._sweep_at = _SPARE_ALARMS
        self._stamped = 0
        self._stamp: int = 0

    def __len__(self) -> int:
        return len(self._heap)

    def stamp(self) -> int:
        """Return `now`, as one object for all events of a moment."""
        if self._stamped != self.now:
            self._stamped = self.now
            self._stamp = self.now
        return self._stamp

    def add_settler(self, settler: Settler) -> None:
        """Settle `settler` after those added before it."""
        self._settlers.append(settler)

    def start(self, now: int, end: int = NEVER) -> None:
        """Set the clock to `now` (ns); nothing after `end` (ns, inclusive) will fire."""
        if end < now:
            raise ValueRangeError(f"end {end} lies before start {now}")
        self.now = now
        self.end = end

    def advance(self, now: int) -> None:
        """Fire everything due up to `now` (ns, inclusive), then set the clock there."""
        while self.next_alarm() <= now:
            self.fire_next()
        self.now = max(self.now, now)

    def register(self, alarm: Alarm) -> None:
        """Give `alarm` its place among those of one time before it has a time."""
        if alarm.sequence < 0:
            self._enlist(alarm)

    def next_alarm(self) -> int:
        """Return when the next alarm is due (ns), NEVER without any."""
        heap = self._heap
        while heap:
            alarm = heap[0]
            if alarm.alive:
                return alarm.time
            _pop(heap)
        return _NEVER

    def wake(self) -> None:
        """Say that a command waits: the loop settles before the next row."""
        self.dirty = True

    def schedule(self, alarm: Alarm, time: int) -> int:
        """Make `alarm` due at `time` (ns); a time that has passed fires before the next datum."""
        if not alarm.alive:
            raise ValueRangeError("an alarm that was canceled cannot be scheduled again")
        if alarm.time != _NEVER:
            raise ValueRangeError(
                f"an alarm is due at {alarm.time} ns already; cancel it and schedule a new one"
            )
        alarm.time = time
        # A timer that repeats keeps its place among those of one time: that of registration.
        if alarm.sequence < 0 or alarm.kind == _ARRIVAL:
            self._enlist(alarm)
        if len(self._heap) >= self._sweep_at:
            self._sweep()
        self._heap.append(alarm)
        _sift_up(self._heap, len(self._heap) - 1)
        # Data at `time` comes before what is due at `time`.
        if time < self.horizon:
            self.horizon = time + 1
        return 0

    def _sweep(self) -> int:
        """Drop canceled alarms before they are the larger part of the heap."""
        alive = [alarm for alarm in self._heap if alarm.alive]
        self._heap = []
        for alarm in alive:
            self._heap.append(alarm)
            _sift_up(self._heap, len(self._heap) - 1)
        self._sweep_at = 2 * len(alive) + _SPARE_ALARMS
        return 0

    def _enlist(self, alarm: Alarm) -> int:
        alarm.sequence = self._sequence
        self._sequence += 1
        return 0

    def fire_next(self) -> int:
        """Fire the alarm that is due next, and settle."""
        alarm = _pop(self._heap)
        if not alarm.alive:
            return 0
        time = alarm.time
        self.now = max(self.now, time)
        alarm.time = _NEVER
        alarm.fire(time)
        if self.dirty:
            self.settle()
        return 0

    def settle(self) -> int:
        """Let every venue work off its commands, until nobody has any."""
        rounds = 0
        while self.dirty:
            self.dirty = False
            for settler in self._settlers:
                settler.settle()
            rounds += 1
            if rounds > MAX_SETTLE_ROUNDS:
                names = ", ".join(map(str, self._settlers))
                raise SettleError(
                    f"commands did not come to rest in {MAX_SETTLE_ROUNDS} rounds at time"
                    f" {self.now} ns; venues involved: {names}"
                )
        return 0


def _before(a: Alarm, b: Alarm) -> bool:
    if a.time != b.time:
        return a.time < b.time
    if a.kind != b.kind:
        return a.kind < b.kind
    if a.rank != b.rank:
        return a.rank < b.rank
    return a.sequence < b.sequence


def _sift_up(heap: list[Alarm], i: int) -> int:
    item = heap[i]
    while i > 0:
        parent = (i - 1) >> 1
        if not _before(item, heap[parent]):
            break
        heap[i] = heap[parent]
        i = parent
    heap[i] = item
    return 0


def _sift_down(heap: list[Alarm], i: int) -> int:
    size = len(heap)
    item = heap[i]
    while True:
        child = 2 * i + 1
        if child >= size:
            break
        if child + 1 < size and _before(heap[child + 1], heap[child]):
            child += 1
        if not _before(heap[child], item):
            break
        heap[i] = heap[child]
        i = child
    heap[i] = item
    return 0


def _pop(heap: list[Alarm]) -> Alarm:
    top = heap[0]
    last = heap.pop()
    if heap:
        heap[0] = last
        _sift_down(heap, 0)
    return top
