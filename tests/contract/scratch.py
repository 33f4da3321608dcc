"""Environments to install wheels into: a fresh venv that holds what metadata ask for, no more.

Nothing is downloaded. What is installed here already is linked into one folder, and a ``.pth`` puts
that folder behind the venv's own packages; this checkout is not on its path.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

SITE = Path(sysconfig.get_path("purelib"))
OFFLINE = ("--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check")


@dataclass(frozen=True)
class Done:
    """A finished command: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, as JSON."""
        return json.loads(self.out)


class Scratch:
    """A venv of its own.

    Parameters
    ----------
    folder : where it is made
    packages : a folder of packages behind its own
    """

    def __init__(self, folder: Path, packages: Path) -> None:
        venv.create(folder, symlinks=True)
        self.folder = folder
        self.python = folder / "bin" / "python"
        names = {"base": str(folder), "platbase": str(folder)}
        self.site = Path(sysconfig.get_path("purelib", "venv", names))
        (self.site / "behind.pth").write_text(f"{packages}\n")

    def install(self, source: Path) -> None:
        """Install a wheel or a folder of sources, without what it depends on."""
        pip(self.python, "install", "--no-compile", *OFFLINE, str(source))

    def run(self, *line: str, cwd: Path, **environment: str) -> Done:
        """Run a program of the venv, such as ``argosy``, and return what it came to."""
        done = subprocess.run(
            [str(self.folder / "bin" / line[0]), *line[1:]],
            cwd=cwd,
            env={**_environment(), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def argosy(self, *line: str, cwd: Path) -> Done:
        """Run ``argosy`` and expect that it succeeds."""
        done = self.run("argosy", *line, cwd=cwd)
        assert done.code == 0, done.err
        return done


def pip(python: Path | str, *line: str) -> None:
    """Run the pip of this environment for another interpreter."""
    command = [sys.executable, "-m", "pip", "--python", str(python), "--quiet", *line]
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def build_wheel(source: Path, folder: Path, python: Path | str = sys.executable) -> Path:
    """Build the wheel of a project into an empty folder, with the packages of an interpreter."""
    pip(python, "wheel", *OFFLINE, "--wheel-dir", str(folder), str(source))
    (wheel,) = folder.glob("*.whl")
    return wheel


def link_closure(folder: Path, *names: str) -> None:
    """Link distributions, and all that they ask for, into a folder; argosy itself stays out.

    Raises
    ------
    PackageNotFoundError : something that is asked for is not installed
    """
    folder.mkdir()
    for found in closure(*names):
        for file in {Path(each.parts[0]) for each in found.files or () if each.parts[0] != ".."}:
            if (SITE / file).exists() and not (folder / file).exists():
                (folder / file).symlink_to(SITE / file)


def closure(*names: str) -> Iterator[Distribution]:
    """Yield the distributions of some names and of all that they ask for, except argosy."""
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if (plain := re.sub(r"[-_.]+", "-", name).lower()) in seen:
            continue
        seen.add(plain)
        found = distribution(name)
        wanted = map(Requirement, found.requires or ())
        waiting.extend(
            each.name
            for each in wanted
            if each.marker is None or each.marker.evaluate({"extra": ""})
        )
        if plain != "argosy":
            yield found


def is_installed(name: str) -> bool:
    """Tell whether a distribution is installed here."""
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def copy_sources(folder: Path, *sources: Path) -> Path:
    """Copy folders over each other into a new one."""
    for source in sources:
        shutil.copytree(source, folder, dirs_exist_ok=True)
    return folder


def _environment() -> dict[str, str]:
    """Return this process's environment without what would point into the checkout."""
    dropped = ("PYTHON", "ARGOSY_", "PIP_", "VIRTUAL_ENV")
    return {name: text for name, text in os.environ.items() if not name.startswith(dropped)}
