"""Times that were probably counted in another unit than the one that was declared.

A count of seconds read as milliseconds is a time of January 1970, and so is one of milliseconds
read as microseconds. No market data are of that month with fractions of a minute.
"""

from typing import Any, TypeGuard

import numpy as np
import pyarrow as pa

from argosy_loaders.batches import Ints
from argosy_loaders.columns import BadValue
from argosy_loaders.time_hints import is_date, patterns_of, units_of
from argosy_loaders.times import UNITS

NEAR_NS = 4_102_444_800 * 10**6
"""What the seconds until the year 2100 are as milliseconds: 47 days."""

_MINUTE_NS = 60 * 10**9
_ALLOWED = 'say odd_times = "allow" (--set odd_times=allow) if it is meant so'


def odd_scale(times: Ints, spelled: Any, time_format: str | None) -> BadValue | None:
    """Find a time that looks like a count of another unit, or like the digits of a date.

    Parameters
    ----------
    times : ns since 1970
    spelled : how the file has them: a column
    time_format : iso, a pattern, s, ms, us or ns; None for columns of timestamps

    Returns
    -------
    the first of them, and what it would be in another unit; None where all is well
    """
    if not len(times):
        return None
    near = (times >= -NEAR_NS) & (times < NEAR_NS)
    if time_format not in {"ms", "us", "ns"}:
        near &= times % _MINUTE_NS != 0
    if near.any():
        row = int(np.argmax(near))
        return _near(row, _spelled(spelled, row), int(times[row]), time_format)
    if is_counted(time_format) and _are_dates(spelled):
        text = spelled[0].as_py()
        pattern = next(patterns_of(text))
        message = f"{text} as {time_format} is {_text(int(times[0]))}; it looks like a date"
        return BadValue(0, message, f'Give time_format = "{pattern}", or {_ALLOWED}')
    return None


def is_counted(time_format: str | None) -> TypeGuard[str]:
    """Tell whether times are counts of a unit that somebody declared, perhaps the wrong one."""
    return time_format in UNITS


def _are_dates(spelled: Any) -> bool:
    """Tell whether all of a column are the digits of a date; most columns begin with none."""
    return is_date(spelled[0].as_py().strip()) and all(
        is_date(each.strip()) for each in spelled.unique().to_pylist()
    )


def _spelled(column: Any, row: int) -> str:
    return str(column.slice(row, 1).cast(pa.string())[0].as_py()).strip()


def _near(row: int, text: str, ns: int, time_format: str | None) -> BadValue:
    if not is_counted(time_format):
        message = f"{text} is near the beginning of 1970, as where a count was read in a wrong unit"
        return BadValue(row, message, f"Make times of the counts anew, or {_ALLOWED}")
    others = list(units_of(text, time_format))
    message = f"{text} as {time_format} is {_text(ns)}"
    if not others:
        cure = f"Leave out rows without a time, or {_ALLOWED}"
        return BadValue(row, message, cure)
    message = f"{message}; as {others[0][0]} it would be {others[0][1]}"
    cure = f'Give time_format = "{others[0][0]}" (--time-format {others[0][0]}), or {_ALLOWED}'
    return BadValue(row, message, cure)


def _text(ns: int) -> str:
    """Return a time to the microsecond, or to the nanosecond where it has some."""
    moment = str(np.datetime64(ns, "ns"))
    head, _, fraction = moment.partition(".")
    rest = fraction.rstrip("0")
    return f"{head}.{rest}Z" if rest else f"{head}Z"
