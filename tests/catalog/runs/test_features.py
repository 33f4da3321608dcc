"""Rows of queries: what a run takes in is typed, sorted and the same each time."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from argosy.errors import CatalogError
from argosy.testing.instruments import default_fx_ccy
from argosy_catalog import ParquetDataCatalog
from tests.catalog.conftest import MakeCatalog
from tests.catalog.samples import DAY, SECOND, SHIB, T0, bars, quotes, trades


@pytest.fixture(scope="module")
def held(make_catalog: MakeCatalog) -> Iterator[ParquetDataCatalog]:
    """A catalog with two precisions, read by all tests of this file."""
    token = quotes(10, instrument=SHIB, price_precision=8, size_precision=3)
    ticks = [*quotes(10), *token, *bars(5), *trades(5)]
    with ParquetDataCatalog(make_catalog([default_fx_ccy("GBP/USD"), *ticks])) as catalog:
        yield catalog


def test_rows_are_sorted_by_time_then_by_every_column(held: ParquetDataCatalog) -> None:
    query = "SELECT instrument_id AS name, bid_size AS size, ts_init FROM quotes ORDER BY 3 DESC"
    rows = held.feature_rows(query).to_pylist()
    keys = [(row["ts_init"], row["name"], row["size"]) for row in rows]
    assert (20, sorted(keys)) == (len(keys), keys)


def test_rows_that_tie_but_for_the_sign_of_zero_are_equal(held: ParquetDataCatalog) -> None:
    values = "(VALUES (0.0::DOUBLE), (-0.0::DOUBLE)) t(x)"
    query = f"SELECT TIMESTAMP '2024-01-01' AS ts_init, x FROM {values}"
    assert ["0.0", "0.0"] == [str(x) for x in held.feature_rows(query).column("x").to_pylist()]


def test_each_type_has_one_form(held: ParquetDataCatalog) -> None:
    query = """
    SELECT TIMESTAMP '2024-01-01' AS ts_init, 1::TINYINT AS a, sum(2) AS b, 1.50 AS c,
           sum(bid_price) AS d, 0.5::FLOAT AS e, 'x' AS f, true AS g, 'x'::ENUM ('x', 'y') AS h
    FROM quotes
    """
    schema = held.feature_rows(query).schema
    assert {
        "ts_init": "timestamp[ns]",
        "a": "int64",
        "b": "int64",
        "c": "decimal64(18, 2)",
        "d": "decimal128(38, 8)",
        "e": "double",
        "f": "string",
        "g": "bool",
        "h": "string",
    } == {field.name: str(field.type) for field in schema}


def test_declared_decimals_are_exact(held: ParquetDataCatalog) -> None:
    query = "SELECT ts_init, bid_price AS p, 7 AS n FROM quotes WHERE instrument_id = $id"
    rows = held.feature_rows(query, {"id": "GBP/USD.SIM"}, decimals={"p": 6, "n": 2})
    assert (pa.decimal64(18, 6), pa.decimal64(18, 2)) == (
        rows.schema.field("p").type,
        rows.schema.field("n").type,
    )
    assert (Decimal("1.500000"), Decimal("7.00")) == tuple(
        rows.column(name)[0].as_py() for name in ("p", "n")
    )


def test_parameters_are_bound(held: ParquetDataCatalog) -> None:
    query = "SELECT ts_init FROM quotes WHERE instrument_id = ANY($ids) AND ts_init >= $start"
    values = {"ids": ["GBP/USD.SIM", "'; DROP"], "start": datetime(2024, 1, 1, 0, 0, 8)}
    assert 2 == held.feature_rows(query, values).num_rows


def test_a_query_runs_at_the_snapshot_that_is_named(folder: Path) -> None:
    with ParquetDataCatalog(folder) as catalog:
        catalog.write_data(quotes(3))
        before = catalog.snapshot()
        catalog.write_data(quotes(4, start=T0 + DAY))
        query = "SELECT ts_init FROM quotes"
        counts = [catalog.feature_rows(query, snapshot=each).num_rows for each in (before, None)]
    assert [3, 7] == counts


def test_later_data_can_be_withheld(held: ParquetDataCatalog) -> None:
    query = "SELECT max(ts_init) AS ts_init, count(*) AS n FROM quotes"
    rows = held.feature_rows(query, until_ns=T0 + 2 * SECOND).to_pylist()
    assert [6] == [row["n"] for row in rows]


def test_macros_may_be_used_and_see_what_is_withheld(held: ParquetDataCatalog) -> None:
    query = "SELECT ts_init, high FROM bars_from_quotes($id, '2 seconds', price := 'bid')"
    whole = held.feature_rows(query, {"id": "GBP/USD.SIM"}, decimals={"high": 5})
    until = T0 + 4 * SECOND
    known = held.feature_rows(query, {"id": "GBP/USD.SIM"}, decimals={"high": 5}, until_ns=until)
    assert [Decimal(f"1.5000{n}") for n in (0, 2, 4, 6, 8, 9)] == whole.column("high").to_pylist()
    assert whole.slice(0, 3).equals(known)


@pytest.mark.parametrize(
    ("select", "matters"),
    [
        ("ts_init, instrument_id, row_number() OVER (ORDER BY ts_init) AS n FROM quotes", True),
        ("ts_init, first(instrument_id) AS f FROM quotes GROUP BY 1", True),
        (
            "ts_init, row_number() OVER (ORDER BY ts_init, instrument_id) AS n FROM quotes",
            False,
        ),
        ("ts_init, high FROM bars_from_quotes('GBP/USD.SIM', '2 seconds')", False),
    ],
)
def test_an_order_that_a_query_does_not_ask_for_may_matter(
    held: ParquetDataCatalog,
    select: str,
    matters: bool,  # noqa: FBT001
) -> None:
    query = f"SELECT {select}"
    once, other = (held.feature_rows(query, is_reversed=each) for each in (False, True))
    assert matters is not once.equals(other)


def test_a_query_runs_on_one_thread_whatever_the_machine_has(
    held: ParquetDataCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = duckdb.connect

    def with_four(*args: Any, config: dict[str, Any] | None = None, **options: Any) -> Any:
        return connect(*args, config={**(config or {}), "threads": 4}, **options)

    monkeypatch.setattr(duckdb, "connect", with_four)
    with ParquetDataCatalog(held.path) as catalog:
        catalog.feature_rows("SELECT ts_init FROM quotes")
        assert catalog.runs._desk is not None
        assert catalog.runs._desk._inspector is not None
        threads = "SELECT current_setting('threads')"
        asked = catalog.runs._desk._inspector.connection.execute(threads).fetchone()
        others = catalog.asking.session._open().execute(threads).fetchone()
    assert ((1,), (4,)) == (asked, others)


def test_a_query_may_return_nothing(held: ParquetDataCatalog) -> None:
    assert 0 == held.feature_rows("SELECT ts_init FROM quotes WHERE false").num_rows


@pytest.mark.parametrize(
    ("select", "decimals", "place", "expected"),
    [
        (
            "bid_price",
            {},
            "query",
            "it returns no column ts_init (it has bid_price). "
            "Return the time at which a row becomes known: SELECT ... AS ts_init",
        ),
        (
            "epoch_ns(ts_init) AS ts_init",
            {},
            "query",
            "ts_init is BIGINT, not a time in UTC. "
            "Write make_timestamp_ns(ts_init), if it is nanoseconds",
        ),
        (
            "ts_init::TIMESTAMPTZ AS ts_init",
            {},
            "query",
            "ts_init is TIMESTAMP WITH TIME ZONE, not a time in UTC. "
            "Write ts_init AT TIME ZONE 'UTC'",
        ),
        (
            "instrument_id AS ts_init",
            {},
            "query",
            "ts_init is VARCHAR, not a time in UTC. "
            "Return a TIMESTAMP_NS, such as the ts_init of market data",
        ),
        (
            "ts_init::DATE AS ts_init",
            {},
            "query",
            "ts_init is DATE, not a time in UTC. "
            "Write ts_init::TIMESTAMP_NS, if a row is known at midnight",
        ),
        (
            "nullif(ts_init, ts_init) AS ts_init",
            {},
            "query",
            "column 'ts_init' is NULL. "
            "Leave out such rows (WHERE ts_init IS NOT NULL), or fill them (coalesce)",
        ),
        (
            "ts_init, lag(bid_price) OVER (ORDER BY instrument_id, ts_init) AS p",
            {},
            "query",
            "column 'p' is NULL at ts_init 2024-01-01T00:00:00Z. "
            "Leave out such rows (WHERE p IS NOT NULL), or fill them (coalesce)",
        ),
        (
            "ts_init, 0 / 0.0::DOUBLE AS z",
            {},
            "query",
            "column 'z' is nan at ts_init 2024-01-01T00:00:00Z. "
            "Leave out such rows (WHERE isfinite(z)), or divide by nullif(x, 0)",
        ),
        (
            "ts_init, 1 / 0.0::DOUBLE AS z",
            {},
            "query",
            "column 'z' is inf at ts_init 2024-01-01T00:00:00Z. "
            "Leave out such rows (WHERE isfinite(z)), or divide by nullif(x, 0)",
        ),
        (
            "ts_init, [bid_price] AS l",
            {},
            "query",
            "column 'l' is DECIMAL(21,8)[]. "
            "Cast it to BIGINT, DECIMAL, DOUBLE, VARCHAR, BOOLEAN or TIMESTAMP_NS",
        ),
        (
            "ts_init, ['a'::ENUM('a')] AS l",
            {},
            "query",
            "column 'l' is ENUM('a')[]. "
            "Cast it to BIGINT, DECIMAL, DOUBLE, VARCHAR, BOOLEAN or TIMESTAMP_NS",
        ),
        (
            "ts_init, [bid_price] AS l",
            {"l": 2},
            "query",
            "column 'l' is DECIMAL(21,8)[], no decimal. "
            "Write CAST(l AS DECIMAL(18, 2)), or leave out its decimals",
        ),
        (
            "ts_init, [1] AS l",
            {},
            "query",
            "column 'l' is INTEGER[]. "
            "Cast it to BIGINT, DECIMAL, DOUBLE, VARCHAR, BOOLEAN or TIMESTAMP_NS",
        ),
        (
            "ts_init, bid_price, bid_price",
            {},
            "query",
            "it returns two columns 'bid_price'. Rename one of them with AS",
        ),
        (
            "ts_init, bid_price::DOUBLE AS p",
            {"p": 5},
            "query",
            "column 'p' is DOUBLE, where 5 decimals are declared: a float is not exact. "
            "Write CAST(p AS DECIMAL(18, 5)), which rounds where you want it",
        ),
        (
            "ts_init, bid_price AS p",
            {"p": 2},
            "query",
            "column 'p' is DECIMAL(21,8) and does not fit 2 decimals (Rescaling Decimal value "
            "would cause data loss). Write CAST(round(p, 2) AS DECIMAL(18, 2))",
        ),
        (
            "ts_init, 'x' AS p",
            {"p": 2},
            "query",
            "column 'p' is VARCHAR, no decimal. "
            "Write CAST(p AS DECIMAL(18, 2)), or leave out its decimals",
        ),
        (
            "ts_init, bid_price AS price",
            {"prise": 2},
            "decimals",
            "the query returns no 'prise'. Did you mean 'price'?",
        ),
        (
            "ts_init, 9223372036854775807::HUGEINT + 1 AS n",
            {},
            "query",
            "column 'n' is HUGEINT and does not fit int64",
        ),
    ],
)
def test_what_a_run_cannot_take_in_is_said_with_its_cure(
    held: ParquetDataCatalog, select: str, decimals: dict[str, int], place: str, expected: str
) -> None:
    with pytest.raises(CatalogError) as raised:
        held.feature_rows(f"SELECT {select} FROM quotes", decimals=decimals)
    assert place == raised.value.place
    assert f"{place}: {expected}" == str(raised.value)[: len(place) + 2 + len(expected)]


def test_an_error_of_the_database_is_said_without_its_class(held: ParquetDataCatalog) -> None:
    with pytest.raises(CatalogError) as raised:
        held.feature_rows("SELECT ts_init, bid FROM quotes")
    assert 'Referenced column "bid" not found' in raised.value.message
    assert "Error" not in raised.value.message


def test_the_rows_of_a_table_come_in_one_piece(held: ParquetDataCatalog) -> None:
    rows: Any = held.feature_rows("SELECT ts_init, bid_price FROM quotes")
    assert 1 == rows.column("ts_init").num_chunks
