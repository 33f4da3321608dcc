"""What commands of upkeep are told: a type, names, and a time."""

import re
from datetime import date
from typing import Any

import click

from argosy.errors import CatalogError, UnknownNameError

AGE = re.compile(r"(\d+(?:\.\d+)?)([dhm])")
UNITS = {"d": 1.0, "h": 1 / 24, "m": 1 / 1440}
DAY_NS = 86_400 * 10**9


def SPAN(command: Any) -> Any:  # it is used as other options are
    """Add the options that say which time a command is about."""
    for option in (
        click.option("--day", help="All of a day (UTC), such as 2024-01-31."),
        click.option("--end", help="The last moment, which is included."),
        click.option("--start", help="The first moment, such as 2024-01-31T09:30."),
    ):
        command = option(command)
    return command


def span_of(start: str | None, end: str | None, day: str | None) -> tuple[Any, Any]:
    """Return start and end as the catalog takes them.

    Raises
    ------
    CatalogError : a day beside a start or an end, or no day
    """
    if day is None:
        return start, end
    if start is not None or end is not None:
        raise CatalogError("a day has its start and its end", cure="Give --day, or the others")
    from argosy.config.values import parse_time

    try:
        first = parse_time(date.fromisoformat(day))
    except ValueError as error:
        raise CatalogError(f"--day: {error}", cure="Give one such as 2024-01-31") from None
    return first, first + DAY_NS - 1


def data_type_of(name: str) -> type:
    """Return the class whose rows a view of market data has."""
    from argosy_catalog.commands.options import known_kinds
    from argosy_catalog.lake.kinds import Stored

    kinds = Stored(known_kinds())
    found = kinds.view(name)
    if found is None:
        raise UnknownNameError("type of market data", name, [kind.name for kind in kinds])
    return found.data_type


def snapshot_of(text: str) -> int | str:
    """Return the number of a snapshot, or a time."""
    return int(text) if text.isdecimal() else text


def before(text: str) -> Any:
    """Return a time: as it is given, or so long ago as 30d, 12h or 5m."""
    match = AGE.fullmatch(text)
    if match is None:
        return text
    from argosy_catalog.upkeep.expiry import ago

    return ago(float(match[1]) * UNITS[match[2]])
