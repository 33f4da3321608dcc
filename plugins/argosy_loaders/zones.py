"""Time zones as settings and files name them: by place, as UTC, or by an offset such as +02."""

import re
from zoneinfo import available_timezones

import pyarrow as pa
import pyarrow.compute

from argosy.errors import ConfigError, suggest

UTC = "UTC"

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_LONGEST = 14 * 60  # minutes: Kiritimati is so far ahead of UTC


def known_zone(name: str) -> str:
    """Return a zone as Arrow spells it.

    Parameters
    ----------
    name : such as America/New_York, UTC, Z, +02, +0530, -05:00 or UTC+2

    Raises
    ------
    ConfigError : nobody knows it
    """
    if name.strip().upper() in {"UTC", "GMT", "Z"}:
        return UTC
    offset = _OFFSET.fullmatch(name.strip())
    if offset is not None:
        return _fixed(name, offset)
    try:
        options = pyarrow.compute.AssumeTimezoneOptions(name)
        moment = pa.array([0]).cast(pa.timestamp("ns"))
        pyarrow.compute.call_function("assume_timezone", [moment], options)
    except (pa.ArrowException, OSError) as error:
        raise _unknown(name) from error
    return name


def _fixed(name: str, offset: re.Match[str]) -> str:
    sign, hours, minutes = offset[1], int(offset[2]), int(offset[3] or 0)
    if minutes >= 60 or hours * 60 + minutes > _LONGEST:
        raise _unknown(name)
    return f"{sign}{hours:02}:{minutes:02}" if hours or minutes else UTC


def _unknown(name: str) -> ConfigError:
    near = suggest(name, available_timezones())
    cure = 'Give one such as "America/New_York", "UTC" or "+02:00"'
    return ConfigError(
        f"unknown time zone {name!r}", cure=f"D{near[1:]}" if near.startswith("did") else cure
    )
