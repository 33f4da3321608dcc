"""What a new catalog holds, and which catalogs are refused."""

from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake import layout
from argosy_catalog.lake.duck import connect
from argosy_catalog.lake.lake import METADATA, Lake
from argosy_catalog.lake.layout import VERSION
from tests.catalog.samples import quotes


def test_a_new_catalog_is_one_file_and_a_folder_without_files(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir())
    assert ["data", METADATA, "write.lock"] == names
    assert [] == [path for path in (folder / "data").rglob("*") if path.is_file()]


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


def test_a_ducklake_that_is_no_catalog_is_refused(folder: Path) -> None:
    other = Lake(folder / "other")
    (folder / "other").mkdir()
    with connect() as connection:
        other.attach(connection)
        connection.execute("CREATE TABLE t (n INTEGER)")
    with pytest.raises(CatalogError, match="is no Argosy catalog"):
        other.snapshot()


def make_older(lake: Lake) -> None:
    """Take from a catalog what layout 1 did not have."""
    with lake.write() as transaction:
        for statement in (
            "DROP VIEW main.coverage",
            "DROP TABLE reference.spans",
            "DROP TABLE reference.checksums",
            f"DROP SCHEMA argosy_layout_{VERSION}",
            "CREATE SCHEMA argosy_layout_1",
        ):
            transaction.execute(statement)


def test_a_catalog_of_the_layout_before_is_read_as_it_is_and_upgraded_by_a_write(
    catalog: ParquetDataCatalog, lake: Lake
) -> None:
    catalog.write_data(quotes(3))
    make_older(lake)
    catalog.close()
    with ParquetDataCatalog(lake.path, read_only=True) as reader:
        assert 3 == len(reader.quote_ticks())
        assert ["held"] == [each.state for each in reader.coverage()]
        assert [] == reader.verify().findings
        assert 3 == reader.sql("FROM quotes").num_rows
    before = lake.snapshot()
    catalog.mark_empty(QuoteTick, "GBP/USD.SIM", "2024-01-02", "2024-01-03")
    assert before + 1 == lake.snapshot()
    assert ["held", "missing", "empty"] == [
        row["state"] for row in catalog.sql("FROM coverage").to_pylist()
    ]
    assert 3 == catalog.sql("FROM quotes").num_rows


@pytest.mark.slow
def test_an_upgrade_is_undone_with_the_write_that_brought_it(
    catalog: ParquetDataCatalog, lake: Lake
) -> None:
    catalog.write_data(quotes(3))
    make_older(lake)
    catalog.close()
    with pytest.raises(CatalogError, match="already there"):
        catalog.mark_empty(QuoteTick, "GBP/USD.SIM", "2024-01-01", "2024-01-03")
    with lake.metadata() as select:
        assert ["1"] == layout._versions(select)
