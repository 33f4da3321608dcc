"""Settings of declared columns of which one would silently undo another."""

from collections.abc import Mapping as Table
from typing import Any

from argosy.errors import ArgosyError, ConfigError
from argosy.model.bar_type import BarSpecification
from argosy.model.data_kind import DataKind
from argosy.model.identifiers import InstrumentId, Venue
from argosy_loaders.bar_ends import has_days
from argosy_loaders.times import UNITS, Clock
from argosy_loaders.zones import UTC

TIMES = frozenset({"ts_event", "ts_init"})


def check_owner(
    instrument: InstrumentId | None,
    venue: Venue | None,
    *,
    instrument_column: str | None,
    venue_column: str | None,
    bar_type: str | None,
) -> None:
    """Refuse two answers to whose rows they are.

    Raises
    ------
    ConfigError : names both
    """
    if instrument and instrument_column:
        raise ConfigError("instrument and instrument_column exclude each other")
    if venue_column and not instrument_column:
        raise ConfigError("venue_column needs an instrument_column")
    if venue_column and venue:
        raise ConfigError("venue_column and venue exclude each other")
    check_venue(instrument, venue)
    if not bar_type or "." not in bar_type:
        return
    owner = bar_type.removesuffix("-EXTERNAL").rsplit("-", 3)[0]
    if instrument_column or instrument not in (None, owner):
        other = instrument or f"the column {instrument_column!r}"
        raise ConfigError(
            f"bar_type is of {owner}, the rows are of {other}",
            cure="Give only the specification of the bars, such as 1-MINUTE-BID",
        )


def check_venue(instrument: InstrumentId | None, venue: Venue | None) -> None:
    """Refuse a venue that is not that of the instrument.

    Raises
    ------
    ConfigError : names both
    """
    if instrument is not None and venue not in (None, instrument.venue):
        raise ConfigError(
            f"the venue is {venue}, the instrument {instrument}",
            cure="Leave out the venue: the instrument has its own",
        )


def check_fields(
    kind: DataKind,
    *,
    columns: Table[str, str | list[str]],
    constants: Table[str, str],
    values: Table[str, Table[str, str]],
) -> None:
    """Refuse what is said of fields that there are not, or that are said twice.

    Raises
    ------
    ConfigError : names the field
    """
    fields = [*sorted(TIMES), *(each.name for each in kind.fields)]
    tables = {"columns": columns, "constants": constants, "values": values}
    for table, given in tables.items():
        for field in given:
            if field not in fields:
                raise ConfigError(
                    f"{table}: a {kind.name} has no field {field!r}",
                    cure=f"Its fields are {', '.join(fields)}",
                )
    for field, column in columns.items():
        if field in constants:
            raise ConfigError(
                f"{field} is both a column and a constant", cure="Leave out one of them"
            )
        if not isinstance(column, str) and (field not in TIMES or len(column) != 2):
            raise ConfigError(
                f"columns: {field} has {len(column)} columns",
                cure="Give one; only a time may have two, its day and its clock",
            )
    for field, words in values.items():
        _check_words(field, words, kind)


def _check_words(field: str, words: Table[str, str], kind: DataKind) -> None:
    members: Any = kind.codes.get(field)
    if members is None:
        coded = ", ".join(kind.codes) or "none"
        raise ConfigError(
            f"values: {field} is no code", cure=f"Of a {kind.name} these are: {coded}"
        )
    for word in words.values():
        try:
            members(word)
        except (ValueError, ArgosyError) as error:
            names = ", ".join(member.value for member in members)
            message = f"values: {word!r} is no {field}"
            raise ConfigError(message, cure=f"Give one of {names}") from error


def check_times(
    kind: DataKind, spec: BarSpecification | None, *, time_format: str, zone: str, stamp: str
) -> None:
    """Refuse a format, a zone or a stamp that would not be heeded.

    Parameters
    ----------
    spec : of bars

    Raises
    ------
    ConfigError : names the setting
    """
    clock = Clock.of(time_format, zone)
    if stamp == "open" and spec is None:
        raise ConfigError(
            f'stamp = "open" is of bars, a {kind.name} has no open', cure="Leave out stamp"
        )
    of_days = spec is not None and has_days(spec) and stamp == "open"
    if time_format in UNITS and clock.zone != UTC and not of_days:
        raise ConfigError(
            f"times in {time_format} are counted in UTC, zone {zone!r} is not heeded",
            cure="Leave out zone",
        )
