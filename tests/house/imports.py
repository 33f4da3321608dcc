"""Which module imports which, wherever the import stands."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.house.sources import dotted, source_files

SUFFIXES = (".py", ".pyi", ".pyx", ".pxd")
CYTHON = re.compile(
    r"^[ \t]*(?:from\s+(argosy[\w.]*)\s+c?import\s+(\([^)]*\)|[^\n]*)|c?import\s+(argosy[\w.]*))",
    re.M,
)


@cache
def graph() -> Mapping[str, frozenset[str]]:
    """Map each module of the project to those that it imports.

    Imports inside functions and under TYPE_CHECKING count, and so do those of stubs and ``.pxd``.
    """
    files: dict[str, list[Path]] = {}
    for path in source_files(*SUFFIXES):
        files.setdefault(dotted(path), []).append(path)
    return {name: frozenset(_targets(name, paths, files)) for name, paths in files.items()}


def circles(modules: Mapping[str, frozenset[str]]) -> list[frozenset[str]]:
    """Return each group of modules that reach one another, the groups by their first name."""
    reached = {name: _reached(name, modules) for name in modules}
    found = {
        frozenset(other for other in reached[name] if name in reached[other])
        for name in modules
        if name in reached[name]
    }
    return sorted(found, key=min)


def imports(path: Path) -> Iterator[tuple[str, str | None]]:
    """Yield (module, name or None) of each import of a file."""
    text = path.read_text()
    if path.suffix not in (".py", ".pyi"):
        for module, names, plain in CYTHON.findall(text):
            if plain:
                yield plain, None
            for each in names.strip("()").split(","):
                name = re.match(r"\s*(\w+)", each)
                if name:
                    yield module, name[1]
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from ((node.module, each.name) for each in node.names)
        elif isinstance(node, ast.Import):
            yield from ((each.name, None) for each in node.names)


def _targets(name: str, paths: list[Path], known: Mapping[str, object]) -> Iterator[str]:
    for path in paths:
        for module, each in imports(path):
            target = f"{module}.{each}" if f"{module}.{each}" in known else module
            if target in known and target != name:
                yield target


def _reached(name: str, modules: Mapping[str, frozenset[str]]) -> set[str]:
    """Return what a module imports, and what that does, and so on."""
    found: set[str] = set()
    open_: list[str] = [name]
    while open_:
        new = modules.get(open_.pop(), frozenset()) - found
        found |= new
        open_ += new
    return found
