"""The part of a run that is counted: from just after its first row to just after its last.

An alert is due after the data of its time, so that two of them lie exactly `rows` - 1 rows apart,
and nothing is added to what a row, an order or an event costs.
"""

from __future__ import annotations

import ctypes
import os

from argosy import Actor
from argosy.kernel.clock import TimeEvent

VARIABLE = "ARGOSY_BENCH_SPAN"
"""Names the library of span.c in the environment of a run that is counted."""


class Span(Actor):
    """Count instructions between two times.

    Parameters
    ----------
    library : made of span.c
    first_ns, last_ns : times of the first and of the last row
    """

    def __init__(self, library: str, first_ns: int, last_ns: int) -> None:
        super().__init__()
        self.requests = ctypes.CDLL(library)
        self.first_ns = first_ns
        self.last_ns = last_ns

    def on_start(self) -> None:
        self.clock.set_time_alert_ns("end", self.last_ns, self._end)
        self.clock.set_time_alert_ns("begin", self.first_ns, self._begin)

    def _begin(self, event: TimeEvent) -> None:
        self.requests.begin()

    def _end(self, event: TimeEvent) -> None:
        self.requests.end()


def wanted() -> str | None:
    """Return the library with which this run is to be counted, None where it is timed."""
    return os.environ.get(VARIABLE)
