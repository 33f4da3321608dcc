"""What import-linter cannot see: the floors of ``cimport`` and of ``.pyx`` files."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

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
IMPORT = re.compile(
    r"^\s*(?:from (argosy[\w.]*) c?import[ (\n]+(\w+)|c?import (argosy[\w.]*))", re.M
)
WALL_CLOCK = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|date\.today)\(")


def floor(module: str) -> int | None:
    """Return the height of a module of the host, or None for the package itself."""
    for height, rooms in enumerate(FLOORS):
        if any(module == room or module.startswith(f"{room}.") for room in rooms):
            return height
    return None


def imports(path: Path) -> Iterator[str]:
    """Yield each ``argosy...`` name that a Cython file imports or cimports."""
    for module, name, plain in IMPORT.findall(path.read_text()):
        yield plain or f"{module}.{name}"


def test_compiled_modules_import_from_their_floor_or_below() -> None:
    rising = [
        f"{relative(path)} -> {name}"
        for path in source_files(".pyx", ".pxd")
        for name in imports(path)
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
