"""When bars that are stamped at their open end: hours are lengths, days are those of a zone.

A day ends when the next one begins where it is a day: after 23, 24 or 25 hours. A week ends at the
same local time seven days later, a month at the same local time of the same day of a later month;
the last day of a month leads to the last day of another.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from argosy.model.bar_type import BarSpecification
from argosy.model.enums import BarAggregation
from argosy_loaders.batches import Ints, raw_of
from argosy_loaders.times import Clock
from argosy_loaders.zones import UTC

pc: Any = pyarrow.compute  # its functions are made when it is imported

DAY_NS = 86_400 * 10**9

_DAYS = {BarAggregation.DAY: 1, BarAggregation.WEEK: 7}
_NS = pa.timestamp("ns")


def has_days(spec: BarSpecification) -> bool:
    """Tell whether bars are whole days, weeks or months."""
    return spec.aggregation in _DAYS or spec.aggregation is BarAggregation.MONTH


def has_end(spec: BarSpecification) -> bool:
    """Tell whether a bar's open says when it ends."""
    return spec.interval_ns > 0 or has_days(spec)


def ends(opens: Any, spec: BarSpecification, clock: Clock) -> Any:
    """Return when bars end, as timestamp('ns') in UTC.

    Parameters
    ----------
    opens : when they begin, likewise
    clock : knows the zone of the days

    Raises
    ------
    ArrowInvalid : an end is beyond what nanoseconds reach
    """
    is_length = not has_days(spec) or (
        clock.zone == UTC and spec.aggregation is not BarAggregation.MONTH
    )
    if is_length:
        return pc.add_checked(opens, pa.scalar(spec.interval_ns, pa.duration("ns")))
    local = _begins(opens, clock)
    if spec.aggregation is BarAggregation.MONTH:
        later = _months_later(local, spec.step)
    else:
        later = _days_later(local, spec.step * _DAYS[spec.aggregation])
    return clock.in_utc(pa.array(later).cast(_NS))


def _begins(opens: Any, clock: Clock) -> Ints:
    """Return local times, midnight for a day that begins later as its first hour is skipped."""
    if clock.zone == UTC:
        return raw_of(opens)
    zoned = opens.cast(pa.timestamp("ns", UTC)).cast(pa.timestamp("ns", clock.zone))
    local = raw_of(pc.local_timestamp(zoned))
    midnights = local - local % DAY_NS
    skipped = raw_of(clock.in_utc(pa.array(midnights).cast(_NS))) == raw_of(opens)
    begins: Ints = np.where(skipped, midnights, local)
    return begins


def _days_later(local: Ints, days: int) -> Ints:
    later: Ints = raw_of(
        pc.add_checked(pa.array(local).cast(_NS), pa.scalar(days * DAY_NS, pa.duration("ns")))
    )
    return later


def _months_later(local: Ints, count: int) -> Ints:
    """Return the same day and time of a later month."""
    days = np.floor_divide(local, DAY_NS).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    days_in, last_day = _day_of(days), _length(months)
    day = np.where(days_in == last_day, 31, days_in)
    target = months + count
    if target.max() >= np.datetime64("2262-04", "M"):
        raise pa.ArrowInvalid("a time is beyond the year 2262")
    begins = target.astype("datetime64[D]").astype(np.int64)
    later: Ints = (begins + np.minimum(day, _length(target)) - 1) * DAY_NS + local % DAY_NS
    return later


def _day_of(days: Any) -> Any:
    return (days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1


def _length(months: Any) -> Any:
    """Return how many days months have."""
    begins, following = (each.astype("datetime64[D]") for each in (months, months + 1))
    return (following - begins).astype(np.int64)
