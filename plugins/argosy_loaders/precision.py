"""How many decimals prices and sizes have: as declared, else as the instrument says."""

from collections.abc import Callable, Mapping
from typing import Any

from argosy.errors import DataError
from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import Instrument

NAMES = ("price_precision", "size_precision")


def digits_of(
    key: InstrumentId | BarType,
    instruments: Mapping[str, Instrument],
    declared: tuple[int | None, int | None],
    *,
    place: str,
    measure: Callable[[], tuple[int, int]],
) -> tuple[int, int]:
    """Return the decimals of prices and sizes of a key.

    Parameters
    ----------
    declared : by the settings; None where they do not say
    measure : counts the decimals of the file, for the cure of an error

    Raises
    ------
    DataError : nobody says how many, or two say different numbers
    """
    name = str(key.instrument_id if isinstance(key, BarType) else key)
    known = instruments.get(name)
    found: list[int] = []
    for which, given in zip(NAMES, declared, strict=True):
        defined: Any = getattr(known, which, None)
        if given is None and defined is None:
            raise _unknown(which, name, place, measure())
        if None not in (given, defined) and given != defined:
            raise DataError(
                f"{which} is {given}, the definition of {name} says {defined}",
                place=place,
                cure="Give the same, or define the instrument anew",
            )
        found.append(defined if given is None else given)
    return found[0], found[1]


def _unknown(which: str, name: str, place: str, most: tuple[int, int]) -> DataError:
    options = " ".join(
        f"--{each.replace('_', '-')} {digits}" for each, digits in zip(NAMES, most, strict=True)
    )
    return DataError(
        f"the {which} of {name} is not known",
        place=place,
        cure=f"Write the instrument into the catalog first, or give {options}, "
        "which is what the file needs",
    )
