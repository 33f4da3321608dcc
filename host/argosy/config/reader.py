"""Read the tables of a document into settings, collecting every problem on the way."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
from pydantic import BaseModel

from argosy.config.choice import NO_TABLE, Choice
from argosy.config.document import Document, show
from argosy.config.models import read_model
from argosy.config.positions import KeyPath
from argosy.config.problems import Problems
from argosy.config.structs import read_struct
from argosy.errors import InputError, suggest
from argosy.parts.registration import LABELS, Part, Parts


class Reader:
    """Where tables are read and names of parts are looked up.

    Parameters
    ----------
    document : what is read
    problems : where problems go
    project : the folder at which relative paths start
    parts : the parts that may be named; None while only the host's own sections are read
    """

    def __init__(
        self, document: Document, problems: Problems, project: Path, parts: Parts | None = None
    ) -> None:
        self.document = document
        self.problems = problems
        self.project = project
        self._parts = parts

    @property
    def parts(self) -> Parts:
        """The parts that may be named."""
        if self._parts is None:
            raise InputError("parts are looked up after the plugins are loaded")
        return self._parts

    def section(self, *path: str | int) -> Any:
        """Return what the document holds at a path, None where it holds nothing."""
        found: Any = self.document.data
        for key in path:
            if isinstance(found, Mapping):
                found = found.get(key)
            elif isinstance(found, Sequence) and isinstance(key, int) and key < len(found):
                found = found[key]
            else:
                return None
        return found

    def table(self, model: type, table: Mapping[str, Any], path: KeyPath) -> Any:
        """Make settings from a table; None after a problem."""
        if issubclass(model, msgspec.Struct):
            return read_struct(self, model, table, path)
        return read_model(self, cast(type[BaseModel], model), table, path)

    def part(self, kind: str, raw: object, path: KeyPath) -> Choice | None:
        """Look up the part that a name or a table with ``use`` chooses, and read its settings."""
        if isinstance(raw, str):
            part, table = self.look_up(kind, raw, path), {}
        elif isinstance(raw, Mapping):
            part = self.named(kind, raw, path)
            table = {key: raw[key] for key in raw if key != "use"}
        else:
            self.problems.add(path, f"{NO_TABLE}, was {show(raw)}")
            return None
        return None if part is None else self.chosen(part, table, path)

    def named(self, kind: str, table: Mapping[str, Any], path: KeyPath) -> Part | None:
        """Look up the part that the ``use`` of a table names."""
        use = table.get("use")
        if use is None:
            names = suggest("", self.parts.parts(kind))
            cure = f"Add use = ... to say which {LABELS[kind]}{names and f' ({names})'}"
            self.problems.add((*path, "use"), "missing key", cure)
        elif not isinstance(use, str):
            message = f"expected the name of a {LABELS[kind]}, was {show(use)}"
            self.problems.add((*path, "use"), message)
        else:
            return self.look_up(kind, use, (*path, "use"))
        return None

    def look_up(self, kind: str, name: str, path: KeyPath) -> Part | None:
        """Return a part by name."""
        try:
            return self.parts.part(kind, name)
        except InputError as error:
            self.problems.add_error(path, error)
            return None

    def chosen(self, part: Part, table: Mapping[str, Any], path: KeyPath) -> Choice | None:
        """Read the settings of a part."""
        try:
            model = part.settings_model()
            if not (model is None or _is_settings(model)):
                raise TypeError(f"{model!r} is no pydantic model and no msgspec Struct")
        except Exception as error:
            message = f"the settings of {part.label} cannot be loaded: {describe(error)}"
            self.problems.add(path, message, f"Repair or update plugin {part.plugin!r}")
            return None
        if model is None:
            for key in table:
                self.problems.add((*path, key), f"unknown key: {part.label} takes no settings")
            return Choice(part)
        settings = self.table(model, table, path)
        return None if settings is None else Choice(part, settings)


def _is_settings(model: object) -> bool:
    return isinstance(model, type) and issubclass(model, BaseModel | msgspec.Struct)


def describe(error: BaseException) -> str:
    """Return an exception as one line: its type, and what it says."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
