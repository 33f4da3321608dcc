"""What a time that cannot be read, or that reads oddly, was probably meant to be."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pyarrow as pa

from argosy_loaders.time_patterns import Pattern

_UNITS = {"s": 0, "ms": 3, "us": 6, "ns": 9}  # decimals of a second
_YEARS = (1990, 2100)  # of which most data are
_MIDNIGHT = re.compile(r"[T ]24:?00")
_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,9})?")
_DIGITS = {
    8: "%Y%m%d",
    10: "%Y%m%d%H",
    12: "%Y%m%d%H%M",
    14: "%Y%m%d%H%M%S",
    17: "%Y%m%d%H%M%S%f",
}
_DAYS = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y"),
    *("%m-%d-%Y", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%b-%Y", "%d %b %Y", "%b %d, %Y"),
    *("%d%b%Y", "%Y%m%d"),
)
_CLOCKS = ("", " %H:%M", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", " %H%M%S", ",%H:%M:%S")


def cure_of(text: str, time_format: str) -> str:
    """Say what to do about a time that is not of the declared format."""
    if _MIDNIGHT.search(text):
        return "Write 24:00 as 00:00 of the next day"
    units = [f'time_format = "{unit}" ({moment})' for unit, moment in units_of(text, time_format)]
    if units:
        return f"Give {' or '.join(units)}"
    patterns = [f'"{each}"' for each in patterns_of(text) if each != time_format]
    if patterns:
        return f"Give time_format = {' or '.join(patterns[:3])}, if that is how it is written"
    return "Give time_format and zone as the file has them"


def units_of(text: str, but: str) -> Iterator[tuple[str, str]]:
    """Yield the units, except one, in which a number is a time of our days, and that time."""
    if _NUMBER.fullmatch(text):
        for unit, decimals in _UNITS.items():
            moment = _moment(Decimal(text).scaleb(-decimals))
            if unit != but and moment is not None:
                yield unit, moment


def patterns_of(text: str) -> Iterator[str]:
    """Yield usual patterns that a text fits."""
    if text.isdecimal() and len(text) in _DIGITS and is_date(text):
        yield _DIGITS[len(text)]
        return
    for day in _DAYS:
        for clock in _CLOCKS:
            if _fits(text, f"{day}{clock}"):
                yield f"{day}{clock}"


def is_date(text: str) -> bool:
    """Tell whether digits are those of a year, a month, a day and maybe a time of our days."""
    if len(text) not in _DIGITS or not "1950" <= text[:4] <= "2100":
        return False
    return _fits(text, _DIGITS[len(text)])


def _fits(text: str, time_format: str) -> bool:
    try:
        moments, _ = Pattern.of(time_format).iso(pa.array([text]))
        moments.cast(pa.timestamp("ns"))
    except pa.ArrowInvalid:
        return False
    return True


def _moment(seconds: Decimal) -> str | None:
    """Return a time as text if it lies in the years that most data are of."""
    if not 0 < seconds < 5 * 10**9:
        return None
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds))
    if not _YEARS[0] <= moment.year < _YEARS[1]:
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
