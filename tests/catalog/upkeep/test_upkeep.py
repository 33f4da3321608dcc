"""The catalog as it was, and what only a catalog that is there can do."""

from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from tests.catalog.samples import DAY, SECOND, T0, quotes


def test_the_catalog_at_a_snapshot_reads_as_it_was_in_every_way(
    catalog: ParquetDataCatalog,
) -> None:
    catalog.write_data(quotes(5))
    number, (made,) = catalog.snapshot(), catalog.history()[-1:]
    before = catalog.quote_ticks()
    catalog.write_data(quotes(9, price_precision=2, first_raw=-4), on_overlap="replace")
    with catalog.at("2261-01-01") as now:
        assert number + 1 == now.snapshot() == catalog.snapshot()
    with catalog.at(number) as then:
        assert before == then.query(QuoteTick)
        assert 5 == then.arrow(QuoteTick, "GBP/USD.SIM").read_all().num_rows
        (stream,) = then.streams(QuoteTick, "GBP/USD.SIM")
        assert (5, 5) == (stream.rows, stream.price_precision)
        (holding,) = then.holdings()
        assert T0 + 4 * SECOND == holding.last_ns
        rows = then.sql("SELECT count(*) AS rows, min(bid_price) AS low FROM quotes").to_pylist()
        assert [(5, "1.50000")] == [(row["rows"], str(row["low"])) for row in rows]
        assert made.number == then.history()[-1].number == then.snapshot()
        (span,) = then.coverage()
        assert T0 + 4 * SECOND == span.last_ns
        assert [] == then.instruments()
        with pytest.raises(CatalogError, match="read-only"):
            then.write_data(quotes(1, start=0))


@pytest.mark.parametrize(
    "task",
    [
        lambda catalog: catalog.delete(QuoteTick),
        lambda catalog: catalog.restore(1, QuoteTick),
        lambda catalog: catalog.compact(),
        lambda catalog: catalog.expire(),
        lambda catalog: catalog.clear_orphans(),
        lambda catalog: catalog.verify(),
        lambda catalog: catalog.at(1),
    ],
)
def test_nothing_is_kept_in_order_where_there_is_no_catalog(tmp_path: Path, task: object) -> None:
    catalog = ParquetDataCatalog(tmp_path / "none")
    with pytest.raises(CatalogError, match="there is no catalog here"):
        task(catalog)  # type: ignore[operator]
    assert [] == [*catalog.history(), *catalog.coverage()]
    assert not (tmp_path / "none").exists()


def test_a_time_that_is_covered_has_two_ends_and_an_owner(catalog: ParquetDataCatalog) -> None:
    with pytest.raises(CatalogError, match="has a start, an end and an owner"):
        catalog.write_data([], start=T0, end=T0 + 1)
    with pytest.raises(CatalogError, match="before it begins"):
        catalog.mark_empty(QuoteTick, "GBP/USD.SIM", T0 + 1, T0)


def test_a_load_says_what_it_covers(catalog: ParquetDataCatalog) -> None:
    span = {"start": "2023-12-31", "end": "2024-01-02"}
    catalog.write_data(quotes(3), data_type=QuoteTick, identifier="GBP/USD.SIM", **span)  # type: ignore[arg-type]
    assert [] == catalog.missing(QuoteTick, "GBP/USD.SIM", "2023-12-31", "2024-01-02")
    assert ["empty", "held", "empty"] == [each.state for each in catalog.coverage()]


def test_rows_are_dropped_that_a_load_has_twice(catalog: ParquetDataCatalog) -> None:
    twice = [*quotes(2, step=0), *quotes(2, step=0)]
    assert 2 == catalog.write_data(twice, on_duplicate="drop")
    assert 2 == len(catalog.quote_ticks())


@pytest.mark.slow
def test_what_the_readme_shows_is_so(
    folder: Path, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (project / "catalog/README.md").read_text().partition("## Keeping it in order")[2]
    (tmp_path / "data").mkdir()
    folder.rename(tmp_path / "data" / "catalog")
    monkeypatch.chdir(tmp_path)
    names = {
        "quotes": quotes(4, step=DAY // 2),
        "corrected": quotes(2, step=DAY // 2, price_precision=2),
        "backfill": quotes(9, start=T0 - DAY, step=DAY // 2),
    }
    exec(page.partition("```python\n")[2].partition("```")[0], names)
    with ParquetDataCatalog("data/catalog") as catalog:
        assert 9 == len(catalog.quote_ticks())
        assert ["held", "missing", "empty"] == [each.state for each in catalog.coverage()]
        assert [] == catalog.verify().findings
