"""Moments as nanoseconds since 1970 in UTC: from what users give, and to what they read."""

from datetime import UTC, date, datetime

from argosy.config.values import parse_time
from argosy.errors import CatalogError
from argosy_catalog.lake.intervals import Span
from argosy_catalog.lake.parquet import NS_MAX, NS_MIN

Moment = int | str | date | None
"""Nanoseconds, ISO 8601 text, a datetime or a date (its midnight); without a zone it is UTC."""


def ns_of(moment: Moment, default: int) -> int:
    """Return nanoseconds, or `default` for None.

    Raises
    ------
    CatalogError : no time, or one that nanoseconds cannot reach
    """
    if moment is None:
        return default
    exact = getattr(moment, "value", None)  # a pandas Timestamp knows more than microseconds
    try:
        return parse_time(moment if exact is None else exact)
    except ValueError as error:
        raise CatalogError(str(error), cure="Give ISO 8601, such as 2024-01-31T09:30:00Z") from None


def span_of(start: Moment, end: Moment) -> Span:
    """Return the time from start to end; without one of them it reaches as far as there is time.

    Raises
    ------
    CatalogError : it ends before it begins
    """
    first, last = ns_of(start, NS_MIN), ns_of(end, NS_MAX)
    if last < first:
        raise CatalogError(
            f"the time ends at {text_of(last)}, before it begins at {text_of(first)}",
            cure="Give the earlier time first",
        )
    return first, last


def text_of(ns: int) -> str:
    """Return ISO 8601 text with as many decimals as are needed."""
    seconds, rest = divmod(ns, 10**9)
    moment = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    fraction = f".{rest:09d}".rstrip("0") if rest else ""
    return f"{moment}{fraction}Z"
