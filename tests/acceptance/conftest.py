"""A scratch project for each test."""

from pathlib import Path

import pytest

from tests.acceptance.kit import Project


@pytest.fixture
def scratch(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An empty project with the strategies of this one; it is the current folder."""
    (tmp_path / "strategies").symlink_to(project / "strategies")
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)
