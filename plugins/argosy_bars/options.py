"""The options of time bars, as a settings model."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from argosy.config.bars import Interval, TimeOf
from argosy.config.settings import BoolField, DurationField, Settings, Spelled
from argosy.config.values import Spelling
from argosy_bars.session import Session

_SESSION = Spelling(
    Session.from_str, {"type": "string", "examples": ["Mon-Fri 09:30-16:00 America/New_York"]}
)


class TimeBarOptions(Settings):
    """Options of the time bars of one type.

    Parameters
    ----------
    interval : which end of a bar belongs to it; "left-open" is (open, close]
    by : which time of a tick decides its bar; "event" wants a build delay as long as ticks travel
    build_with_no_updates : whether an empty interval gives a bar that repeats the last close
    build_delay_ns : how long after its close a bar is emitted; its stamps do not move
    timestamp_on_close : whether `ts_event` is the close of a left-open bar, else its open
    skip_first_non_full : whether a bar that began before the run is dropped
    origin_offset_ns : shift of the grid
    session : hours in which bars are built, from each opening on; for bars up to 1-DAY
    """

    interval: Interval = "left-open"
    by: TimeOf = "init"
    build_with_no_updates: BoolField = True
    build_delay_ns: Annotated[DurationField, Field(alias="build_delay")] = 0
    timestamp_on_close: BoolField = True
    skip_first_non_full: BoolField = False
    origin_offset_ns: Annotated[DurationField, Field(alias="origin_offset")] = 0
    session: Annotated[Session | None, Spelled(_SESSION)] = None
