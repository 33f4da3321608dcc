"""Run the compiled modules as the plain Python they are written in.

Compiled and interpreted code differ silently on floats and on overflow. Pure mode imports each
module that has a ``.pxd`` from its ``.py``, past the extension module beside it. A ``.pyx`` has no
plain source: where a module of the same dotted name lies under ``tests/twins``, that one is
imported in its place, otherwise the compiled one.

- ``ARGOSY_PURE=1 pytest tests/host/model`` runs tests in pure mode;
- :func:`run_pure` runs a piece of code in a pure process of its own, for a test that compares both.
"""

import importlib.machinery
import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType

PROJECT = Path(__file__).resolve().parent.parent
TWINS = PROJECT / "tests" / "twins"
SWITCH = "ARGOSY_PURE"


class PureFinder(MetaPathFinder):
    """Finds the plain source of the project's compiled modules, and nothing else."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        if path is None or not fullname.startswith("argosy"):
            return None
        source = _plain_source(fullname, path)
        return importlib.util.spec_from_file_location(fullname, source) if source else None


def is_pure() -> bool:
    """Tell whether this process runs in pure mode."""
    return any(isinstance(finder, PureFinder) for finder in sys.meta_path)


def install() -> None:
    """Turn pure mode on for this process; no module of the project may be imported yet."""
    if loaded := sorted(name for name in sys.modules if name.partition(".")[0] == "argosy"):
        raise RuntimeError(f"pure mode comes too late: {', '.join(loaded)} are imported already")
    sys.meta_path.insert(0, PureFinder())


def run_pure(code: str, *args: str) -> str:
    """Run `code` in a pure process, `args` as its ``sys.argv[1:]``; return what it printed."""
    return _run(f"from tests.pure import install; install()\n{code}", args)


def run_compiled(code: str, *args: str) -> str:
    """Run `code` likewise with the compiled modules."""
    return _run(code, args)


def _run(code: str, args: Sequence[str]) -> str:
    environment = {name: text for name, text in os.environ.items() if name != SWITCH}
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _plain_source(fullname: str, path: Sequence[str]) -> Path | None:
    name = fullname.rpartition(".")[2]
    for folder in map(Path, path):
        if (folder / f"{name}.pxd").exists() and (folder / f"{name}.py").exists():
            return folder / f"{name}.py"
        if (folder / f"{name}.pyx").exists():
            twin = TWINS.joinpath(*fullname.split(".")).with_suffix(".py")
            return twin if twin.exists() else None
    return None
