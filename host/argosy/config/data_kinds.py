"""The kinds of data that a system may name: the host's, and what its plugins bring."""

from typing import TYPE_CHECKING

from argosy.errors import ArgosyError, InputError, PluginError
from argosy.model.data_kind import BAR_TYPE_KEY, INSTRUMENT_KEY, Column, DataKind
from argosy.model.kinds import (
    BAR,
    BOOK_DELTAS,
    BOOK_SNAPSHOT,
    DEFINITION,
    DELTA,
    INSTRUMENT_STATUS,
    KINDS,
    QUOTE,
    TICKER,
    TRADE,
    VENUE_STATUS,
    Kinds,
)

if TYPE_CHECKING:
    from argosy.parts.registration import Part, Parts

WORDS: Column[bool] = Column(
    "tables of data in a system file",
    {QUOTE: True, TRADE: True, BAR: True, DELTA: False},
    without={
        BOOK_DELTAS: "named as deltas",
        BOOK_SNAPSHOT: "named as deltas",
        TICKER: "catalogs keep none",
        DEFINITION: "known before the start, from [[instruments]] or the catalog",
        INSTRUMENT_STATUS: "kept by catalogs, but not replayed by a table of data",
        VENUE_STATUS: "kept by catalogs, but not replayed by a table of data",
    },
)
"""The kinds that a table may name, and whether the rows of a query may be of them, too."""

NAMES = {INSTRUMENT_KEY: "instruments", BAR_TYPE_KEY: "bar_types"}
"""Whose the data of a kind is -> the key of a table that says whose rows it wants."""


def kinds_of(parts: "Parts") -> Kinds:
    """Return all kinds of data: one that cannot be made is left out, and told to who names it.

    Parameters
    ----------
    parts : the plugin host
    """
    known = KINDS
    for part in parts.parts("data_kinds").values():
        try:
            known = known.plus(made(part))
        except InputError:
            continue
    return known


def made(part: "Part") -> DataKind:
    """Return the kind that a plugin describes.

    Raises
    ------
    PluginError : it cannot be made, or is not what its plugin calls it
    """
    try:
        kind = part.factory()
    except ArgosyError:
        raise
    except Exception as error:
        message = f"{part.label} cannot be made: {type(error).__name__}: {error}"
        raise PluginError(message, cure=f"Repair or update plugin {part.plugin!r}") from error
    if not isinstance(kind, DataKind) or kind.name != part.name:
        message = f"the factory of {part.label} returns {kind!r}"
        raise PluginError(message, cure=f"Return a DataKind of the name {part.name!r}")
    return kind
