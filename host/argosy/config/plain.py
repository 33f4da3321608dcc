"""Settings as plain JSON values, and the instruments that they name."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import msgspec

from argosy.config.choice import Choice
from argosy.config.positions import KeyPath
from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId


def plain(value: Any, project: Path | None = None) -> Any:
    """Return settings as JSON holds them: a secret as its name, a path as the project sees it."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Choice):
        return {"use": value.part.name, **(plain(value.settings, project) or {})}
    if isinstance(value, Path):
        inside = project is not None and value.is_relative_to(project)
        return (value.relative_to(project) if inside and project else value).as_posix()
    if isinstance(value, list | tuple | set | frozenset):
        made = [plain(each, project) for each in value]
        return sorted(made, key=str) if isinstance(value, set | frozenset) else made
    members = value if isinstance(value, Mapping) else dict(members_of(value))
    if members or isinstance(value, Mapping):
        return {str(key): plain(each, project) for key, each in members.items()}
    return str(value)


def members_of(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield each key of a settings object as a file spells it, with its value."""
    if isinstance(value, msgspec.Struct):
        for each in msgspec.structs.fields(value):
            yield each.encode_name, getattr(value, each.name)
    elif model_fields := getattr(type(value), "model_fields", None):  # pydantic, not imported here
        for name, info in model_fields.items():
            yield info.alias or name, getattr(value, name)
        yield from (value.model_extra or {}).items()
    elif is_dataclass(value) and not isinstance(value, type):
        for item in fields(value):
            yield item.name, getattr(value, item.name)


def leaves(value: Any, path: KeyPath = ()) -> Iterator[tuple[Any, KeyPath]]:
    """Yield each single value inside settings, with the path of its key."""
    match value:
        case Mapping():
            for key, each in value.items():
                yield key, (*path, str(key))
                yield from leaves(each, (*path, str(key)))
        case list() | tuple() | set() | frozenset():
            for index, each in enumerate(value):
                yield from leaves(each, (*path, index))
        case Choice():
            yield from leaves(value.settings, path)
        case _:
            inside = list(members_of(value))
            for name, each in inside:
                yield from leaves(each, (*path, name))
            if not inside:
                yield value, path


def instruments_in(value: Any, path: KeyPath = ()) -> Iterator[tuple[InstrumentId, KeyPath]]:
    """Yield each instrument that settings name, alone or in a bar type, with its key path."""
    for leaf, place in leaves(value, path):
        if isinstance(leaf, InstrumentId):
            yield leaf, place
        elif isinstance(leaf, BarType):
            yield leaf.instrument_id, place
