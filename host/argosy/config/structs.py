"""Tables into msgspec Structs, key by key, so that every problem is found and has its place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import EnumMeta
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from argosy.config.document import show
from argosy.config.models import NO_SECRET, NO_SECRET_CURE, capitalise, from_error
from argosy.config.secret import PREFIX, Secret
from argosy.config.values import parse
from argosy.errors import ArgosyError, suggest

if TYPE_CHECKING:
    from argosy.config.positions import KeyPath
    from argosy.config.reading import Reading

_Struct = TypeVar("_Struct", bound=msgspec.Struct)

_PLACE = re.compile(r" - at `(key in )?\$?([^`]*)`$")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_EXPECTED = re.compile(r"Expected `([^`]+)`(?:, got `([^`]+)`)?")
_MISSING = re.compile(r"Object missing required field `([^`]*)`")
_UNKNOWN = re.compile(r"Object contains unknown field `([^`]*)`")
_WORDS = {
    "array": "a list",
    "bool": "true or false",
    "decimal": "a number",
    "float": "a number",
    "int": "a whole number",
    "null": "nothing",
    "object": "a table",
    "str": "text in quotes",
}
_GIVEN = {**_WORDS, "str": "text"}


def read_struct(
    reader: Reading,
    model: type[_Struct],
    table: Mapping[str, Any],
    path: KeyPath,
    aliases: Mapping[str, str] | None = None,
) -> _Struct | None:
    """Make an instance of a Struct from a table; None after a problem.

    Parameters
    ----------
    aliases : further names of keys, to their own
    """
    before = len(reader.problems)
    fields = {each.encode_name: each for each in msgspec.structs.fields(model)}
    for alias, name in (aliases or {}).items():
        fields[alias] = fields.pop(name)
    made = {}
    for key, raw in table.items():
        if key in fields:
            made[fields[key].name] = _convert(reader, raw, fields[key].type, (*path, key))
        else:
            reader.problems.add((*path, key), "unknown key", capitalise(suggest(key, fields)))
    for key, each in fields.items():
        if each.required and key not in table:
            reader.problems.add((*path, key), "missing key", f"Add {key} = ...")
    if len(reader.problems) > before:
        return None
    try:
        return model(**made)
    except (ArgosyError, ValueError, TypeError) as error:
        reader.problems.add_error(path, error)
        return None


def _convert(reader: Reading, raw: Any, type_: Any, path: KeyPath) -> Any:
    """Make the value of one field; None after a problem."""
    causes: list[ValueError] = []

    def decode(wanted: type, value: Any) -> Any:
        try:
            return parse(wanted, value, project=reader.project)
        except ValueError as error:
            causes.append(error)
            raise

    if isinstance(raw, str) and raw.startswith(PREFIX) and Secret not in _options(type_):
        reader.problems.add(path, NO_SECRET, NO_SECRET_CURE)
        return None
    try:
        made = msgspec.convert(raw, type_, dec_hook=decode)
        if isinstance(made, float | Decimal) and not math.isfinite(made):
            reader.problems.add(path, f"expected a finite number, was {show(raw)}")
        return made
    except msgspec.ValidationError as error:
        message = str(error)
    found = _PLACE.search(message)
    for name, index in _STEP.findall(found[2] if found else ""):
        path = (*path, name or int(index))
    if causes:
        reader.problems.add(path, *from_error(causes[-1]))
    elif message.startswith("Invalid enum value") and (names := _names(type_)):
        hint = suggest(raw, names) if isinstance(raw, str) else ""
        cure = capitalise(hint) if hint.endswith("?") else None  # else it lists them once more
        reader.problems.add(path, f"expected one of {', '.join(names)}, was {show(raw)}", cure)
    else:
        reader.problems.add(path, _reword(_PLACE.sub("", message), raw))
    return None


def _options(type_: Any) -> tuple[Any, ...]:
    if get_origin(type_) is Annotated:
        return _options(get_args(type_)[0])
    return get_args(type_) if get_origin(type_) in (Union, UnionType) else (type_,)


def _names(type_: Any) -> list[str]:
    return [str(each) for option in _options(type_) for each in _members(option)]


def _members(type_: Any) -> Iterable[Any]:
    if get_origin(type_) is Literal:
        return get_args(type_)
    return type_ if isinstance(type_, EnumMeta) else ()


def _reword(message: str, raw: Any) -> str:
    """Say msgspec's message in the words of the file."""

    def words(match: re.Match[str]) -> str:
        expected = " or ".join(_WORDS.get(word, f"`{word}`") for word in match[1].split(" | "))
        was = f", was {_GIVEN.get(match[2], match[2])}" if match[2] else ""
        return f"expected {expected}{was}"

    reworded = _EXPECTED.sub(words, message)
    reworded = _UNKNOWN.sub(r"unknown key '\1'", _MISSING.sub(r"missing key '\1'", reworded))
    if isinstance(raw, Mapping | list) or ", was " in reworded:
        return reworded
    return f"{reworded}, was {show(raw)}"
