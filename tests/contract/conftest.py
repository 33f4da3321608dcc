"""The wheel of the project, built once a session, and environments that it is installed into."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.scratch import Scratch, build_wheel, link_closure

MakeScratch = Callable[[], Scratch]


@pytest.fixture(scope="session")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the working tree; what is compiled already is not compiled again."""
    return build_wheel(project, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def dependencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the project's metadata ask for, and the tools that build wheels."""
    folder = tmp_path_factory.mktemp("dependencies") / "site"
    link_closure(folder, "argosy", "hatchling", "cython", "setuptools")
    return folder


@pytest.fixture(scope="session")
def make_scratch(
    wheel: Path, dependencies: Path, tmp_path_factory: pytest.TempPathFactory
) -> MakeScratch:
    """Make a venv with the wheel installed."""

    def make() -> Scratch:
        scratch = Scratch(tmp_path_factory.mktemp("venv"), dependencies)
        scratch.install(wheel)
        return scratch

    return make
