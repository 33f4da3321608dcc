"""The project's own files, as the house rules see them."""

from collections.abc import Iterator
from pathlib import Path

from tests.pure import PROJECT

ROOTS = ("host", "catalog", "plugins")
TEXT = {".md", ".pxd", ".py", ".pyi", ".pyx", ".toml", ".yaml", ""}
MADE = {"build", "data", "dist"}
"""Folders of the project itself that hold what was built or loaded."""


def packages() -> list[Path]:
    """List the folders of the packages that the project ships."""
    return sorted(p for root in ROOTS for p in (PROJECT / root).glob("argosy*") if p.is_dir())


def source_files(*suffixes: str) -> list[Path]:
    """List the files of the shipped packages that end in one of `suffixes`."""
    return sorted(p for folder in packages() for p in folder.rglob("*") if p.suffix in suffixes)


def modules() -> list[Path]:
    """List the source of each module, ``__init__`` files left out."""
    return [path for path in source_files(".py", ".pyx") if path.stem != "__init__"]


def dotted(path: Path) -> str:
    """Name the module that `path`, under a source root, defines."""
    parts = path.relative_to(PROJECT).with_suffix("").parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def text_files() -> Iterator[Path]:
    """Yield every text file of the project, outside of what is built, loaded or installed."""
    for top in sorted(PROJECT.iterdir()):
        if top.is_dir() and (top.name == ".ci" or not top.name.startswith(".")):
            yield from (p for p in sorted(top.rglob("*")) if _is_text(p))
        elif _is_text(top):
            yield top


def relative(path: Path) -> str:
    """Return `path` as it is written inside the project."""
    return path.relative_to(PROJECT).as_posix()


def folders(path: Path) -> tuple[str, ...]:
    """Return the names on the way to `path` inside the project, wherever it was cloned to."""
    return path.relative_to(PROJECT).parts


def _is_text(path: Path) -> bool:
    inside = folders(path)
    is_made = inside[0] in MADE or "__pycache__" in inside
    return path.is_file() and path.suffix in TEXT and not is_made
