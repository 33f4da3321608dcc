"""Catalogs that withhold or change the future."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from argosy.model.data import Bar, OrderBookDelta, QuoteTick, TradeTick
from argosy.model.identifiers import Symbol
from argosy.model.instruments import Instrument
from argosy.testing.instruments import default_fx_ccy
from argosy_catalog import ParquetDataCatalog, hindsight
from argosy_catalog.session import guarded
from tests.catalog.conftest import MakeCatalog
from tests.catalog.samples import BID_BARS, GBPUSD, SECOND, SHIB, T0, bars, deltas, quotes, trades

AFTER = T0 + 3 * SECOND
KEYS = [
    (QuoteTick, "quotes", str(GBPUSD)),
    (QuoteTick, "quotes", str(SHIB)),
    (TradeTick, "trades", str(GBPUSD)),
    (Bar, "bars", str(BID_BARS)),
    (OrderBookDelta, "deltas", str(GBPUSD)),
]


@pytest.fixture(scope="module")
def held(make_catalog: MakeCatalog) -> Path:
    token = quotes(10, instrument=SHIB, price_precision=8, size_precision=3)
    ticks = [*quotes(10), *token, *trades(5), *bars(5), *deltas(5, start=AFTER - 1)]
    return make_catalog([default_fx_ccy("GBP/USD"), *ticks])


def numbers(table: pa.Table, names: list[str]) -> list[list[Decimal]]:
    return [[Decimal(str(each)) for each in table.column(name).to_pylist()] for name in names]


def stored(folder: Path, kind: type, key: str) -> pa.Table:
    with ParquetDataCatalog(folder) as catalog:
        (stream,) = catalog.streams(kind, key)
        return pa.Table.from_batches(list(stream.batches()))


def decimal_columns(table: pa.Table) -> list[str]:
    return [field.name for field in table.schema if pa.types.is_decimal(field.type)]


@pytest.mark.parametrize(("kind", "view", "key"), KEYS)
def test_only_what_came_later_is_changed(held: Path, kind: type, view: str, key: str) -> None:
    true = stored(held, kind, key)
    with hindsight.changed_after(AFTER):
        shown = stored(held, kind, key)
    early = true.filter(
        pa.compute.less_equal(true.column("ts_init"), pa.scalar(AFTER, pa.timestamp("ns")))
    )
    late = slice(early.num_rows, None)
    names = decimal_columns(true)
    moving = [name for name in names if view != "deltas" or name == "size"]
    assert early.equals(shown.slice(0, early.num_rows))
    assert true.select(["ts_event", "ts_init"]).equals(shown.select(["ts_event", "ts_init"]))
    for name in names:
        pairs = zip(numbers(true, [name])[0][late], numbers(shown, [name])[0][late], strict=True)
        assert {name in moving} == {before != after for before, after in pairs}


def test_sql_shows_what_streams_show(held: Path) -> None:
    with hindsight.changed_after(AFTER), ParquetDataCatalog(held) as catalog:
        for kind, view, key in KEYS:
            column = "bar_type" if kind is Bar else "instrument_id"
            streamed = stored(held, kind, key)
            names = decimal_columns(streamed)
            query = f"SELECT {', '.join(names)} FROM {view} WHERE {column} = $key ORDER BY ts_init"
            asked = catalog.sql(query, {"key": key})
            assert numbers(streamed, names) == numbers(asked, names)


def test_objects_are_changed_and_still_valid(held: Path) -> None:
    with hindsight.changed_after(AFTER), ParquetDataCatalog(held) as catalog:
        ticks, made = catalog.quote_ticks(str(GBPUSD)), catalog.bars(str(BID_BARS))
    assert all(tick.bid_price < tick.ask_price for tick in ticks)
    assert all(bar.low <= min(bar.open, bar.close) <= bar.high for bar in made)


def test_afterwards_everything_is_as_it_was(held: Path) -> None:
    before = stored(held, QuoteTick, str(GBPUSD))
    with pytest.raises(RuntimeError, match="inside"), hindsight.changed_after(AFTER):
        raise RuntimeError("inside")
    assert None is hindsight.changes_after()
    assert before.equals(stored(held, QuoteTick, str(GBPUSD)))


def test_a_number_that_cannot_grow_stays() -> None:
    from argosy.model.values import RAW_MAX
    from argosy_catalog.kinds import TRADES, Table

    schema = Table.of(TRADES, 0, 0).row_schema
    batch = pa.record_batch(
        [
            pa.array([1, 2], pa.timestamp("ns")),
            pa.array([1, 2], pa.timestamp("ns")),
            pa.array([Decimal(RAW_MAX), Decimal(-100)], pa.decimal64(18, 0)),
            pa.array([Decimal(1), Decimal(RAW_MAX)], pa.decimal64(18, 0)),
            pa.array([0, 1], pa.int8()),
            ["a", "b"],
        ],
        schema=schema,
    )
    made = hindsight.changed(TRADES, batch, 0)
    assert Decimal(RAW_MAX) == made.column("price")[0].as_py()
    assert Decimal(RAW_MAX) == made.column("size")[1].as_py()
    assert Decimal(-100) < made.column("price")[1].as_py()


@pytest.mark.slow
def test_withheld_rows_are_in_no_view(held: Path) -> None:
    with ParquetDataCatalog(held) as catalog:
        connection: Any = guarded(catalog._lake)
        hindsight.cover(connection, until_ns=AFTER)
        counts = [
            connection.execute(f"SELECT count(*) FROM {view}").fetchone()[0]
            for view in ("quotes", "trades", "bars", "deltas", "instruments", "runs")
        ]
        catalog._lake.disconnect(connection)
    assert [8, 3, 0, 2, 1, 0] == counts


@pytest.mark.slow
def test_a_definition_that_was_not_known_is_withheld(folder: Path) -> None:
    known = default_fx_ccy("GBP/USD")
    later: Instrument = type(known)(
        **{
            **{name: getattr(known, name) for name in known.__struct_fields__},
            "ts_event": AFTER + 1,
            "ts_init": AFTER + 1,
            "raw_symbol": Symbol("NEW"),
        }
    )
    with ParquetDataCatalog(folder) as catalog:
        catalog.write_data([known])
        catalog.write_data([later])
        query = "SELECT TIMESTAMP '2024-01-01' AS ts_init, raw_symbol AS s FROM instruments"
        found = [
            catalog.feature_rows(query, until_ns=until).column("s").to_pylist()
            for until in (AFTER, AFTER + 1)
        ]
    assert [["GBP/USD"], ["NEW"]] == found
