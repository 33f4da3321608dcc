"""The options of time bars."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from argosy_bars.session import Session

if TYPE_CHECKING:
    from argosy.parts.bar_aggregation import Interval, TimeOf


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeBarOptions:
    """Options of the time bars of one type.

    Parameters
    ----------
    interval : which end of a bar belongs to it; "left-open" is (open, close]
    by : which time of a tick decides its bar; "event" wants a build delay as long as ticks travel
    build_with_no_updates : whether an empty interval gives a bar that repeats the last close
    build_delay_ns : how long after its close a bar is emitted; its stamps do not move
    timestamp_on_close : whether `ts_event` is the close of a left-open bar, else its open
    skip_first_non_full : whether a bar that began before the aggregator did is dropped
    origin_offset_ns : shift of the grid
    session : hours in which bars are built, counted from each opening; for bars up to 1-DAY
    """

    interval: Interval = "left-open"
    by: TimeOf = "init"
    build_with_no_updates: bool = True
    build_delay_ns: int = 0
    timestamp_on_close: bool = True
    skip_first_non_full: bool = False
    origin_offset_ns: int = 0
    session: Session | None = None

    @classmethod
    def of(cls, options: object) -> TimeBarOptions:
        """Return what an object has of these options, its session as text; the rest is as usual."""
        if isinstance(options, TimeBarOptions):
            return options
        names = [each.name for each in fields(cls) if hasattr(options, each.name)]
        found = {name: getattr(options, name) for name in names}
        if isinstance(found.get("session"), str):
            found["session"] = Session.from_str(found["session"])
        return cls(**found)

    @property
    def is_plain(self) -> bool:
        """Whether no tick needs to be compared with the ends of its interval."""
        return (
            self.interval == "left-open"
            and self.by == "init"
            and not self.build_delay_ns
            and self.session is None
        )
