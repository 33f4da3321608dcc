"""Refuse compiled plugins that were built against another `argosy.plug`, before their code runs.

Each extension module that cimports from `argosy.plug` holds the text ``ARGOSY_ABI=<number>;``, put
there by the C compiler. The host reads the files of a plugin's package for it, so that a stale
module, which would compute wrong numbers without a word, is not even imported.
"""

import importlib.util
import mmap
import os
import re
from collections.abc import Iterator
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from argosy.plug import require_abi
from argosy.plugins.find import Found

_MARK = re.compile(rb"ARGOSY_ABI=(\d+);")


def check_files(plugin: Found) -> None:
    """Compare every extension module of a plugin's package with the host; import nothing.

    Raises
    ------
    PluginError : one was built for another ABI
    """
    if plugin.is_own:
        return  # built together with the host
    for file in extension_modules(plugin.package):
        built_for = abi_of(file)
        if built_for is not None:
            require_abi(plugin.name, built_for)


def check_module(plugin: Found, module: object) -> None:
    """Compare the ``ARGOSY_ABI`` that a module may declare with the host.

    Raises
    ------
    PluginError : it names another ABI
    """
    declared = getattr(module, "ARGOSY_ABI", None)
    if declared is not None:
        require_abi(plugin.name, declared)


def abi_of(file: Path) -> int | None:
    """Return the ABI that an extension module was built for, None where it uses none."""
    if file.stat().st_size == 0:
        return None
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as view:
        found = _MARK.search(view)
        return int(found[1]) if found else None


def extension_modules(package: str) -> Iterator[Path]:
    """Yield the extension modules of a top-level package or module, without importing it."""
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        return
    if spec is None:
        return
    suffixes = tuple(EXTENSION_SUFFIXES)
    if spec.origin and spec.origin.endswith(suffixes):
        yield Path(spec.origin)
    for folder in spec.submodule_search_locations or ():
        yield from sorted(
            Path(parent, name)
            for parent, _, names in os.walk(folder)
            for name in names
            if name.endswith(suffixes)
        )
