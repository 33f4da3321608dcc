"""Grids of time: where one bar ends and the next begins.

A grid answers one question: which interval [open, close) holds a time, or else comes next. Lengths
are counted from midnight UTC of Monday 2000-01-03, months from January 2000, so bars lie where
SQL's ``time_bucket`` puts them, whenever a run begins. Steps that divide a day begin at midnight;
with one origin for all lengths, bars that are a whole number of others begin where those do.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from argosy_bars.session import Session

SECOND_NS = 1_000_000_000
DAY_NS = 86_400 * SECOND_NS
ORIGIN_NS = 10_959 * DAY_NS
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Grid(Protocol):
    """Where bars of one type lie."""

    def interval(self, ns: int) -> tuple[int, int]:
        """Return [open, close) (ns) that holds `ns`, or the first one after it."""
        ...


class LengthGrid:
    """Intervals of one length without gaps.

    Parameters
    ----------
    length_ns : of each interval
    offset_ns : shift of all of them
    """

    def __init__(self, length_ns: int, offset_ns: int = 0) -> None:
        self.length_ns = length_ns
        self.origin_ns = ORIGIN_NS + offset_ns

    def interval(self, ns: int) -> tuple[int, int]:
        """Return [open, close) (ns) that holds `ns`."""
        begin = ns - (ns - self.origin_ns) % self.length_ns
        return begin, begin + self.length_ns


class MonthGrid:
    """Intervals of calendar months, UTC; those that divide a year begin with it."""

    def __init__(self, step: int, offset_ns: int = 0) -> None:
        self.step = step
        self.offset_ns = offset_ns

    def interval(self, ns: int) -> tuple[int, int]:
        """Return [open, close) (ns) that holds `ns`."""
        day = datetime.fromtimestamp((ns - self.offset_ns) // SECOND_NS, UTC)
        months = (day.year - 2000) * 12 + day.month - 1
        first = months - months % self.step
        return self._begin(first), self._begin(first + self.step)

    def _begin(self, months: int) -> int:
        year, month = divmod(months, 12)
        days = (datetime(2000 + year, month + 1, 1, tzinfo=UTC) - _EPOCH).days
        return days * DAY_NS + self.offset_ns


class SessionGrid:
    """Intervals inside the sessions of a market, counted from each opening.

    Parameters
    ----------
    session : when the market is open
    length_ns : of each interval, 0 for whole sessions; the last one of a session may be shorter
    """

    def __init__(self, session: Session, length_ns: int = 0) -> None:
        self.session = session
        self.length_ns = length_ns

    def interval(self, ns: int) -> tuple[int, int]:
        """Return [open, close) (ns) that holds `ns`, or the first one after it."""
        opens, closes = self.session.hours(ns)
        if not self.length_ns:
            return opens, closes
        begin = opens + max(ns - opens, 0) // self.length_ns * self.length_ns
        return begin, min(begin + self.length_ns, closes)
