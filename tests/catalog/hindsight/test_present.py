"""What is shown belongs to one run: no other run of the process sees it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.hindsight.alteration import Outcome
from argosy_catalog.hindsight.present import changed_after, present
from tests.catalog.conftest import MakeCatalog
from tests.catalog.samples import GBPUSD, SECOND, T0, quotes

AFTER, LATER = T0 + 3 * SECOND, T0 + 20 * SECOND
ROWS = 40


@pytest.fixture(scope="module")
def held(make_catalog: MakeCatalog) -> Path:
    return make_catalog(quotes(ROWS))


def by_objects(catalog: ParquetDataCatalog) -> list[Any]:
    return [(each.ts_init, each.bid_price.raw) for each in catalog.quote_ticks()]


def by_streams(catalog: ParquetDataCatalog) -> list[Any]:
    (stream,) = catalog.streams(QuoteTick, GBPUSD, prefetch=2)
    rows = [row for batch in stream.batches() for row in batch.to_pylist()]
    return [(row["ts_init"].value, int(row["bid_price"].scaleb(5))) for row in rows]


def by_sql(catalog: ParquetDataCatalog) -> list[Any]:
    query = "SELECT epoch_ns(ts_init) AS t, (bid_price * 100000)::BIGINT AS p FROM quotes"
    return [tuple(row.values()) for row in catalog.sql(f"{query} ORDER BY t").to_pylist()]


def by_features(catalog: ParquetDataCatalog) -> list[Any]:
    rows = catalog.feature_rows("SELECT ts_init, bid_price FROM quotes").to_pylist()
    return [(row["ts_init"].value, int(row["bid_price"].scaleb(5))) for row in rows]


def by_holdings(catalog: ParquetDataCatalog) -> list[Any]:
    (holding,) = catalog.holdings()
    (span,) = catalog.coverage()
    return [holding.rows, holding.last_ns, span.last_ns]


READS = [by_objects, by_streams, by_sql, by_features, by_holdings]


def test_afterwards_everything_is_as_it_was(held: Path) -> None:
    with ParquetDataCatalog(held) as catalog:
        before = by_objects(catalog)
        with pytest.raises(RuntimeError, match="inside"), changed_after(AFTER):
            raise RuntimeError("inside")
        assert None is present()
        assert before == by_objects(catalog)


@pytest.mark.parametrize("read", READS)
def test_one_catalog_shows_what_holds_at_each_question(
    held: Path, read: Callable[[ParquetDataCatalog], list[Any]]
) -> None:
    with ParquetDataCatalog(held) as catalog:
        true = read(catalog)
        with changed_after(AFTER):
            risen = read(catalog)
            with changed_after(LATER, is_falling=True):
                fallen = read(catalog)
            assert risen == read(catalog)
        assert true == read(catalog)
    assert 3 == len({tuple(each) for each in (true, risen, fallen)})


@pytest.mark.parametrize("read", READS)
def test_searches_in_two_threads_do_not_disturb_each_other(
    held: Path, read: Callable[[ParquetDataCatalog], list[Any]]
) -> None:
    outcomes = [Outcome(AFTER), Outcome(LATER, is_falling=True), None]
    begun, read_once = Barrier(len(outcomes)), Barrier(len(outcomes))

    def search(outcome: Outcome | None) -> list[Any]:
        if outcome is None:  # a run over the data as they are, beside the searches
            begun.wait()
            with ParquetDataCatalog(held) as catalog:
                found = read(catalog)
            read_once.wait()
            return found
        with changed_after(outcome.after_ns, is_falling=outcome.is_falling):
            begun.wait()
            with ParquetDataCatalog(held) as catalog:
                found = read(catalog)
                read_once.wait()  # all others are still inside
                assert (outcome, found) == (present(), read(catalog))
        assert None is present()
        return found

    with ThreadPoolExecutor(len(outcomes)) as threads:
        together = list(threads.map(search, outcomes))
    assert len(outcomes) == len({tuple(each) for each in together})
    for outcome, found in zip(outcomes, together, strict=True):
        assert alone(held, read, outcome) == found


def alone(
    folder: Path, read: Callable[[ParquetDataCatalog], list[Any]], outcome: Outcome | None
) -> list[Any]:
    """Return what is read where nothing else goes on."""
    with ParquetDataCatalog(folder) as catalog:
        if outcome is None:
            return read(catalog)
        with changed_after(outcome.after_ns, is_falling=outcome.is_falling):
            return read(catalog)
