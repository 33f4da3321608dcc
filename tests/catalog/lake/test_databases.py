"""What a user writes about metadata names one database."""

from pathlib import Path

import pytest

from argosy.config.secret import Secret
from argosy.errors import CatalogError
from argosy_catalog.lake.databases import metadata_of
from argosy_catalog.lake.objects import ObjectPath
from argosy_catalog.lake.postgres import PostgresMetadata
from argosy_catalog.lake.sqlite import MetadataFile

SERVER = "postgres:host=db dbname=lake"
BUCKET = ObjectPath.parse("s3://research/fx")


def test_a_folder_keeps_its_metadata_itself(tmp_path: Path) -> None:
    found = metadata_of(None, tmp_path)
    assert isinstance(found, MetadataFile)
    assert tmp_path / "metadata.sqlite" == found.file


@pytest.mark.parametrize("spelled", ["{}", "sqlite:{}"])
def test_a_path_is_that_of_a_sqlite_file(spelled: str, tmp_path: Path) -> None:
    found = metadata_of(spelled.format(tmp_path / "lake.db"), BUCKET)
    assert str(tmp_path / "lake.db") == str(found)


def test_an_address_is_that_of_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAKE", SERVER)
    for given in (SERVER, "env:LAKE", Secret("env:LAKE")):
        found = metadata_of(given, BUCKET)
        assert isinstance(found, PostgresMetadata)
        assert SERVER == str(found)


def test_an_object_store_keeps_no_metadata() -> None:
    with pytest.raises(CatalogError, match="keeps its metadata elsewhere"):
        metadata_of(None, BUCKET)
