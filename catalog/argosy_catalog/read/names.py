"""What users call the things that a catalog holds."""

from collections.abc import Collection

from argosy.errors import CatalogError, suggest
from argosy.model.bar_type import BarType
from argosy.model.data_kind import BAR_TYPE_KEY
from argosy_catalog.lake.kinds import Kind

Names = str | BarType | Collection[str | BarType] | None
"""One name, several, or None for all. Bars answer to their bar type and to their instrument id."""


def names_of(identifiers: Names) -> list[str] | None:
    """Return names as text, None for all."""
    if identifiers is None:
        return None
    if isinstance(identifiers, str | BarType):
        return [str(identifiers)]
    return [str(each) for each in identifiers]


def answers(kind: Kind, key: str, name: str) -> bool:
    """Tell whether a key is a bar type, or of an instrument, that is called `name`."""
    return key == name or (
        kind.of.key is BAR_TYPE_KEY and str(BarType.from_str(key).instrument_id) == name
    )


def chosen(kind: Kind, keys: Collection[str], names: list[str] | None, place: str) -> list[str]:
    """Return the keys that answer to names.

    Raises
    ------
    CatalogError : one of the names is that of no key
    """
    if names is None:
        return sorted(keys)
    found: dict[str, None] = {}
    for name in names:
        same = [key for key in sorted(keys) if answers(kind, key, name)]
        if not same:
            hint = suggest(name, sorted(keys)) or "`argosy catalog ls` shows what there is"
            raise CatalogError(
                f"there are no {kind.name} of {name}",
                place=place,
                cure=hint[:1].upper() + hint[1:],
            )
        found |= dict.fromkeys(same)
    return list(found)
