"""What a kind of data is, and what a room of the house keeps for each; `kinds` lists them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

import msgspec

from argosy.errors import PluginError, suggest
from argosy.model.bar_type import BarType
from argosy.model.enums import Named
from argosy.model.identifiers import InstrumentId, Venue

T = TypeVar("T")


class Holds(StrEnum):
    """What a field holds, and so how it travels in columns."""

    PRICE = "price"  # a decimal of the precision of prices
    SIZE = "size"  # a decimal of the precision of sizes
    CODE = "code"  # a member of an enum
    TEXT = "text"
    FLAG = "flag"  # true or false
    INT64 = "int64"
    UINT8 = "uint8"
    UINT64 = "uint64"


@dataclass(frozen=True, slots=True)
class DataField:
    """One field of a kind, beside its key and its two times.

    Parameters
    ----------
    codes : the enum of a CODE
    is_optional : whether a value may be missing
    """

    name: str
    holds: Holds
    codes: type[Named] | None = None
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class DataKey:
    """Whose data a kind is.

    Parameters
    ----------
    attribute : of an object, that holds it
    parse : reads it from text
    """

    attribute: str
    parse: Callable[[str], Any]


INSTRUMENT_KEY: Final = DataKey("instrument_id", InstrumentId)
BAR_TYPE_KEY: Final = DataKey("bar_type", BarType.from_str)
VENUE_KEY: Final = DataKey("venue", Venue)
DEFINED_KEY: Final = DataKey("id", InstrumentId)
"""Of definitions: the instrument that one defines."""


@dataclass(frozen=True, slots=True)
class DataKind:
    """One kind of data.

    Parameters
    ----------
    name : of one: what system files, loaders and records call it
    plural : of many: what the view of a catalog is called
    data_type : the class of its objects, which have the key, `ts_event`, `ts_init` and the fields
        as attributes
    key : whose it is
    fields : in the order of columns; none where it is no row, such as a whole book
    """

    name: str
    plural: str
    data_type: type
    key: DataKey
    fields: tuple[DataField, ...] = ()

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"DataKind({self.name!r})"

    @property
    def names(self) -> frozenset[str]:
        """What it is called in one place or another; no other kind may be called so."""
        return frozenset((self.name, self.plural, self.data_type.__name__))

    @property
    def prices(self) -> tuple[str, ...]:
        """The fields that have the precision of prices."""
        return self._holding(Holds.PRICE)

    @property
    def sizes(self) -> tuple[str, ...]:
        """The fields that have the precision of sizes."""
        return self._holding(Holds.SIZE)

    @property
    def codes(self) -> dict[str, type[Named]]:
        """The fields that hold codes, and whose codes they are."""
        return {each.name: each.codes for each in self.fields if each.codes is not None}

    def key_of(self, item: Any) -> Any:
        """Return whose an object is."""
        return getattr(item, self.key.attribute)

    def _holding(self, what: Holds) -> tuple[str, ...]:
        return tuple(each.name for each in self.fields if each.holds is what)


@dataclass(frozen=True)
class Column(Generic[T]):
    """What one room does for each kind of data.

    Parameters
    ----------
    room : what the house test calls it
    entries : what it does, by kind
    without : the kinds that it leaves out, and why
    """

    room: str
    entries: Mapping[DataKind, T]
    without: Mapping[DataKind, str] = field(default_factory=dict)

    def __getitem__(self, kind: DataKind) -> T:
        return self.entries[kind]

    def __contains__(self, kind: object) -> bool:
        return kind in self.entries

    def __iter__(self) -> Iterator[DataKind]:
        return iter(self.entries)

    def get(self, kind: DataKind | None, otherwise: Any = None) -> Any:
        """Return the entry of a kind, else what is given."""
        return otherwise if kind is None else self.entries.get(kind, otherwise)

    def missing(self, kinds: Iterable[DataKind]) -> list[str]:
        """Return the names of kinds of which the room says nothing."""
        known = {*self.entries, *self.without}
        return [kind.name for kind in kinds if kind not in known]


def check_kind(kind: DataKind) -> None:
    """Refuse a kind whose class does not hold what it says.

    Raises
    ------
    PluginError : says what is missing
    """
    place = f"data kind {kind.name!r}"
    for name in (kind.name, kind.plural):
        if not (name.isidentifier() and name.islower() and name.isascii()):
            raise PluginError(f"{name!r} is no name", place=place, cure="Use small letters and _")
    if kind.key not in (INSTRUMENT_KEY, BAR_TYPE_KEY):
        cure = "Give INSTRUMENT_KEY or BAR_TYPE_KEY"
        raise PluginError("its data is of no instrument", place=place, cure=cure)
    if not kind.fields:
        raise PluginError("it has no fields", place=place, cure="List what its class holds")
    for each in kind.fields:
        if (each.holds is Holds.CODE) != (each.codes is not None):
            cure = "Give a CODE its enum, and nothing else"
            raise PluginError(f"field {each.name!r} has no codes", place=place, cure=cure)
        if each.is_optional and each.holds is not Holds.TEXT:
            cure = "Let only TEXT be optional: a number that means none is none"
            raise PluginError(f"field {each.name!r} may be missing", place=place, cure=cure)
    if issubclass(kind.data_type, msgspec.Struct):
        own = kind.data_type.__struct_fields__
        wanted = [kind.key.attribute, "ts_event", "ts_init", *(each.name for each in kind.fields)]
        for name in wanted:
            if name not in own:
                cure = suggest(name, own)
                message = f"{kind.data_type.__name__} has no field {name!r}"
                raise PluginError(message, place=place, cure=cure[:1].upper() + cure[1:])
