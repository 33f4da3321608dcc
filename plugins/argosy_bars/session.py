"""Sessions: the hours in which a market is open, as a text such as ``Mon-Fri 09:30-16:00``."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from argosy.errors import ConfigError

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = r"(\d{2}:\d{2}(?::\d{2})?)"
_TEXT = re.compile(rf"(?:([A-Za-z,-]+) )?{_CLOCK}-{_CLOCK}(?: (\S+))?")
_CURE = "Write it like 'Mon-Fri 09:30-16:00 America/New_York'; days and zone (UTC) may be left out"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Session:
    """Opening hours that repeat every week.

    Parameters
    ----------
    days : weekdays on which it opens, 0 is Monday
    opens, closes : local times; a close that is not later than the opening is on the next day
    zone : whose local times they are
    """

    def __init__(self, days: frozenset[int], opens: time, closes: time, zone: tzinfo) -> None:
        self.days = days
        self.opens = opens
        self.closes = closes
        self.zone = zone
        self._latest = (0, 0)

    @classmethod
    def from_str(cls, text: str) -> Session:
        """Return the session that a text spells.

        Raises
        ------
        ConfigError : names the text, what is wrong with it, and a right one
        """
        match = _TEXT.fullmatch(text.strip())
        if match is None:
            raise _fault(text, "this is no session")
        days, opens, closes, zone = match.groups()
        try:
            hours = time.fromisoformat(opens), time.fromisoformat(closes)
        except ValueError as error:
            raise _fault(text, str(error)) from None
        return cls(_weekdays(text, days or "mon-sun"), *hours, _zone(text, zone))

    def hours(self, ns: int) -> tuple[int, int]:
        """Return [opening, close) (ns) of the session that holds `ns`, or of the next one."""
        opens, closes = self._latest
        if not opens <= ns < closes:
            day = (_EPOCH + timedelta(microseconds=ns // 1_000)).astimezone(self.zone).date()
            opens, closes = self._from_day(day - timedelta(days=1), ns)
            self._latest = opens, closes
        return opens, closes

    def _from_day(self, day: date, ns: int) -> tuple[int, int]:
        while True:
            if day.weekday() in self.days:
                overnight = timedelta(days=self.closes <= self.opens)
                closes = self._ns(day + overnight, self.closes)
                if ns < closes:
                    return self._ns(day, self.opens), closes
            day += timedelta(days=1)

    def _ns(self, day: date, clock: time) -> int:
        moment = datetime.combine(day, clock, self.zone).astimezone(UTC)
        return (moment - _EPOCH) // timedelta(seconds=1) * 1_000_000_000


def _weekdays(text: str, days: str) -> frozenset[int]:
    found: set[int] = set()
    for part in days.lower().split(","):
        first, dash, last = part.partition("-")
        if first not in _DAYS or (dash and last not in _DAYS):
            raise _fault(text, f"{part!r} are no weekdays")
        begin = _DAYS.index(first)
        count = (_DAYS.index(last) - begin) % 7 if dash else 0
        found.update((begin + i) % 7 for i in range(count + 1))
    return frozenset(found)


def _zone(text: str, name: str | None) -> tzinfo:
    if name is None or name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _fault(text, f"the time zone {name!r} is not known here") from None


def _fault(text: str, problem: str) -> ConfigError:
    return ConfigError(problem, place=f"session {text!r}", cure=_CURE)
