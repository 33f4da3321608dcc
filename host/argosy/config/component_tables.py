"""Read the tables of actors, execution algorithms and strategies."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from argosy.config.choice import Choice
from argosy.config.components import SECTIONS, component_kind, config_class
from argosy.config.document import show
from argosy.config.folder import StrategyFolders
from argosy.config.plan import ComponentPlan
from argosy.config.positions import KeyPath
from argosy.config.reader import Reader, describe
from argosy.config.structs import read_struct
from argosy.errors import InputError, suggest
from argosy.parts.registration import Part

ID_FIELDS = ("strategy_id", "component_id", "exec_algorithm_id")
"""The field of a config that ``id`` means."""


def read_components(reader: Reader, folders: StrategyFolders) -> Iterator[ComponentPlan]:
    """Read all tables of components: actors, then execution algorithms, then strategies."""
    for section in ("actors", "exec_algorithms", "strategies"):
        tables = reader.section(section)
        for index, raw in enumerate(tables if isinstance(tables, list) else ()):
            table = {"use": raw} if isinstance(raw, str) else raw
            if isinstance(table, Mapping):
                path = (section, index)
                choice = _read(reader, folders, table, path)
                if choice is not None:
                    name = None if table.get("id") is None else str(table["id"])
                    place = reader.document.place(path)
                    yield ComponentPlan(section, index, choice, name, place)


def _read(
    reader: Reader, folders: StrategyFolders, table: Mapping[str, Any], path: KeyPath
) -> Choice | None:
    use = table.get("use")
    if not isinstance(use, str):
        message = "missing key" if use is None else f"expected a name, was {show(use)}"
        names = suggest("", {*reader.parts.parts("strategies"), *folders.files})
        reader.problems.add((*path, "use"), message, f"Name a part or a strategy file ({names})")
        return None
    try:
        part = _look_up(reader, folders, use)
    except InputError as error:
        reader.problems.add_error((*path, "use"), error)
        return None
    section = SECTIONS.get(component_kind(part.factory) or "", path[0])
    if section != path[0]:
        message = f"{use!r} does not belong under [[{path[0]}]]"
        reader.problems.add((*path, "use"), message, f"Write [[{section}]] over this table")
        return None
    settings = {key: each for key, each in table.items() if key != "use"}
    return _configured(reader, part, settings, path)


def _look_up(reader: Reader, folders: StrategyFolders, name: str) -> Part:
    """Find a component among the registered parts and the strategy files."""
    registered = reader.parts.parts("strategies")
    file = folders.files.get(name)
    if file is None:
        return reader.parts.part("strategies", name, also=folders.files)
    if name in registered:
        message = f"{name!r} is both a part of plugin {registered[name].plugin!r} and a file"
        raise InputError(message, cure=f"Rename {folders.show(file)}")
    return folders.part(name)


def _configured(
    reader: Reader, part: Part, table: Mapping[str, Any], path: KeyPath
) -> Choice | None:
    """Read the config of a component; ``id`` goes into the field that holds it."""
    try:
        model = part.settings_model() or config_class(part.factory)
    except Exception as error:
        message = f"the config of {part.label} cannot be loaded: {describe(error)}"
        reader.problems.add(path, message, f"Repair {part.plugin}")
        return None
    if model is not None and issubclass(model, msgspec.Struct):
        try:
            own = {each.encode_name for each in msgspec.structs.fields(model)}
        except Exception as error:  # whatever looking up its annotations makes of them
            message = f"the fields of {model.__name__} cannot be read: {describe(error)}"
            cure = f"Correct its annotations in {part.plugin}"
            reader.problems.add(path, message, cure)
            return None
        field = next((each for each in ID_FIELDS if each in own), None)
        aliases = {"id": field} if field and field not in table else {}
        config = read_struct(reader, model, table, path, aliases)
        return None if config is None else Choice(part, config)
    if "id" in table:
        message = f"{part.label} takes no config, so it has its own id"
        reader.problems.add((*path, "id"), message, "Remove the key")
    return reader.chosen(part, {key: table[key] for key in table if key != "id"}, path)
