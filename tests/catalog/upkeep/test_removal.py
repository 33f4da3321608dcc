"""Deleting rows, and bringing them back."""

from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy.model.data import Bar, QuoteTick
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.kinds import QUOTES
from argosy_catalog.lake.lake import Lake
from argosy_catalog.upkeep.removal import Removed, delete, restore
from tests.catalog.samples import SECOND, SHIB, T0, bars, files_under, quotes

SPAN = (T0 + 2 * SECOND, T0 + 3 * SECOND)


def times(catalog: ParquetDataCatalog, key: str = "GBP/USD.SIM") -> list[int]:
    return [(quote.ts_init - T0) // SECOND for quote in catalog.quote_ticks(key)]


def test_a_dry_run_says_what_goes_and_changes_nothing(
    catalog: ParquetDataCatalog, lake: Lake, folder: Path
) -> None:
    catalog.write_data([*quotes(6), *quotes(9, instrument=SHIB, price_precision=8)])
    before = (lake.snapshot(), files_under(folder))
    expected = [Removed("quotes", key, 2) for key in ("GBP/USD.SIM", "SHIBUSDT.SIM")]
    assert expected == delete(lake, QUOTES, None, SPAN, dry_run=True)
    assert before == (lake.snapshot(), files_under(folder))
    assert expected == delete(lake, QUOTES, None, SPAN)
    assert [0, 1, 4, 5] == times(catalog)


def test_what_was_deleted_comes_back_and_only_that(catalog: ParquetDataCatalog, lake: Lake) -> None:
    catalog.write_data(quotes(6))
    full = lake.snapshot()
    delete(lake, QUOTES, ["GBP/USD.SIM"], (T0, T0 + 4 * SECOND))
    assert [5] == times(catalog)
    assert [Removed("quotes", "GBP/USD.SIM", 0, 2)] == restore(lake, QUOTES, None, SPAN, full)
    assert [2, 3, 5] == times(catalog)
    assert [] == restore(lake, QUOTES, None, SPAN, lake.snapshot())
    assert [*SPAN] == [
        end
        for each in catalog.coverage()
        if each.state == "held" and each.first_ns <= SPAN[0] <= each.last_ns
        for end in (each.first_ns, each.last_ns)
    ]


@pytest.mark.slow
def test_later_rows_make_way_for_those_of_the_snapshot(
    catalog: ParquetDataCatalog, lake: Lake
) -> None:
    catalog.write_data(quotes(4))
    then = lake.snapshot()
    catalog.write_data(quotes(9, price_precision=2, first_raw=-5), on_overlap="replace")
    found = restore(lake, QUOTES, None, (T0, T0 + 2 * SECOND), then)
    assert [Removed("quotes", "GBP/USD.SIM", 3, 3)] == found
    prices = [str(quote.bid_price) for quote in catalog.quote_ticks()]
    assert ["1.50000", "1.50001", "1.50002", "-0.02", "-0.01", "0.00"] == prices[:6]


def test_bars_go_by_bar_type_or_instrument_and_other_names_are_refused(
    catalog: ParquetDataCatalog,
) -> None:
    catalog.write_data([*bars(3), *quotes(1)])
    (gone,) = catalog.delete(Bar, "GBP/USD.SIM", T0, T0 + 60 * SECOND)
    assert ("bars", "GBP/USD.SIM-1-MINUTE-BID-EXTERNAL", 1) == (gone.kind, gone.key, gone.rows)
    with pytest.raises(CatalogError, match=r"there are no quotes of GBPUSD\.SIM"):
        catalog.delete(QuoteTick, "GBPUSD.SIM")
    with pytest.raises(CatalogError, match="before it begins"):
        catalog.delete(QuoteTick, "GBP/USD.SIM", T0 + 1, T0)
