"""A catalog goes on without what is broken."""

from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.upkeep.removal import Removed
from tests.catalog.samples import DAY, SECOND, T0, quotes


@pytest.mark.slow
@pytest.mark.parametrize("is_there", ["cut", "gone"])
def test_the_time_of_a_broken_file_is_missing_and_can_be_loaded_again(
    catalog: ParquetDataCatalog, folder: Path, is_there: str
) -> None:
    for day in range(3):
        catalog.write_data(quotes(4, start=T0 + day * DAY))
    whole, before = catalog.quote_ticks(), catalog.snapshot()
    file = sorted(folder.rglob("2024-01-02*.parquet"))[0]
    if is_there == "cut":
        file.write_bytes(b"PAR1")
    else:
        file.unlink()
    with pytest.raises(CatalogError, match="a file of the catalog"):
        catalog.quote_ticks()
    assert [Removed("quotes", "GBP/USD.SIM", 4)] == catalog.forget_broken()
    assert [*whole[:4], *whole[8:]] == catalog.quote_ticks()
    rows = catalog.sql("SELECT count(*) AS rows FROM quotes").to_pylist()
    assert [{"rows": 8}] == rows
    span = (T0 + DAY, T0 + DAY + 3 * SECOND)
    assert [span] == catalog.missing(QuoteTick, "GBP/USD.SIM", *span)
    with pytest.raises(CatalogError, match="a file of the catalog"):
        catalog.at(before).quote_ticks()
    found = catalog.verify()
    (finding,) = found.findings
    assert (str(file), "forgotten", True) == (finding.place, finding.state, found.is_sound)
    assert "only snapshots before 5 have it" in finding.problem
    assert [] == catalog.forget_broken()
    assert 4 == catalog.write_data(quotes(4, start=T0 + DAY))
    assert whole == catalog.quote_ticks()
    assert [] == catalog.missing(QuoteTick, "GBP/USD.SIM", *span)


def test_where_nothing_is_broken_nothing_is_forgotten(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(4))
    before = catalog.snapshot()
    assert [] == catalog.forget_broken()
    assert before == catalog.snapshot()
