"""The table [catalog] of a system file."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from argosy_catalog.settings import CatalogSettings

PROJECT = {"project": Path("/srv/project")}


@pytest.mark.parametrize(
    ("table", "path"),
    [
        ({}, "/srv/project/data/catalog"),
        ({"path": "lake"}, "/srv/project/lake"),
        ({"path": "/srv/lake"}, "/srv/lake"),
    ],
)
def test_a_relative_path_starts_at_the_project(table: dict[str, str], path: str) -> None:
    assert Path(path) == CatalogSettings.model_validate(table, context=PROJECT).path


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(ValidationError):
        CatalogSettings.model_validate({"pfad": "x"}, context=PROJECT)
