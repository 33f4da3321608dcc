"""SQL that reads the catalog, and nothing else."""

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.lake import METADATA, Lake
from argosy_catalog.read.session import SqlSession, guarded
from tests.catalog.conftest import MakeCatalog
from tests.catalog.samples import GBPUSD, SECOND, SHIB, T0, bars, deltas, quotes, trades

VIEWS = "accounts bars deltas equity events fills instruments orders positions quotes runs trades"


@pytest.fixture(scope="module")
def filled(make_catalog: MakeCatalog) -> Iterator[ParquetDataCatalog]:
    folder = make_catalog([*quotes(100), *trades(4), *bars(3), *deltas(3)])
    with ParquetDataCatalog(folder, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def empty(make_catalog: MakeCatalog) -> Iterator[ParquetDataCatalog]:
    """A copy: SQLite leaves files beside a database that was only read."""
    with ParquetDataCatalog(make_catalog(), read_only=True) as opened:
        yield opened


def test_each_view_is_valid_when_nothing_was_written(empty: ParquetDataCatalog) -> None:
    names = empty.sql("SHOW TABLES").column("name").to_pylist()
    assert set(VIEWS.split()) <= set(names)
    counts = " UNION ALL ".join(f"SELECT count(*) AS n FROM {name}" for name in names)
    assert [0] * len(names) == empty.sql(counts).column("n").to_pylist()


def test_views_have_the_same_columns_before_and_after(
    empty: ParquetDataCatalog, filled: ParquetDataCatalog
) -> None:
    for view in ("quotes", "trades", "bars", "deltas"):
        columns = empty.sql(f"DESCRIBE {view}").column("column_name")
        assert columns == filled.sql(f"DESCRIBE {view}").column("column_name")


def test_an_18_digit_token_and_a_2_digit_stock_share_a_view_exactly(
    catalog: ParquetDataCatalog,
) -> None:
    token = quotes(1, instrument=SHIB, price_precision=18, first_raw=123_456_789_012_345_678)
    stock = quotes(1, price_precision=2, first_raw=-999_999_999_999_999_999)
    catalog.write_data([*token, *stock])
    found = catalog.sql(
        "SELECT bid_price, price_precision FROM quotes ORDER BY price_precision"
    ).to_pylist()
    expected = [(Decimal("-9999999999999999.99"), 2), (Decimal("0.123456789012345678"), 18)]
    assert expected == [tuple(row.values()) for row in found]


def test_one_precision_is_shown_as_it_is(filled: ParquetDataCatalog) -> None:
    schema = filled.sql("SELECT * FROM quotes").schema
    assert "decimal128(18, 5)" == str(schema.field("bid_price").type)
    assert "timestamp[ns]" == str(schema.field("ts_init").type)


def test_codes_are_shown_as_names(filled: ParquetDataCatalog) -> None:
    sides = filled.sql("SELECT aggressor_side FROM trades ORDER BY ts_init").to_pylist()
    assert ["SELLER", "BUYER"] * 2 == [row["aggressor_side"] for row in sides]
    found = filled.sql("SELECT action, side, order_id FROM deltas ORDER BY ts_init").to_pylist()
    expected = [("CLEAR", "NO_ORDER_SIDE", 0), ("ADD", "BUY", 1), ("ADD", "BUY", 2)]
    assert expected == [tuple(row.values()) for row in found]


def test_times_work_with_buckets_truncation_and_asof(filled: ParquetDataCatalog) -> None:
    query = """
        SELECT time_bucket(INTERVAL 1 MINUTE, ts_init) AS minute, count(*) AS n,
               first(bid_price ORDER BY ts_init) AS open
        FROM quotes GROUP BY 1 ORDER BY 1
    """
    assert [60, 40] == [row["n"] for row in filled.sql(query).to_pylist()]
    asof = """
        SELECT q.ts_init FROM trades t ASOF JOIN quotes q
        ON t.instrument_id = q.instrument_id AND t.ts_init >= q.ts_init ORDER BY 1
    """
    times = [row["ts_init"].value for row in filled.sql(asof).to_pylist()]
    assert [T0 + i * SECOND for i in range(4)] == times


def test_parameters_are_values_not_text(filled: ParquetDataCatalog) -> None:
    by_name = filled.sql("SELECT count(*) AS n FROM quotes WHERE bid_price < $p", {"p": 1.50005})
    assert [{"n": 5}] == by_name.to_pylist()
    hostile = filled.sql("SELECT ? AS text", ["'; DROP VIEW quotes; --"]).to_pylist()
    assert [{"text": "'; DROP VIEW quotes; --"}] == hostile


def test_a_stream_yields_batches_as_rows_are_found(filled: ParquetDataCatalog) -> None:
    session = SqlSession(Lake(filled.path))
    reader = session.stream("SELECT i FROM range(1000000000) t(i)", batch_rows=1000)
    first = next(iter(reader))
    assert [0, 1, 2] == first.column("i").slice(0, 3).to_pylist()
    assert 1_000_000 > first.num_rows
    session.close()


def test_a_query_larger_than_memory_spills_into_no_folder_of_the_user(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Into the folder for temporary files, not into that where the command was typed."""
    monkeypatch.chdir(tmp_path)
    connection = guarded(lake)
    (row,) = connection.execute("SELECT current_setting('temp_directory')").fetchall()
    assert Path(tempfile.gettempdir()) == Path(row[0]).parent
    assert ["catalog"] == [each.name for each in tmp_path.iterdir()]
    lake.disconnect(connection)


def test_a_long_query_prints_no_progress_between_its_rows(lake: Lake) -> None:
    connection = guarded(lake)
    query = "SELECT current_setting('enable_progress_bar')"
    assert [(False,)] == connection.execute(query).fetchall()
    lake.disconnect(connection)


def test_a_stream_that_fails_says_so_and_leaves_the_session(filled: ParquetDataCatalog) -> None:
    session = SqlSession(Lake(filled.path))
    query = "SELECT CASE WHEN i > 50000 THEN error('no') ELSE i END FROM range(60000) t(i)"
    with pytest.raises(CatalogError, match="the query: no"):
        list(session.stream(query))
    assert [{"x": 1}] == session.run("SELECT 1 AS x").to_pylist()
    session.close()


def test_a_damaged_file_is_named_with_what_finds_others(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(3))
    (file,) = (catalog.path / "data").rglob("*.parquet")
    for damage in (lambda: file.write_bytes(b""), file.unlink):
        damage()
        with pytest.raises(CatalogError, match="`argosy catalog verify`") as caught:
            catalog.sql("SELECT bid_price FROM quotes")
        assert file.name in str(caught.value)


def test_an_unknown_name_gets_a_suggestion(filled: ParquetDataCatalog) -> None:
    with pytest.raises(CatalogError, match='Did you mean "quotes"') as caught:
        filled.sql("SELECT * FROM qutes")
    assert str(caught.value).startswith("the query: Table with name qutes does not exist")


def test_a_session_sees_what_others_write_meanwhile(
    catalog: ParquetDataCatalog, lake: Lake
) -> None:
    session = SqlSession(lake)
    count = "SELECT count(*) AS n FROM quotes"
    assert [{"n": 0}] == session.run(count).to_pylist()
    catalog.write_data(quotes(5, instrument=SHIB, price_precision=8))
    assert [{"n": 5}] == session.run(count).to_pylist()
    session.close()


def test_a_session_of_a_catalog_that_vanished_says_so(lake: Lake) -> None:
    reader = Lake(lake.path, read_only=True)
    (lake.path / METADATA).unlink()
    with pytest.raises(CatalogError):
        SqlSession(reader).run("SELECT 1")


def test_keys_with_odd_characters_are_data(catalog: ParquetDataCatalog) -> None:
    odd = type(GBPUSD)('O\'NEIL "%2F" /..;--.SIM')
    catalog.write_data(quotes(3, instrument=odd))
    query = "SELECT count(*) AS n FROM quotes WHERE instrument_id = ?"
    assert [{"n": 3}] == catalog.sql(query, [str(odd)]).to_pylist()
    assert quotes(3, instrument=odd) == catalog.quote_ticks(odd)
