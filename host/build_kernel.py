"""Compile the kernel: each ``.pyx``, and each ``.py`` that has a ``.pxd`` beside it.

hatchling calls this file as a build hook; ``python host/build_kernel.py`` rebuilds what is stale.
Every compiler directive and flag lives here. The generated C stays under ``build/c``, the extension
module is put beside its source.

A module is stale when its source, a ``.pxd`` that it cimports (directly or not), a directive, a
flag or a version differs from what its stamp recorded. Contents are compared, not times: touching a
file compiles nothing. ``ARGOSY_KERNEL_DEBUG=1`` compiles with the bounds checks that decorators
turned off, debug symbols, and Cython's annotated HTML beside the C.
"""

import fcntl
import hashlib
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOTS = ("host", "catalog", "plugins")
SUFFIX = str(sysconfig.get_config_var("EXT_SUFFIX"))
# -ffp-contract=off: no fused multiply-add, so that every machine computes the same floats.
FLAGS = ("-O3", "-ffp-contract=off", "-g0")
DIRECTIVES: dict[str, Any] = {
    "annotation_typing": False,  # the .pxd gives the C types, annotations are for readers
    "binding": True,
    "cdivision": False,
    "embedsignature": False,
    "language_level": 3,
    "overflowcheck": True,
}

_FROM = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+cimport[ \t]+(\([^)]*\)|[^#\n]*)", re.MULTILINE)


@dataclass(frozen=True, order=True)
class Module:
    """One module to compile."""

    name: str
    source: Path  # absolute
    root: Path  # the project's folder

    @property
    def target(self) -> Path:
        """The extension module beside the source."""
        return self.source.with_name(self.source.stem + SUFFIX)

    @property
    def work(self) -> Path:
        """The folder of everything generated on the way, one per interpreter kind."""
        return self.root / "build" / "c" / SUFFIX.strip(".").partition(".")[0] / self.name

    @property
    def stamp(self) -> Path:
        """What the module was last compiled from."""
        return self.work / "stamp.json"


class BuildFailedError(Exception):
    """At least one module did not compile; the compilers said why on stderr."""


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compile before hatchling packs, and put the extension modules into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build every stale module and declare the result."""
        root = Path(self.root)
        # As a script: hatchling imports this file under a name that worker processes cannot find.
        if subprocess.run([sys.executable, __file__], check=False).returncode != 0:
            raise BuildFailedError("the kernel did not compile: its messages are above")
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"] += [
            f"/{module.target.relative_to(root).as_posix()}" for module in find(root)
        ]


def build(root: Path) -> int:
    """Compile what is stale under `root`, remove what lost its source; return how many compiled."""
    with _locked(root / "build" / "kernel.lock"):
        modules = find(root)
        _remove_orphans(root, modules)
        stale = [module for module in modules if _is_stale(module)]
        if stale:
            _compile_all(stale)
        return len(stale)


def find(root: Path) -> list[Module]:
    """List the modules to compile, sorted by name."""
    found = []
    for source_root in (root / name for name in ROOTS):
        for path in source_root.rglob("*.py*"):
            augmented = path.suffix == ".py" and path.with_suffix(".pxd").exists()
            if path.stem != "__init__" and (path.suffix == ".pyx" or augmented):
                dotted = ".".join(path.relative_to(source_root).with_suffix("").parts)
                found.append(Module(dotted, path, root))
    return sorted(found)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remove_orphans(root: Path, modules: list[Module]) -> None:
    kept = {module.source.with_suffix("") for module in modules}
    for source_root in (root / name for name in ROOTS):
        for binary in source_root.rglob("*.so"):
            if binary.with_name(binary.name.partition(".")[0]) not in kept:
                binary.unlink()
                print(f"removed {binary.relative_to(root)}", flush=True)


def _is_debug() -> bool:
    return os.environ.get("ARGOSY_KERNEL_DEBUG", "0") not in {"", "0"}


@cache
def _settings() -> str:
    return json.dumps([DIRECTIVES, FLAGS, _is_debug(), sys.version, version("cython")])


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _is_stale(module: Module) -> bool:
    try:
        stamp = json.loads(module.stamp.read_text())
        return (
            not module.target.exists()
            or stamp["settings"] != _settings()
            or any(_digest(module.root / name) != was for name, was in stamp["inputs"].items())
        )
    except (OSError, ValueError, KeyError):
        return True


def _compile_all(stale: list[Module]) -> None:
    jobs = min(os.cpu_count() or 1, len(stale))
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    failed = []
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        running = {pool.submit(_compile, module): module for module in stale}
        for future in as_completed(running):
            module = running[future]
            if (seconds := future.result()) is None:
                failed.append(module.name)
            else:
                print(f"compiled {module.name} ({seconds:.1f} s)", flush=True)
    if failed:
        raise BuildFailedError(f"did not compile: {', '.join(sorted(failed))}")


def _compile(module: Module) -> float | None:
    """Compile one module in a worker; None when it failed, after its message was printed."""
    from Cython.Build import cythonize
    from Cython.Compiler.Errors import CompileError
    from Cython.Compiler.Options import get_directive_defaults
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext
    from setuptools.errors import BaseError

    started = time.monotonic()
    os.chdir(module.root)
    # Read before compiling: an edit made meanwhile leaves the module stale.
    inputs = _inputs(module)
    shutil.rmtree(module.work, ignore_errors=True)
    source = _checked_source(module) if _is_debug() else module.source
    extension = Extension(
        module.name,
        [os.path.relpath(source, module.root)],
        extra_compile_args=[*FLAGS, *(["-g"] if _is_debug() else [])],
    )
    # Cython takes these two for a whole module only once it knows their defaults.
    get_directive_defaults().update({"freelist": 0, "no_gc": False})
    try:
        extensions = cythonize(
            [extension],
            annotate=_is_debug(),
            build_dir=os.fspath(module.work.relative_to(module.root)),
            compiler_directives={**DIRECTIVES, **_class_directives(module)},
            force=True,
            include_path=[name for name in ROOTS if (module.root / name).is_dir()],
            quiet=True,
        )
        command = build_ext(Distribution({"name": "kernel", "ext_modules": extensions}))
        command.build_lib = os.fspath(module.work / "lib")
        command.build_temp = os.fspath(module.work / "tmp")
        command.ensure_finalized()
        command.run()
        built = Path(command.get_ext_fullpath(module.name))
    except (BuildFailedError, CompileError, BaseError) as error:
        print(f"{module.name}: {error}", file=sys.stderr, flush=True)
        return None
    _place(built, module.target)
    module.stamp.write_text(json.dumps({"settings": _settings(), "inputs": inputs}))
    return time.monotonic() - started


def _inputs(module: Module) -> dict[str, str]:
    """Return the digest of the source and of each .pxd of this project that it reaches."""
    from Cython.Build.Dependencies import create_dependency_tree
    from Cython.Compiler.Main import Context
    from Cython.Compiler.Options import CompilationOptions, default_options

    paths = [name for name in ROOTS if (module.root / name).is_dir()]
    options = CompilationOptions(default_options, include_path=paths)
    tree = create_dependency_tree(Context.from_options(options))
    waiting, reached = [os.path.relpath(module.source, module.root)], set[str]()
    while waiting:
        for name in tree.all_dependencies(waiting.pop()) - reached:
            reached.add(name)
            modules = _named_out_of_packages(Path(name))
            waiting += filter(None, (tree.find_pxd(each, name) for each in modules))
    absolute = (module.root / name for name in reached)
    # Cython's own .pxd are left out: its version is among the settings.
    roots = [module.root / name for name in ROOTS]
    return {
        path.relative_to(module.root).as_posix(): _digest(path)
        for path in sorted(absolute)
        if any(path.is_relative_to(root) for root in roots)
    }


def _named_out_of_packages(path: Path) -> Iterator[str]:
    """Yield what each ``from package cimport name`` of a file may mean by a module.

    Cython's own tree knows the package only: it looks for the names in the lines that follow.
    """
    for package, names in _FROM.findall(path.read_text()):
        stem = package if package.endswith(".") else f"{package}."
        yield from (f"{stem}{name}" for name in re.findall(r"\w+", names))


def _class_directives(module: Module) -> dict[str, Any]:
    """Return what the .pxd says with ``@cython.freelist(n)`` and ``@cython.no_gc``.

    Cython compiles both away where the class body is in a .py. They are handed over for the module,
    so each class of that module has to say the same.
    """
    pxd = module.source.with_suffix(".pxd")
    if module.source.suffix != ".py" or not pxd.exists():
        return {}
    text = pxd.read_text()
    classes = len(re.findall(r"^cdef class \w+.*:$", text, re.MULTILINE))
    sizes = re.findall(r"^@cython\.freelist\((\d+)\)$", text, re.MULTILINE)
    gc_free = re.findall(r"^@cython\.no_gc$", text, re.MULTILINE)
    if gc_free and len(gc_free) != classes:
        raise BuildFailedError(f"{pxd}: either all classes are @cython.no_gc or none is")
    return {"freelist": max(map(int, sizes), default=0), "no_gc": bool(gc_free)}


def _checked_source(module: Module) -> Path:
    """Copy the source with the checks that its decorators turn off turned on again."""
    text = module.source.read_text()
    copy = module.work / "checked" / module.source.name
    copy.parent.mkdir(parents=True)
    copy.write_text(re.sub(r"\b(boundscheck|wraparound)\(False\)", r"\1(True)", text))
    return copy


def _place(built: Path, target: Path) -> None:
    # A rename, so that a process that has the old module mapped keeps it.
    fresh = target.with_name(f".{target.name}.new")
    shutil.copyfile(built, fresh)
    fresh.replace(target)


if __name__ == "__main__":
    try:
        build(Path(__file__).resolve().parent.parent)
    except BuildFailedError as error:
        sys.exit(str(error))
