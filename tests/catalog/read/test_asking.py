"""SQL over a catalog, through one connection that comes with the first question."""

import pytest

from argosy.errors import CatalogError
from argosy_catalog.lake.lake import Lake
from argosy_catalog.read.asking import Asking


def test_queries_share_a_connection_until_it_is_closed(lake: Lake) -> None:
    asking = Asking(lake)
    session = asking.session
    assert [{"x": 1}] == asking.table("SELECT 1 AS x").to_pylist()
    assert [{"x": 2}] == asking.batches("SELECT $x AS x", {"x": 2}).read_all().to_pylist()
    asking.close()
    assert [{"x": 3}] == asking.table("SELECT 3 AS x").to_pylist()
    assert session is asking.session
    asking.close()


def test_a_kept_query_is_asked_by_its_name(lake: Lake) -> None:
    asking = Asking(lake)
    asking.save("mine", "SELECT count(*) AS rows FROM quotes")
    assert [{"rows": 0}] == asking.table("FROM mine").to_pylist()
    asking.close()
    asking.drop("mine")
    with pytest.raises(CatalogError, match="mine"):
        asking.table("FROM mine")
    asking.close()


def test_to_close_what_nobody_asked_does_nothing(lake: Lake) -> None:
    Asking(lake).close()
