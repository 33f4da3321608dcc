"""Requests for history: answered while the same moment settles, and never beyond it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from argosy.kernel.clock import to_ns
from argosy.kernel.timeline import Settler, Timeline

# (data type, key, start ns, end ns) -> objects in order of ts_init
History = Callable[[type, Any, int | None, int], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class HistoryRequest:
    """What someone wants to know of the past.

    Parameters
    ----------
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


class HistoryDesk(Settler):
    """Answer requests when the current datum settles; nothing known later is handed out."""

    def __init__(self, timeline: Timeline, history: History) -> None:
        self._timeline = timeline
        self._history = history
        self._waiting: list[tuple[int, HistoryRequest]] = []
        self._count = 0

    def __repr__(self) -> str:
        return "HistoryDesk()"

    def add(self, request: HistoryRequest) -> int:
        """Queue a request and return its id."""
        self._count += 1
        self._waiting.append((self._count, request))
        self._timeline.wake()
        return self._count

    def on_settle(self) -> None:
        """Answer what waits."""
        waiting, self._waiting = self._waiting, []
        for request_id, request in waiting:
            for item in self._answer(request):
                request.deliver(item)
            if request.done is not None:
                request.done(request_id)

    def _answer(self, request: HistoryRequest) -> list[Any]:
        now = self._timeline.now
        start = None if request.start is None else to_ns(request.start)
        end = now if request.end is None else min(now, to_ns(request.end))
        found = list(self._history(request.data_type, request.key, start, end))
        return found[-request.limit :] if request.limit else found
