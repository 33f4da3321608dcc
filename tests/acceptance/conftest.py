"""Scratch projects for each test."""

import shutil
from pathlib import Path

import pytest

from argosy.testing.instruments import default_fx_ccy
from tests.acceptance.kit import Project
from tests.acceptance.small import PLACE, SYSTEM, quotes
from tests.catalog.conftest import one_thread

__all__ = ["one_thread"]


@pytest.fixture
def scratch(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An empty project with the strategies of this one; it is the current folder."""
    monkeypatch.chdir(tmp_path)
    return new_project(tmp_path, project)


@pytest.fixture(scope="session")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog with the data of the small system, to be copied."""
    made = Project(tmp_path_factory.mktemp("small"))
    made.load([default_fx_ccy("GBP/USD"), *quotes()])
    return made.catalog_path


@pytest.fixture
def small(scratch: Project, small_data: Path) -> Project:
    """A project with the small system and its data."""
    return with_small_system(scratch, small_data)


def new_project(folder: Path, project: Path) -> Project:
    """Make a project with the strategies of another."""
    (folder / "strategies").mkdir()
    for file in (project / "strategies").glob("*.py"):
        (folder / "strategies" / file.name).symlink_to(file)
    return Project(folder)


def with_small_system(made: Project, small_data: Path) -> Project:
    """Give a project the small system and its data."""
    shutil.copytree(small_data, made.catalog_path)
    made.write(PLACE, SYSTEM)
    return made
