"""Views of people's own: the only thing that SQL writes."""

import shutil
from pathlib import Path

import pytest

from argosy.errors import CatalogError, InputError
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.read.saved import RESERVED
from tests.catalog.samples import quotes


def test_a_query_is_kept_and_forgotten(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(3))
    before = catalog.snapshot()
    catalog.save_view("wide", "SELECT spread(bid_price, ask_price) AS s FROM quotes; -- all")
    catalog.save_view("wide", "SELECT max(spread(bid_price, ask_price)) AS s FROM quotes")
    assert before + 2 == catalog.snapshot()
    assert "0.00002" == f"{catalog.sql('FROM wide').to_pylist()[0]['s']:.5f}"
    with ParquetDataCatalog(catalog.path, read_only=True) as other:
        assert 1 == other.sql("FROM wide").num_rows
        with pytest.raises(CatalogError, match="read-only"):
            other.save_view("mine", "SELECT 1")
    catalog.drop_view("wide")
    with pytest.raises(CatalogError, match="wide does not exist"):
        catalog.sql("FROM wide")
    with pytest.raises(CatalogError, match="there is no view 'wide'"):
        catalog.drop_view("wide")


@pytest.mark.parametrize(
    ("name", "query", "error", "message"),
    [
        ("quotes", "SELECT 1", InputError, "'quotes' is a view of the catalog"),
        ("Ordered_Quotes", "SELECT 1", InputError, "is a view of the catalog"),
        ('x" AS SELECT 1; --', "SELECT 1", InputError, "is no name"),
        ("lake.main.x", "SELECT 1", InputError, "is no name"),
        ("x", "DROP VIEW quotes", CatalogError, "DROP is refused"),
        ("x", "SELECT 1; DROP VIEW quotes", CatalogError, "DROP is refused"),
        ("x", "SELECT 1; SELECT 2", CatalogError, "more than one statement"),
        ("x", "FROM read_csv('x.csv')", CatalogError, "read_csv is refused"),
        ("x", "FROM sqlite_scan/**/('x', 'y')", CatalogError, "sqlite_scan is refused"),
        ("x", "SELECT no_column FROM quotes", CatalogError, "no_column"),
        ("x", "SELECT $a", CatalogError, "."),
        ("x", "", CatalogError, "it is empty"),
        ("x", "EXPLAIN SELECT 1", CatalogError, "syntax"),
    ],
)
def test_what_may_not_be_kept_changes_nothing(
    victim: ParquetDataCatalog, name: str, query: str, error: type[Exception], message: str
) -> None:
    before = victim.snapshot()
    with pytest.raises(error, match=message):
        victim.save_view(name, query)
    assert before == victim.snapshot()


@pytest.fixture(scope="module")
def victim(empty_catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> ParquetDataCatalog:
    folder = tmp_path_factory.mktemp("saved") / "catalog"
    shutil.copytree(empty_catalog, folder)
    return ParquetDataCatalog(folder)


def test_reserved_are_the_views_that_a_new_catalog_has(victim: ParquetDataCatalog) -> None:
    assert RESERVED == set(victim.sql("SHOW TABLES").column("name").to_pylist())
