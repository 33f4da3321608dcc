"""The catalog as Python users meet it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from argosy.errors import CatalogError, DataError
from argosy.model.data import Bar, OrderBookDelta, QuoteTick, TradeTick
from argosy.model.instruments import CurrencyPair, Equity, Instrument
from argosy.serialization.arrow import from_batch, to_batch
from argosy.testing import instruments as factory
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.duck import connect
from tests.catalog.conftest import MakeCatalog
from tests.catalog.samples import (
    BID_BARS,
    DAY,
    GBPUSD,
    SECOND,
    SHIB,
    T0,
    bars,
    deltas,
    event_rows,
    files_under,
    fill_rows,
    quotes,
    trades,
)

TOKEN = quotes(5, start=T0 + 1, instrument=SHIB, price_precision=8)


@pytest.fixture(scope="module")
def held(make_catalog: MakeCatalog) -> Iterator[ParquetDataCatalog]:
    folder = make_catalog([*quotes(300), *TOKEN, *trades(300), *bars(300), *deltas(50)])
    with ParquetDataCatalog(folder, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize(
    ("objects", "data_type"),
    [(quotes(300), QuoteTick), (trades(300), TradeTick), (bars(300), Bar)],
)
def test_what_was_written_is_read(
    held: ParquetDataCatalog, objects: list[Any], data_type: type
) -> None:
    assert objects == held.query(data_type, GBPUSD)


def test_deltas_come_back_with_clear_and_flags(held: ParquetDataCatalog) -> None:
    found = held.order_book_deltas(GBPUSD)
    assert [each.to_dict() for each in deltas(50)] == [each.to_dict() for each in found]


def test_each_kind_has_its_own_method(held: ParquetDataCatalog) -> None:
    assert quotes(300) == held.quote_ticks([GBPUSD])
    assert trades(300) == held.trade_ticks("GBP/USD.SIM")
    assert bars(300) == held.bars(BID_BARS)
    assert bars(300) == held.bars([str(BID_BARS)])
    assert bars(300) == held.bars("GBP/USD.SIM")
    assert [] == held.bars("EUR/USD.SIM")


def test_both_ends_of_a_query_are_included(held: ParquetDataCatalog) -> None:
    found = held.quote_ticks(GBPUSD, start="2024-01-01T00:00:10Z", end=T0 + 12 * SECOND)
    assert [10, 11, 12] == [(each.ts_init - T0) // SECOND for each in found]


def test_several_instruments_are_merged_by_time(held: ParquetDataCatalog) -> None:
    found = held.query(QuoteTick)
    assert sorted([*quotes(300), *TOKEN], key=lambda each: each.ts_init) == found


def test_a_catalog_exists_after_its_first_write(tmp_path: Path) -> None:
    with ParquetDataCatalog(tmp_path / "new") as catalog:
        assert not catalog.exists
        catalog.write_data(quotes(1))
        assert catalog.exists


def test_instruments_are_data_too(catalog: ParquetDataCatalog) -> None:
    pair, stock = factory.default_fx_ccy("GBP/USD"), factory.equity("AAPL", "XNAS")
    assert 2 == catalog.write_data([stock, pair])
    assert 0 == catalog.write_data(pair)
    assert [stock, pair] == catalog.instruments()
    assert [pair] == catalog.query(CurrencyPair)
    assert [stock] == catalog.query(Equity, "AAPL.XNAS")
    assert [pair] == catalog.query(Instrument, GBPUSD)


def test_arrow_gives_back_what_arrow_gave(catalog: ParquetDataCatalog) -> None:
    batch = to_batch(quotes(1000))
    catalog.write_data(pa.Table.from_batches([batch]))
    reader = catalog.arrow(QuoteTick, GBPUSD, batch_rows=128)
    assert isinstance(reader, pa.RecordBatchReader)
    assert batch.to_pylist() == reader.read_all().to_pylist()
    part = catalog.arrow(QuoteTick, GBPUSD, T0 + SECOND, T0 + 3 * SECOND).read_all()
    assert batch.slice(1, 3).to_pylist() == part.to_pylist()


def test_a_change_of_precision_makes_two_streams_and_one_sorted_table(
    catalog: ParquetDataCatalog,
) -> None:
    later = quotes(3, start=T0 + DAY, price_precision=6, first_raw=1_500_000)
    last = quotes(1, start=T0 + 2 * DAY)
    for load in (later, quotes(2), last):
        catalog.write_data(load)
    streams = catalog.streams(QuoteTick, GBPUSD)
    assert [5, 6] == [stream.price_precision for stream in streams]
    table = catalog.arrow(QuoteTick, GBPUSD).read_all()
    expected = ["1.500000", "1.500010", "1.500000", "1.500001", "1.500002", "1.500000"]
    assert expected == [str(price) for price in table.column("bid_price").to_pylist()]
    times = table.column("ts_init").to_pylist()
    assert sorted(times) == times
    assert [*quotes(2), *later, *last] == catalog.quote_ticks()


def test_arrow_is_of_one_bar_type(catalog: ParquetDataCatalog) -> None:
    ask = type(BID_BARS).from_str(str(BID_BARS).replace("BID", "ASK"))
    catalog.write_data([*bars(2), *bars(2, bar_type=ask)])
    with pytest.raises(CatalogError, match="several bar types"):
        catalog.arrow(Bar, GBPUSD)


def test_data_and_instruments_are_written_together(catalog: ParquetDataCatalog) -> None:
    pair = factory.default_fx_ccy("GBP/USD")
    before = catalog.snapshot()
    assert 4 == catalog.write_data([pair, *quotes(3)])
    assert before + 1 == catalog.snapshot()
    with pytest.raises(CatalogError, match="already there"):
        catalog.write_data([factory.default_fx_ccy("USD/JPY"), *quotes(3)])
    assert [pair] == catalog.instruments()


def test_streams_come_in_the_order_of_their_names(held: ParquetDataCatalog) -> None:
    names = [SHIB, GBPUSD]
    assert names == [stream.key for stream in held.streams(QuoteTick, names)]


def test_streams_read_the_snapshot_they_are_asked_for(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(2))
    before = catalog.snapshot()
    catalog.write_data(quotes(3, start=T0 + DAY))
    (old,) = catalog.streams(QuoteTick, GBPUSD, snapshot=before)
    (new,) = catalog.streams(QuoteTick, GBPUSD)
    assert (2, 5) == (old.rows, new.rows)


@pytest.mark.parametrize(
    ("name", "start", "message"),
    [
        ("GBP/USD.SMI", None, "no quotes of GBP/USD.SMI. Did you mean 'GBP/USD.SIM'?"),
        (GBPUSD, "2025-01-01", "no quotes of GBP/USD.SIM from 2025-01-01 to None. `argosy"),
    ],
)
def test_streams_of_nothing_are_an_error(
    held: ParquetDataCatalog, name: str, start: str | None, message: str
) -> None:
    with pytest.raises(CatalogError) as caught:
        held.streams(QuoteTick, [name], start)
    assert message in str(caught.value)


def test_holdings_say_what_there_is(catalog: ParquetDataCatalog) -> None:
    catalog.write_data([*quotes(2), *bars(3)])
    catalog.write_data(quotes(3, start=T0 + DAY))
    quote, bar = catalog.holdings()
    assert ("quotes", GBPUSD, 5, 0, 5, 2) == (
        quote.kind,
        quote.key,
        quote.price_precision,
        quote.size_precision,
        quote.rows,
        quote.files,
    )
    assert (T0, T0 + DAY + 2 * SECOND) == (quote.first_ns, quote.last_ns)
    assert [bar] == catalog.holdings(Bar)
    assert 0 < bar.size_bytes


def test_bad_objects_leave_everything_as_it_was(catalog: ParquetDataCatalog, folder: Path) -> None:
    with pytest.raises(DataError, match="not sorted"):
        catalog.write_data([*trades(3), *reversed(quotes(3))])
    assert [] == catalog.holdings()
    assert [] == files_under(folder)


def test_looking_at_a_catalog_makes_none(tmp_path: Path) -> None:
    catalog = ParquetDataCatalog(tmp_path / "none")
    assert [] == catalog.quote_ticks()
    assert [] == catalog.instruments()
    assert [] == catalog.holdings()
    assert 0 == catalog.snapshot()
    with pytest.raises(CatalogError, match="Load data with `argosy catalog ingest`"):
        catalog.streams(QuoteTick, GBPUSD)
    assert not (tmp_path / "none").exists()


def test_a_read_only_catalog_reads_and_refuses_to_write(held: ParquetDataCatalog) -> None:
    assert quotes(300) == held.quote_ticks(GBPUSD)
    assert 305 == held.sql("SELECT * FROM quotes").num_rows
    with pytest.raises(CatalogError, match="read-only"):
        held.write_data(quotes(2, start=T0 + DAY))


def test_a_catalog_may_be_moved(catalog: ParquetDataCatalog, folder: Path, tmp_path: Path) -> None:
    catalog.write_data(quotes(5))
    catalog.close()
    moved = shutil.move(folder, tmp_path / "else where" / "it's")
    with ParquetDataCatalog(moved) as opened:
        assert quotes(5) == opened.quote_ticks()
        assert 5 == opened.sql("SELECT * FROM quotes").num_rows
        opened.write_data(quotes(5, start=T0 + DAY))
        assert 10 == opened.sql("SELECT * FROM quotes").num_rows


def test_any_duckdb_that_attaches_the_lake_has_its_views(tmp_path: Path) -> None:
    fresh = ParquetDataCatalog(tmp_path / "fresh")
    fresh.write_data(quotes(5))
    fresh.close()
    with connect() as connection:
        address = f"ducklake:sqlite:{fresh.path / 'metadata.sqlite'}"
        connection.execute(f"ATTACH '{address}' AS other (READ_ONLY)")
        query = "SELECT count(*), sum(bid_size) FROM other.quotes"
        assert (5, 5010) == connection.execute(query).fetchone()


def test_a_truncated_file_is_named_when_it_is_read(
    catalog: ParquetDataCatalog, folder: Path
) -> None:
    catalog.write_data(quotes(500))
    (path,) = folder.rglob("*.parquet")
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(CatalogError, match=path.name):
        catalog.quote_ticks()
    with pytest.raises(CatalogError, match="the query"):
        catalog.sql("SELECT sum(bid_price) FROM quotes")


def test_runs_are_written_and_queried(catalog: ParquetDataCatalog) -> None:
    catalog.write_run({"run_id": "A"}, {"fills": fill_rows(["1.5"])}, [event_rows(2)])
    with catalog.run_ledger("B") as ledger:
        ledger.append_events(event_rows(3))
        ledger.commit({"seed": 1}, {})
    counts = catalog.sql("SELECT run_id, count(*) AS n FROM events GROUP BY 1 ORDER BY 1")
    assert [{"run_id": "A", "n": 2}, {"run_id": "B", "n": 3}] == counts.to_pylist()


def test_files_are_loaded_by_a_named_loader(catalog: ParquetDataCatalog, tmp_path: Path) -> None:
    file = tmp_path / "q.csv"
    file.write_text("ts_event,bid_price,ask_price,bid_size,ask_size\n2024-01-01,1.5,1.6,3,4\n")
    settings = {"type": "quote", "instrument": str(GBPUSD)}
    precisions = {"price_precision": 1, "size_precision": 0}
    (loaded,) = catalog.ingest([file], "csv", {**settings, **precisions})
    assert ("quotes", GBPUSD, 1) == (loaded.kind, loaded.key, loaded.rows)
    assert "1.5" == str(catalog.quote_ticks()[0].bid_price)


READER = """
import sys
from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.duck import connect
seen = 0
with ParquetDataCatalog(sys.argv[1]) as catalog:
    while seen < 200:
        found = catalog.quote_ticks()
        assert len(found) % 20 == 0, len(found)
        assert len(found) >= seen, (len(found), seen)
        assert [q.ts_init for q in found] == sorted(q.ts_init for q in found)
        assert catalog.sql("SELECT count(*) % 20 AS n FROM quotes").to_pylist() == [{"n": 0}]
        seen = len(found)
"""


@pytest.mark.slow
def test_two_processes_read_and_write_at_once(folder: Path, project: Path) -> None:
    reader = subprocess.Popen([sys.executable, "-c", READER, str(folder)], cwd=project)
    with ParquetDataCatalog(folder) as catalog:
        for day in range(10):
            rows = quotes(10, start=T0 + day * DAY)
            catalog.write_data([*rows, *quotes(10, start=T0 + day * DAY, instrument=SHIB)])
    assert 0 == reader.wait(60)


def test_batches_of_a_query_have_the_metadata_of_their_type(held: ParquetDataCatalog) -> None:
    (batch,) = held.arrow(QuoteTick, GBPUSD)
    assert quotes(300) == from_batch(batch, GBPUSD)


def test_types_that_are_no_market_data_are_refused(catalog: ParquetDataCatalog) -> None:
    with pytest.raises(CatalogError, match="int is not market data"):
        catalog.query(int)
    assert [] == catalog.query(OrderBookDelta)
