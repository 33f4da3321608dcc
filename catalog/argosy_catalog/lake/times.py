"""Moments as nanoseconds since 1970 in UTC: from what users give, and to what they read."""

from datetime import UTC, date, datetime

from argosy.config.values import parse_time
from argosy.errors import CatalogError

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


def text_of(ns: int) -> str:
    """Return ISO 8601 text with as many decimals as are needed."""
    seconds, rest = divmod(ns, 10**9)
    moment = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    fraction = f".{rest:09d}".rstrip("0") if rest else ""
    return f"{moment}{fraction}Z"
