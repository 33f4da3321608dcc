"""The data of the demo systems: five stocks and a generated series."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from argosy import Bar, InstrumentId
from argosy.testing import demo
from argosy_catalog import ParquetDataCatalog


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder, the current one, with the demo data and a short series."""
    found = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(found)
        patch.setattr(demo, "QUOTES", 1_000)
        demo.main()
        yield found


@pytest.fixture(scope="module")
def catalog(folder: Path) -> Iterator[ParquetDataCatalog]:
    with ParquetDataCatalog(folder / "data/catalog") as found:
        yield found


def test_every_day_of_the_five_stocks_is_loaded(catalog: ParquetDataCatalog) -> None:
    rows = {each.key: each.rows for each in catalog.holdings(Bar)}
    assert {
        "AAPL.XNAS-1-DAY-LAST-EXTERNAL": 3_270,
        "FB.XNAS-1-DAY-LAST-EXTERNAL": 196,
        "GOOG.XNAS-1-DAY-LAST-EXTERNAL": 2_148,
        "IBM.XNAS-1-DAY-LAST-EXTERNAL": 3_270,
        "MSFT.XNAS-1-DAY-LAST-EXTERNAL": 3_270,
    } == rows


def test_prices_are_adjusted_for_splits_at_four_decimals(catalog: ParquetDataCatalog) -> None:
    first = catalog.bars("AAPL.XNAS-1-DAY-LAST-EXTERNAL")[0]
    # 130.31 before the splits, 4.186662803811 adjusted.
    assert Decimal("4.1867") == first.close.as_decimal()
    factor = Decimal("4.186662803811") / Decimal("130.31")
    assert (Decimal("118.56") * factor).quantize(Decimal("0.0001")) == first.open.as_decimal()
    assert 4 == first.close.precision


def test_the_series_is_the_same_everywhere() -> None:
    quotes = [(str(q.bid_price), str(q.ask_price), str(q.bid_size)) for q in demo.series(3)]
    assert [
        ("1.09998", "1.10001", "282000"),
        ("1.09996", "1.09999", "759000"),
        ("1.09998", "1.10000", "33000"),
    ] == quotes


def test_the_series_never_goes_back_in_time_nor_crosses(catalog: ParquetDataCatalog) -> None:
    quotes = catalog.quote_ticks("EUR/USD.GEN")
    assert 1_000 == len(quotes)
    times = [quote.ts_init for quote in quotes]
    assert sorted(set(times)) == times
    assert all(quote.bid_price < quote.ask_price for quote in quotes)


def test_loading_again_loads_nothing(catalog: ParquetDataCatalog) -> None:
    before = catalog.snapshot()
    demo.main()
    assert before == catalog.snapshot()
    assert 6 == len(catalog.holdings())
    assert InstrumentId("EUR/USD.GEN") in {each.id for each in catalog.instruments()}
