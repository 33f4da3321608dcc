"""Requests for history: answered while the same moment settles, and never beyond it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from argosy.errors import InputError
from argosy.kernel.bus import MessageBus
from argosy.kernel.clock import to_ns
from argosy.kernel.timeline import Settler, Timeline

# (data type, key, start ns, end ns) -> objects in order of ts_init
History = Callable[[type, Any, int | None, int], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class HistoryRequest:
    """What someone wants to know of the past.

    Parameters
    ----------
    start, end : both inclusive, by `ts_init`; None for the first there is, and for now
    limit : the newest so many, 0 for all
    deliver : called with each object
    done : called with the id of the request afterwards
    """

    data_type: type
    key: Any
    start: datetime | None
    end: datetime | None
    limit: int
    deliver: Callable[[Any], object]
    done: Callable[[Any], object] | None


@dataclass(frozen=True, slots=True)
class _Waiting:
    request_id: int
    request: HistoryRequest
    start_ns: int | None
    end_ns: int


class HistoryDesk(Settler):
    """Answer requests when the current datum settles; nothing known later is handed out.

    Parameters
    ----------
    bus : asked what to do when a handler raises
    history : finds the objects
    """

    def __init__(self, timeline: Timeline, bus: MessageBus, history: History) -> None:
        self._timeline = timeline
        self._bus = bus
        self._history = history
        self._waiting: list[_Waiting] = []
        self._count = 0

    def __repr__(self) -> str:
        return "HistoryDesk()"

    def add(self, request: HistoryRequest) -> int:
        """Queue a request and return its id.

        Raises
        ------
        InputError : the limit is below zero
        ValueRangeError : a time has no time zone
        """
        if request.limit < 0:
            raise InputError(
                f"a request for {request.key} has a limit of {request.limit}",
                cure="Give the number of objects, or 0 for all",
            )
        now = self._timeline.now
        start = None if request.start is None else to_ns(request.start)
        end = now if request.end is None else min(now, to_ns(request.end))
        self._count += 1
        self._waiting.append(_Waiting(self._count, request, start, end))
        self._timeline.wake()
        return self._count

    def settle(self) -> int:
        """Answer what waits, if anything does."""
        if self._waiting:
            self.on_settle()
        return 0

    def on_settle(self) -> None:
        """Answer what waits."""
        waiting, self._waiting = self._waiting, []
        for each in waiting:
            self._deliver(each)

    def _deliver(self, waiting: _Waiting) -> None:
        request = waiting.request
        for item in self._answer(waiting):
            if not self._call(request.deliver, item):
                return
        if request.done is not None:
            self._call(request.done, waiting.request_id)

    def _answer(self, waiting: _Waiting) -> Iterable[Any]:
        request = waiting.request
        found = self._history(request.data_type, request.key, waiting.start_ns, waiting.end_ns)
        # All of it first: a handler may ask again, of the same data.
        return deque(found, request.limit or None)

    def _call(self, handler: Callable[[Any], object], argument: Any) -> bool:
        """Call a handler; return whether it went well."""
        try:
            handler(argument)
        except (Exception, SystemExit) as error:
            self._bus.fail(handler, error)
            return False
        return True
