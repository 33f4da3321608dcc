"""What a new catalog holds, and which catalogs are refused."""

import pytest

from argosy.errors import CatalogError
from argosy_catalog.duck import connect
from argosy_catalog.lake import METADATA, Lake
from argosy_catalog.layout import VERSION


def test_a_new_catalog_is_one_file_and_a_folder_without_files(lake: Lake) -> None:
    names = sorted(path.name for path in lake.path.iterdir())
    assert ["data", METADATA, "write.lock"] == names
    assert [] == [path for path in lake.data_path.rglob("*") if path.is_file()]


def test_a_new_catalog_has_its_views(lake: Lake) -> None:
    connection = lake.connect(read_only=True)
    rows = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal")
    names = sorted(row[0] for row in rows.fetchall())
    lake.disconnect(connection)
    expected = "accounts bars coverage deltas equity events fills instruments orders positions"
    assert {*expected.split(), "quotes", "runs", "trades"} <= set(names)


def test_a_catalog_of_a_newer_version_is_refused(lake: Lake) -> None:
    with lake.write() as connection:
        connection.execute(f"DROP SCHEMA argosy_layout_{VERSION}")
        connection.execute("CREATE SCHEMA argosy_layout_99")
    lake.close()
    with pytest.raises(
        CatalogError, match=f"has layout 99; this version of Argosy knows {VERSION}"
    ):
        lake.snapshot()


def test_a_ducklake_that_is_no_catalog_is_refused(lake: Lake) -> None:
    other = Lake(lake.path / "other")
    other.path.mkdir()
    with connect() as connection:
        other.attach(connection)
        connection.execute("CREATE TABLE t (n INTEGER)")
    with pytest.raises(CatalogError, match="is no Argosy catalog"):
        other.snapshot()
