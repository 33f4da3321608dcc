from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from argosy import Bar, BarType, DataError, QuoteTick, TradeTick
from argosy.config.system import DataSettings
from argosy.model.enums import AggressorSide
from argosy.run.query_rows import market_streams, needed_decimals
from argosy.serialization import arrow
from argosy.testing.instruments import default_fx_ccy
from tests.host.run.kit import T0

PAIR, OTHER = default_fx_ccy("GBP/USD"), default_fx_ccy("USD/JPY")
DEFINITIONS = {each.id: each for each in (PAIR, OTHER)}
DAY = BarType.from_str("GBP/USD.SIM-1-DAY-BID-EXTERNAL")
WEEK = BarType.from_str("GBP/USD.SIM-1-WEEK-BID-EXTERNAL")
PLACE = "s.toml:5: data[0].sql"


def source(**more: Any) -> DataSettings:
    return DataSettings(name="made", sql="SELECT 1", **more)


def numbers(values: list[str], digits: int) -> pa.Array:
    return pa.array([Decimal(each) for each in values], pa.decimal64(18, digits))


def rows(count: int = 2, **columns: Any) -> pa.Table:
    times = pa.array([T0 + n for n in range(count)], pa.timestamp("ns"))
    return pa.table({"ts_init": times, **columns})


def bars(count: int = 2, **more: Any) -> pa.Table:
    prices = {name: numbers(["1.50000"] * count, 5) for name in ("open", "high", "low", "close")}
    return rows(count, **{**prices, "volume": numbers(["7"] * count, 0), **more})


def objects(data: DataSettings, table: pa.Table) -> list[list[Any]]:
    return [
        [
            item
            for batch in stream.batches(None, None)
            for item in arrow.from_batch(batch, stream.key)
        ]
        for stream in market_streams(data, table, DEFINITIONS, 2, PLACE)
    ]


def test_bars_are_made_of_rows() -> None:
    (found,) = objects(source(type="bar", bar_types=[str(DAY)]), bars())
    assert all(isinstance(bar, Bar) for bar in found)
    assert [(DAY, "1.50000", "7", T0, T0), (DAY, "1.50000", "7", T0 + 1, T0 + 1)] == [
        (bar.bar_type, str(bar.close), str(bar.volume), bar.ts_event, bar.ts_init) for bar in found
    ]


def test_quotes_are_made_of_rows() -> None:
    sides = {"bid_price": ["1.50000"] * 2, "ask_price": ["1.50002"] * 2}
    columns = {name: numbers(each, 5) for name, each in sides.items()}
    sizes = {name: numbers(["5", "6"], 0) for name in ("bid_size", "ask_size")}
    event = pa.array([T0 - 1, T0], pa.timestamp("ns"))
    table = rows(**columns, **sizes, ts_event=event, price_precision=[5, 5])
    (found,) = objects(source(type="quote", instruments=[str(PAIR.id)]), table)
    assert [(QuoteTick, T0 - 1), (QuoteTick, T0)] == [(type(each), each.ts_event) for each in found]


def test_trades_are_made_of_rows() -> None:
    table = rows(
        price=numbers(["1.5", "1.6"], 5),
        size=numbers(["1", "2"], 0),
        aggressor_side=["BUYER", "SELLER"],
    )
    (found,) = objects(source(type="trade", instruments=[str(PAIR.id)]), table)
    assert [(TradeTick, AggressorSide.BUYER, "1"), (TradeTick, AggressorSide.SELLER, "2")] == [
        (type(each), each.aggressor_side, str(each.trade_id)) for each in found
    ]
    plain = objects(
        source(type="trade", instruments=[str(PAIR.id)]), table.drop(["aggressor_side"])
    )
    assert {AggressorSide.NO_AGGRESSOR} == {each.aggressor_side for each in plain[0]}


def test_rows_are_parted_by_what_they_are_about() -> None:
    data = source(type="bar", bar_types=[str(WEEK), str(DAY)])
    found = objects(data, bars(3, bar_type=[str(DAY), str(WEEK), str(DAY)]))
    assert [[T0 + 1], [T0, T0 + 2]] == [[bar.ts_init for bar in each] for each in found]


def test_decimals_are_those_of_the_instrument() -> None:
    data = source(type="bar", bar_types=[str(DAY)])
    assert {"open": 5, "high": 5, "low": 5, "close": 5, "volume": 0} == needed_decimals(
        data, DEFINITIONS, place=PLACE
    )


def test_instruments_of_one_query_have_equal_decimals() -> None:
    data = source(type="trade", instruments=[str(PAIR.id), str(OTHER.id)])
    with pytest.raises(
        DataError, match=r"different decimals .*GBP/USD.SIM \(5, 0\), USD/JPY.SIM \(3, 0\)\. Write"
    ):
        needed_decimals(data, DEFINITIONS, place=PLACE)


@pytest.mark.parametrize(
    ("names", "table", "expected"),
    [
        (
            [DAY],
            bars(volumen=[1, 2]),
            "a bar has no 'volumen'. Did you mean 'volume'?",
        ),
        (
            [DAY, WEEK],
            bars(),
            "the query returns no 'bar_type', and there are 2 of them. "
            "Return bar_type, or write a query for each",
        ),
        (
            [DAY],
            bars(bar_type=[str(DAY), str(WEEK)]),
            f"the query returns '{WEEK}', which the table does not declare. "
            "Declare it, or leave it out: WHERE bar_type = ...",
        ),
        (
            [DAY],
            bars(is_revision=["x", "y"]),
            "column 'is_revision': ",
        ),
        (
            [DAY],
            bars(low=numbers(["1.60000"] * 2, 5)),
            f"{DAY}: row 0 of a batch, ts_init {T0}: ",
        ),
    ],
)
def test_rows_that_are_no_such_data_are_told(
    names: list[BarType], table: pa.Table, expected: str
) -> None:
    data = source(type="bar", bar_types=[str(each) for each in names])
    with pytest.raises(DataError) as raised:
        objects(data, table)
    assert str(raised.value).removeprefix(PLACE).lstrip(": ").startswith(expected)


def test_two_bars_of_one_moment_are_refused() -> None:
    times = pa.array([T0, T0], pa.timestamp("ns"))
    table = bars().set_column(0, "ts_init", times)
    with pytest.raises(DataError, match=f"two bars {DAY} have one ts_init"):
        objects(source(type="bar", bar_types=[str(DAY)]), table)


def test_a_side_that_nobody_knows_is_refused() -> None:
    table = rows(
        price=numbers(["1", "1"], 5), size=numbers(["1", "2"], 0), aggressor_side=["BUYER", "BUY"]
    )
    with pytest.raises(
        DataError, match=r"aggressor_side is 'BUY'\. Return one of NO_AGGRESSOR, BUYER"
    ):
        objects(source(type="trade", instruments=[str(PAIR.id)]), table)
