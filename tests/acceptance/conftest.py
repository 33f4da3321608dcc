"""Scratch projects for each test."""

import shutil
from pathlib import Path

import pytest

from argosy.testing.instruments import default_fx_ccy
from tests.acceptance.kit import Project
from tests.acceptance.small import PLACE, SYSTEM, quotes


@pytest.fixture
def scratch(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An empty project with the strategies of this one; it is the current folder."""
    (tmp_path / "strategies").mkdir()
    for file in (project / "strategies").glob("*.py"):
        (tmp_path / "strategies" / file.name).symlink_to(file)
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


@pytest.fixture(scope="session")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog with the data of the small system, to be copied."""
    made = Project(tmp_path_factory.mktemp("small"))
    made.load([default_fx_ccy("GBP/USD"), *quotes()])
    return made.catalog_path


@pytest.fixture
def small(scratch: Project, small_data: Path) -> Project:
    """A project with the small system and its data."""
    shutil.copytree(small_data, scratch.catalog_path)
    scratch.write(PLACE, SYSTEM)
    return scratch
