"""How bars are cut from ticks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from argosy.model.bar_type import BarType

Interval = Literal["left-open", "right-open"]
TimeOf = Literal["init", "event"]


@dataclass(frozen=True, slots=True)
class BarOptions:
    """Options of one bar type.

    Parameters
    ----------
    interval : which end of a time bar belongs to it; "left-open" is (start, end]
    by : which timestamp of a tick decides its bar; "event" with a build delay counts late ticks
    build_with_no_updates : whether an interval without a tick gives a bar
    build_delay_ns : how long after its end a time bar is emitted, >= 0; its stamps do not move
    skip_first_non_full : whether a first bar that began before the data is dropped
    origin_offset_ns : shift of the time bars' grid, >= 0
    timestamp_on_close : whether `ts_event` of a left-open time bar is its end, else its beginning
    session : hours in which time bars are built, such as "Mon-Fri 09:30-16:00 America/New_York"
    """

    interval: Interval = "left-open"
    by: TimeOf = "init"
    build_with_no_updates: bool = True
    build_delay_ns: int = 0
    skip_first_non_full: bool = False
    origin_offset_ns: int = 0
    timestamp_on_close: bool = True
    session: str | None = None


@dataclass(frozen=True, slots=True)
class BarRules:
    """Options of all bar types.

    Parameters
    ----------
    default : of every type that has none of its own
    types : of single types, complete
    """

    default: BarOptions = BarOptions()
    types: Mapping[BarType, BarOptions] = field(default_factory=dict)

    def options(self, bar_type: BarType) -> BarOptions:
        """Return the options of a bar type."""
        return self.types.get(bar_type, self.default)
