"""The project file, the Makefile and git know every package and every built file."""

import ast
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest

from tests.house.sources import packages, relative, source_files
from tests.pure import PROJECT

NOT_ASKED_FOR = {
    "databento_dbn": "the extra `loaders` asks for it; the loader says so where it is missing",
    "pydantic_core": "pydantic asks for the one version that fits it",
    "pytest": "argosy.testing is for those who test with it",
}
"""Imported package -> why the wheel does not ask for it."""
TARGETS = ("demo", "test", "check", "slow", "fix", "bench", "clean")


@pytest.fixture(scope="module")
def settings() -> dict[str, Any]:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text())


def test_the_wheel_holds_every_package(settings: dict[str, Any]) -> None:
    wheel = settings["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert sorted(map(relative, packages())) == sorted(wheel["packages"])


def test_every_package_but_the_host_is_a_plugin(settings: dict[str, Any]) -> None:
    plugins = {p.name.removeprefix("argosy_"): p.name for p in packages() if p.name != "argosy"}
    assert plugins == settings["project"]["entry-points"]["argosy"]


def test_every_package_obeys_the_import_contracts(settings: dict[str, Any]) -> None:
    linter = settings["tool"]["importlinter"]
    names = sorted(path.name for path in packages())
    contracts = {contract["name"]: contract for contract in linter["contracts"]}
    assert names == sorted(linter["root_packages"])
    plugins = [name for name in names if name != "argosy"]
    assert plugins == contracts["Plugins never import each other"]["modules"]
    assert plugins == contracts["The host never imports a plugin"]["forbidden_modules"]


STATEMENT = re.compile(r"^\s*(?:import|from)\s+(\w+)", re.M)


def imported(path: Path, known: set[str]) -> Iterator[str]:
    """Yield the top-level packages that a module imports, inside functions too.

    Most modules import what is `known`, as their lines tell, and are not parsed.
    """
    text = path.read_text()
    if known.issuperset(STATEMENT.findall(text)):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def test_the_wheel_asks_for_everything_that_is_imported(settings: dict[str, Any]) -> None:
    names = {re.split(r"[^\w-]", each)[0] for each in settings["project"]["dependencies"]}
    known = {path.name for path in packages()} | sys.stdlib_module_names | NOT_ASKED_FOR.keys()
    known |= {top for name in names for top in provided(name)}
    assert set() == {n for path in source_files(".py") for n in imported(path, known)} - known


def provided(name: str) -> set[str]:
    """Return the top-level packages and modules that a distribution installs."""
    tops = {file.parts[0].partition(".")[0] for file in distribution(name).files or ()}
    return tops - {""}


def test_the_version_is_said_twice_and_is_the_same(settings: dict[str, Any]) -> None:
    assert settings["project"]["version"] == importlib.import_module("argosy").__version__


def test_every_package_says_that_it_is_typed() -> None:
    assert [] == [relative(path) for path in packages() if not (path / "py.typed").exists()]


def test_the_makefile_is_short_and_has_the_promised_targets() -> None:
    text = (PROJECT / "Makefile").read_text()
    found = re.findall(r"^([a-z]+):", text, re.M)
    assert len(text.splitlines()) < 50
    assert list(TARGETS) == [target for target in found if target in TARGETS]


@pytest.mark.parametrize(
    "built",
    [
        "host/argosy/model/values.cpython-311-x86_64-linux-gnu.so",
        "build/c/values.c",
        "dist/argosy-0.1.0.tar.gz",
        "data/catalog/metadata.sqlite",
        ".venv/bin/python",
        "tests/__pycache__/pure.cpython-311.pyc",
    ],
)
def test_git_ignores_what_is_built(built: str) -> None:
    if shutil.which("git") is None or not (PROJECT / ".git").exists():
        pytest.skip("not a git checkout")
    ask = subprocess.run(["git", "check-ignore", "-q", built], cwd=PROJECT, check=False)
    assert 0 == ask.returncode
