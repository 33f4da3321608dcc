"""Read a TOML or JSON file and remember where everything stood."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from argosy.config.positions import KeyPath, json_lines, toml_lines
from argosy.errors import ConfigError, suggest

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_TOML_POSITION = re.compile(r" \(at line (\d+), column \d+\)$|\(at end of document\)$")


@dataclass(frozen=True)
class Document:
    """A parsed file.

    Parameters
    ----------
    name : the path as the user gave it, or a word for a document made in Python
    data : tables as dicts; numbers with a point are Decimals, so nothing was rounded
    lines : key path to line, from 1; empty for a document made in Python
    """

    name: str
    data: Mapping[str, Any]
    lines: Mapping[KeyPath, int] = field(default_factory=dict)

    def line(self, path: KeyPath) -> int | None:
        """Return the line of a key, or of the innermost table around it that has one."""
        for length in range(len(path), 0, -1):
            if (line := self.lines.get(path[:length])) is not None:
                return line
        return None

    def place(self, path: KeyPath) -> str:
        """Return ``file:line: key`` as errors say it."""
        line = self.line(path)
        where = self.name if line is None else f"{self.name}:{line}"
        return f"{where}: {spell(path)}" if path else where


def spell(path: KeyPath) -> str:
    """Write a key path as TOML would: ``venues.SIM.simulate.account`` or ``data[2].start``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            name = part if _BARE_KEY.fullmatch(part) else json.dumps(part, ensure_ascii=False)
            text += f".{name}" if text else name
    return text


def show(value: object) -> str:
    """Print a value of a system file shortly, as the file would spell it."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            text = repr(value)
            return text if len(text) <= 60 else f"{text[:56]}...{text[0]}"
        case Mapping():
            return "a table"
        case list() | tuple():
            return "a list"
        case _:
            return str(value)


def read_document(path: Path) -> Document:
    """Read a system file.

    Raises
    ------
    ConfigError : the file is missing, is not text, or is no valid TOML or JSON
    """
    readers: dict[str, Callable[[str, str], Document]] = {".toml": _toml, ".json": _json}
    name = str(path)
    reader = readers.get(path.suffix.lower())
    if path.is_dir():
        raise ConfigError("this is a folder", place=name, cure=_neighbours(path, path.name))
    if not path.exists():
        raise ConfigError("no such file", place=name, cure=_neighbours(path.parent, path.name))
    if reader is None:
        cure = "Name the file .toml or .json"
        raise ConfigError(f"unknown file type {path.suffix!r}", place=name, cure=cure)
    try:
        return reader(name, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8"
        raise ConfigError(message, place=name, cure="Save the file as UTF-8") from None
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", place=name) from None
    except RecursionError:
        raise ConfigError("tables are nested too deeply", place=name) from None


def _neighbours(folder: Path, name: str) -> str | None:
    """Suggest a system file that does exist."""
    if not folder.is_dir():
        return None
    files = [each.name for each in folder.iterdir() if each.suffix in {".toml", ".json"}]
    found = suggest(name, files[:50])
    return found[:1].upper() + found[1:] or None


def _toml(name: str, text: str) -> Document:
    import tomllib

    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = _TOML_POSITION.search(message)
        line = (found and found[1]) or len(text.splitlines())
        what = _TOML_POSITION.sub("", message).strip().rstrip(".")
        raise ConfigError(f"not valid TOML: {what}", place=f"{name}:{line}") from None
    return Document(name, data, toml_lines(text))


def _json(name: str, text: str) -> Document:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise ConfigError(f"the key {key!r} is given twice in one table", place=name)
            found[key] = value
        return found

    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=Decimal, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        message = f"not valid JSON: {error.msg}"
        raise ConfigError(message, place=f"{name}:{error.lineno}") from None
    if not isinstance(data, dict):
        raise ConfigError("the document must be one table", place=name, cure="Begin with {")
    return Document(name, data, json_lines(text))
