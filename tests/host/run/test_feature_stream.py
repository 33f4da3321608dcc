from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pyarrow as pa
import pytest

from argosy import BarType, DataError, DataType, Feature, InstrumentId, OrderSide, Price
from argosy.kernel.bus import MessageBus
from argosy.run.feature_stream import FeatureStream, feature_class
from tests.host.run.kit import PAIR, T0


class Signal(msgspec.Struct, frozen=True):
    ts_event: int
    ts_init: int
    instrument_id: InstrumentId
    price: Price
    side: OrderSide
    weight: float = 1.0


def table(**columns: Any) -> pa.Table:
    rows = len(next(iter(columns.values())))
    times = pa.array([T0 + n for n in range(rows)], pa.timestamp("ns"))
    return pa.table({"ts_init": times, **columns})


PRICES = pa.array([Decimal("1.50"), Decimal("1.51"), Decimal("1.52")], pa.decimal64(18, 2))
SIGNALS = {"instrument_id": [str(PAIR)] * 3, "price": PRICES, "side": ["BUY", "SELL", "BUY"]}


def features(rows: pa.Table, **more: Any) -> FeatureStream:
    return FeatureStream("zscore", feature_class(rows.schema, "here"), rows, **more)


def test_columns_are_attributes_of_features() -> None:
    rows = table(
        z=[0.5, -0.5],
        n=[1, 2],
        instrument_id=[str(PAIR)] * 2,
        bar_type=["GBP/USD.SIM-1-DAY-BID-EXTERNAL"] * 2,
    )
    first, second = features(rows)
    assert ("zscore", T0, T0, 0.5, 1) == (
        first.name,
        first.ts_init,
        first.ts_event,
        first.z,
        first.n,
    )
    assert (PAIR, T0 + 1) == (second.instrument_id, second.ts_init)
    assert BarType.from_str("GBP/USD.SIM-1-DAY-BID-EXTERNAL") == second.bar_type
    assert isinstance(first, Feature)


def test_a_query_may_tell_when_something_happened() -> None:
    rows = table(ts_event=pa.array([T0 - 5], pa.timestamp("ns")))
    assert T0 - 5 == next(iter(features(rows))).ts_event


def test_decimals_stay_exact() -> None:
    (first, *_) = features(table(p=PRICES))
    assert "1.50" == str(first.p)


@pytest.mark.parametrize("batch_rows", [1, 2, 100])
def test_the_size_of_batches_changes_nothing(batch_rows: int) -> None:
    rows = table(**SIGNALS)
    assert list(FeatureStream("s", Signal, rows)) == list(
        FeatureStream("s", Signal, rows, batch_rows)
    )


def test_rows_become_instances_of_a_class_of_ones_own() -> None:
    stream = FeatureStream("signals", Signal, table(**SIGNALS))
    stream.check()
    expected = Signal(T0 + 1, T0 + 1, PAIR, Price.from_str("1.51"), OrderSide.SELL)
    assert (3, expected) == (stream.rows, list(stream)[1])


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            {**SIGNALS, "wait": [1, 2, 3]},
            "Signal has no field 'wait'. Did you mean 'weight'?",
        ),
        (
            {"instrument_id": [str(PAIR)], "price": PRICES[:1]},
            "the query returns no 'side', which Signal needs. Return it: SELECT ... AS side",
        ),
        (
            {**SIGNALS, "side": ["BUY", "BYE", "SELL"]},
            f"ts_init {T0 + 1}: Invalid enum value 'BYE' - at `$.side`. "
            "Cast the column in the query, or change Signal",
        ),
        (
            {**SIGNALS, "instrument_id": ["GBPUSD"] * 3},
            "column 'instrument_id': ",
        ),
        (
            {**SIGNALS, "weight": ["a", "b", "c"]},
            f"ts_init {T0}: Expected `float`, got `str` - at `$.weight`. "
            "Cast the column in the query, or change Signal",
        ),
    ],
)
def test_rows_that_do_not_fit_are_told(columns: dict[str, Any], expected: str) -> None:
    with pytest.raises(DataError) as raised:
        FeatureStream("signals", Signal, table(**columns), source="s.toml:5: data[1].sql").check()
    assert str(raised.value).startswith(f"s.toml:5: data[1].sql: {expected}")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("name", "is what the query is called"),
        ("class", "cannot be an attribute"),
        ("_x", "cannot be an attribute"),
        ("avg(bid_price)", "cannot be an attribute"),
    ],
)
def test_a_column_that_cannot_be_an_attribute_is_refused(name: str, why: str) -> None:
    with pytest.raises(DataError) as raised:
        feature_class(table(**{name: [1]}).schema, "here")
    assert f"here: column {name!r} {why}. Rename it: AS another_name" == str(raised.value)


@pytest.mark.parametrize("asked", [{"name": "zscore"}, {}])
def test_objects_go_to_who_asked_for_the_query_or_for_all(asked: dict[str, str]) -> None:
    bus, heard = MessageBus(), list[Any]()
    for kind, rows in (
        (Feature, features(table(z=[1]))),
        (Signal, FeatureStream("zscore", Signal, table(**SIGNALS))),
    ):
        bus.subscribe(DataType(kind, asked).topic, heard.append)
        bus.subscribe(DataType(kind, {"name": "other"}).topic, lambda _: pytest.fail("not asked"))
        deliver = rows.deliver_to(bus)
        for each in rows:
            deliver(each)
    assert [True, False, False, False] == [isinstance(each, Feature) for each in heard]
