"""The table [catalog] of a system file."""

import tomllib
from pathlib import Path

import pytest
from pydantic import ValidationError

from argosy.config.secret import Secret
from argosy_catalog.lake.objects import ObjectPath
from argosy_catalog.settings import CatalogSettings

PROJECT = {"project": Path("/srv/project")}
SERVER = "postgres:host=db dbname=lake password=env:LAKE_PASSWORD"


def read(table: dict[str, str]) -> CatalogSettings:
    return CatalogSettings.model_validate(table, context=PROJECT)


@pytest.mark.parametrize(
    ("table", "path"),
    [
        ({}, Path("/srv/project/data/catalog")),
        ({"path": "lake"}, Path("/srv/project/lake")),
        ({"path": "/srv/lake"}, Path("/srv/lake")),
        ({"path": "s3://lake/fx"}, ObjectPath("lake/fx")),
    ],
)
def test_a_relative_path_starts_at_the_project(
    table: dict[str, str], path: Path | ObjectPath
) -> None:
    assert path == read(table).path


@pytest.mark.parametrize(
    ("text", "metadata"),
    [
        (SERVER, SERVER),
        ("postgresql://db/lake", "postgresql://db/lake"),
        ("env:LAKE_METADATA", Secret("env:LAKE_METADATA")),
        ("fx.sqlite", Path("/srv/project/fx.sqlite")),
        ("sqlite:/srv/fx.sqlite", Path("/srv/fx.sqlite")),
    ],
)
def test_metadata_is_a_server_a_file_or_a_secret(text: str, metadata: object) -> None:
    assert metadata == read({"metadata": text}).metadata


@pytest.mark.parametrize(
    "table",
    [
        {"pfad": "x"},
        {"path": "s3://"},
        {"metadata": "postgres:host=db password=hush"},
        {"metadata": "postgresql://quant:hush@db/lake"},
    ],
)
def test_what_is_wrong_is_refused_without_repeating_secrets(table: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as caught:
        read(table)
    assert "hush" not in str(caught.value)


def test_the_readme_shows_a_table_that_is_accepted(project: Path) -> None:
    text = (project / "catalog/README.md").read_text()
    section = text.partition("## Servers and object stores")[2].partition("\n## ")[0]
    block = section.partition("```toml\n")[2].partition("```")[0]
    settings = read(tomllib.loads(block)["catalog"])
    assert ObjectPath("research/fx") == settings.path
    assert str(settings.metadata).startswith("postgres:host=db.example.com ")
