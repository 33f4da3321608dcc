"""Other outcomes of later data, as SQL says them."""

from pathlib import Path
from typing import Any

import pytest

from argosy.model.data import QuoteTick, TradeTick
from argosy.model.enums import AggressorSide
from argosy.model.identifiers import TradeId
from argosy.model.values import RAW_MAX, Price, Quantity
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.hindsight import alteration_sql
from argosy_catalog.hindsight.alteration import Alteration, Mark, Outcome
from argosy_catalog.hindsight.present import changed_after
from argosy_catalog.lake.kinds import QUOTES, TRADES, Table
from tests.catalog.samples import GBPUSD, SECOND, SHIB, T0

TABLE = Table.of(QUOTES, 5, 0)


def test_without_later_rows_a_table_is_read_as_it_is() -> None:
    true = "SELECT *, rowid, filename FROM market.quotes"
    others = Alteration(Outcome(5), {(Table.of(TRADES, 5, 0), "X.SIM"): Mark(6, 7)})
    for altered in (None, Alteration(Outcome(5), {}), others):
        assert true == alteration_sql.selection(TABLE, "market.quotes", altered)


def test_names_are_quoted() -> None:
    altered = Alteration(Outcome(5), {(TABLE, "O'X.SIM"): Mark(6, 7)})
    assert "('O''X.SIM', 6, 7, 0::BIGINT)" in alteration_sql.selection(TABLE, "t", altered)


def test_earlier_rows_come_first_as_they_are() -> None:
    altered = Alteration(Outcome(5), {(TABLE, "X.SIM"): Mark(6, 7)})
    select = alteration_sql.selection(TABLE, "t", altered)
    head = "SELECT *, rowid, filename FROM t WHERE ts_init <= make_timestamp_ns(5) UNION ALL "
    assert select.startswith(head)


def test_declared_time_ends_with_what_is_known() -> None:
    assert "SELECT * FROM s" == alteration_sql.spans("s", None)
    assert (
        "SELECT * REPLACE (least(last_ns, 5) AS last_ns) FROM s WHERE first_ns <= 5"
        == alteration_sql.spans("s", 5)
    )


def extremes(digits: int) -> list[Any]:
    """Return rows at the ends of what can be stored, before 1970 too."""
    raws = (1, 3, 255, 256, 10**12, RAW_MAX // 4, RAW_MAX // 4 + 1, RAW_MAX, -1, -RAW_MAX, 0)
    found: list[Any] = []
    for number in range(len(raws) * 4):
        at = (number - 5) * SECOND * 1001
        raw = raws[number % len(raws)]
        size = Quantity.from_raw(max(raw, 1), digits)
        price = Price.from_raw(raw, digits)
        ids = ("7", "a" * 35, "0b" * 18)
        trade_id = TradeId(ids[number % len(ids)])
        found += [
            QuoteTick(SHIB, price, price, size, Quantity.from_raw(2, digits), at, at),
            TradeTick(GBPUSD, price, size, AggressorSide.NO_AGGRESSOR, trade_id, at, at),
        ]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("digits", [0, 5, 9, 10, 17, 18])
@pytest.mark.parametrize("is_falling", [False, True])
def test_extremes_are_what_streams_have(folder: Path, digits: int, *, is_falling: bool) -> None:
    with ParquetDataCatalog(folder) as catalog:
        catalog.write_data(extremes(digits))
    after = -3 * SECOND * 1001
    with changed_after(after, is_falling=is_falling), ParquetDataCatalog(folder) as shown:
        for kind, view in ((QuoteTick, "quotes"), (TradeTick, "trades")):
            (stream,) = shown.streams(kind)
            streamed = [row for batch in stream.batches() for row in batch.to_pylist()]
            names = ", ".join(stream._schema.names)
            asked = shown.sql(f"SELECT {names} FROM {view} ORDER BY ts_init").to_pylist()
            for row in streamed:
                if "aggressor_side" in row:
                    code = row["aggressor_side"]
                    row["aggressor_side"] = str(AggressorSide.from_code(code))
            assert streamed == asked
            assert 20 < len(streamed) < 44
            assert T0 > stream.rows == len(streamed)
