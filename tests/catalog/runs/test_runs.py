"""The role of a catalog that answers and keeps runs."""

from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.hindsight.present import present
from tests.catalog.samples import DAY, SECOND, T0, quotes

QUERY = "SELECT ts_init, bid_price FROM quotes"


@pytest.mark.slow
def test_a_catalog_of_the_past_answers_as_of_then(folder: Path) -> None:
    with ParquetDataCatalog(folder) as catalog:
        catalog.write_data(quotes(3))
        before = catalog.snapshot()
        catalog.write_data(quotes(2, start=T0 + DAY))
        with catalog.at(before) as past:
            assert (3, 5) == tuple(each.feature_rows(QUERY).num_rows for each in (past, catalog))


def test_a_closed_catalog_answers_again(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(3))
    counts = []
    for _ in range(2):
        counts.append(catalog.feature_rows(QUERY).num_rows)
        catalog.close()
    assert [3, 3] == counts


@pytest.mark.slow
def test_queries_of_runs_see_changed_data(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(12))
    true = catalog.feature_rows(QUERY).to_pylist()
    prices = {row["ts_init"]: row["bid_price"] for row in true}
    for is_falling in (False, True):
        with catalog.changed_after(T0 + SECOND, is_falling=is_falling):
            changed = catalog.feature_rows(QUERY).to_pylist()
            withheld = catalog.feature_rows(QUERY, until_ns=T0 + 4 * SECOND).to_pylist()
        assert true[:2] == changed[:2]
        assert 2 < len(changed) < len(true)
        for row in changed[2:]:
            assert is_falling is (row["bid_price"] < prices[row["ts_init"]])
            assert row["bid_price"] != prices[row["ts_init"]]
        assert [row for row in changed if row["ts_init"] <= true[4]["ts_init"]] == withheld
    assert None is present()


def test_no_row_is_read_back_from_a_run_that_is_not_there(catalog: ParquetDataCatalog) -> None:
    with pytest.raises(CatalogError, match="run r took in no rows called 'z'"):
        catalog.run_features("r", "z")
