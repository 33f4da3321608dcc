"""What import-linter cannot see: the floors of ``cimport`` and of ``.pyx`` files."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.house.imports import imports
from tests.house.sources import dotted, relative, source_files
from tests.pure import PROJECT

FLOORS = (
    ("argosy.errors",),
    ("argosy.model",),
    ("argosy.kernel",),
    ("argosy.serialization",),
    ("argosy.parts", "argosy.config"),
    ("argosy.plug", "argosy.hookspecs"),
    ("argosy.plugins",),
    ("argosy.engine",),
    ("argosy.strategy",),
    ("argosy.run",),
    ("argosy.modes",),
    ("argosy.testing", "argosy.cli"),
)
PRIVATE = ("argosy.plugins", "argosy.engine", "argosy.run", "argosy.modes", "argosy.cli")
"""Rooms that no plugin reaches."""
WALL_CLOCK = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|date\.today)\(")


def floor(module: str) -> int | None:
    """Return the height of a module of the host, or None for the package itself."""
    for height, rooms in enumerate(FLOORS):
        if any(module == room or module.startswith(f"{room}.") for room in rooms):
            return height
    return None


def names(*suffixes: str) -> Iterator[tuple[Path, str]]:
    """Yield each ``argosy...`` name that a file imports or cimports, with the file."""
    for path in source_files(*suffixes):
        for module, name in imports(path):
            if module.startswith("argosy"):
                yield path, f"{module}.{name}" if name else module


def test_compiled_modules_import_from_their_floor_or_below() -> None:
    rising = [
        f"{relative(path)} -> {name}"
        for path, name in names(".pyx", ".pxd")
        if (own := floor(dotted(path))) is not None
        and ((other := floor(name)) is None or other > own)
    ]
    assert [] == rising


def test_compiled_plugins_cimport_from_plug_only() -> None:
    strays = [
        f"{relative(path)} -> {name}"
        for path in source_files(".pyx", ".pxd")
        if not (own := dotted(path)).startswith("argosy.")
        for name in re.findall(r"^\s*from (argosy[\w.]*) cimport", path.read_text(), re.M)
        if not name.startswith(("argosy.plug", own.partition(".")[0]))
    ]
    assert [] == strays


def test_compiled_plugins_reach_no_room_of_a_run() -> None:
    strays = [
        f"{relative(path)} -> {name}"
        for path, name in names(".pyi", ".pyx", ".pxd")
        if dotted(path).startswith("argosy_") and name.startswith(PRIVATE)
    ]
    assert [] == strays


def test_the_kernel_reads_no_wall_clock() -> None:
    found = [
        relative(path)
        for path in source_files(".py", ".pyx")
        if dotted(path).startswith(("argosy.kernel", "argosy.plug"))
        and WALL_CLOCK.search(path.read_text())
    ]
    assert [] == found


def test_imports_for_types_keep_to_the_floors_too() -> None:
    linter = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert not linter.get("exclude_type_checking_imports", False)
