"""Which types travel under which name; open to types that plugins add."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from argosy.errors import DuplicateNameError, UnknownNameError
from argosy.model import commands, reports
from argosy.model.codec import register_codec
from argosy.model.events import account, order, position
from argosy.model.instruments import INSTRUMENT_CLASSES, SyntheticInstrument
from argosy.model.kinds import DEFINITION, KINDS
from argosy.model.orders import Order
from argosy.model.position import Position
from argosy.serialization.aggregates import (
    order_from_dict,
    order_to_dict,
    position_from_dict,
    position_to_dict,
)

T = TypeVar("T")


def _messages() -> list[type]:
    """Return the classes of events, commands and reports: each that has a tag and no subclass."""
    return [
        each
        for module in (account, order, position, commands, reports)
        for each in vars(module).values()
        if isinstance(each, type)
        and issubclass(each, msgspec.Struct)
        and each.__module__ == module.__name__
        and each.__struct_config__.tag is not None
        and not each.__subclasses__()
    ]


_TYPES: dict[str, type[Any]] = {
    each.__name__: each
    for each in (
        *(kind.data_type for kind in KINDS if kind is not DEFINITION),
        SyntheticInstrument,
        *INSTRUMENT_CLASSES.values(),
        *_messages(),
    )
}
_NAMES: dict[type[Any], str] = {kind: name for name, kind in _TYPES.items()}
# Types that are spelled by functions; a subclass of one is spelled like it.
_ADDED: dict[type[Any], tuple[Callable[[Any], dict[str, Any]], Callable[[Any], Any]]] = {}
_BASES: dict[type[Any], type[Any] | None] = {}  # what `_known` found


def _known(kind: type[Any]) -> type[Any] | None:
    """Return the class in `_ADDED` that a type is or derives from."""
    if kind not in _BASES:
        bases = kind.__mro__ if isinstance(kind, type) else ()
        _BASES[kind] = next((base for base in bases if base in _ADDED), None)
    return _BASES[kind]


def register_type(
    kind: type[T],
    *,
    to_dict: Callable[[T], dict[str, Any]] | None = None,
    from_dict: Callable[[dict[str, Any]], T] | None = None,
    name: str | None = None,
) -> None:
    """Let a type travel as JSON, MessagePack and Arrow.

    Parameters
    ----------
    kind : a msgspec Struct with ``tag=True``, or any class, with the two functions or methods of
        the same names
    to_dict : spells an object with str, int, float, bool, None, list, dict; the host adds "type"
    from_dict : reads what `to_dict` spelled
    name : the "type", else the name of the class

    Raises
    ------
    DuplicateNameError : the name is taken by another type
    """
    name = name or kind.__name__
    if name in _TYPES:
        message = f"the type {name!r} is registered already, for {_TYPES[name].__module__}"
        raise DuplicateNameError(message, cure="Pass another name")
    if not issubclass(kind, msgspec.Struct) or to_dict is not None:
        encode = to_dict or kind.to_dict  # type: ignore[attr-defined]
        decode = from_dict or kind.from_dict  # type: ignore[attr-defined]
        _ADDED[kind] = (lambda value: {"type": name, **encode(value)}, decode)
        register_codec(kind, *_ADDED[kind])
        _BASES.clear()
    _TYPES[name] = kind
    _NAMES[kind] = name


register_type(Order, to_dict=order_to_dict, from_dict=order_from_dict)
register_type(Position, to_dict=position_to_dict, from_dict=position_from_dict)


def spell(value: Any) -> Any:
    """Return what msgspec encodes in place of an object.

    It would take a dataclass to pieces by itself and never ask how to spell it.
    """
    kind = _known(type(value))
    return value if kind is None else _ADDED[kind][0](value)


def added_decoder(kind: Any) -> Callable[[dict[str, Any]], Any] | None:
    """Return what reads a type that was added with a function of its own."""
    found = _known(kind)
    return None if found is None else _ADDED[found][1]


def type_named(name: str) -> type[Any]:
    """Return the type that travels under a name.

    Raises
    ------
    UnknownNameError : nobody registered it
    """
    try:
        return _TYPES[name]
    except KeyError:
        raise UnknownNameError("type", name, _TYPES, place="serialization") from None


def name_of(kind: type[Any]) -> str:
    """Return the name under which a type travels.

    Raises
    ------
    UnknownNameError : nobody registered it; `register_type` does
    """
    name = _NAMES.get(kind) or _NAMES.get(_known(kind) or kind)
    if name is None:
        raise UnknownNameError("type", kind.__name__, _TYPES, place="serialization")
    return name
