from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pytest

from argosy import CatalogError, DataError
from argosy.config.resolve import resolve
from argosy.config.system_file import SystemFile
from argosy.plugins.host import PluginHost
from argosy.run.queries import Query, queries_of
from argosy.testing.instruments import default_fx_ccy
from tests.host.run.kit import PAIR, T0, Shelf

GBPUSD = default_fx_ccy("GBP/USD")
VENUES = {"SIM": {"simulate": {"use": "sim", "account": {"balances": ["1_000 USD"]}}}}


@dataclass
class Asked(Shelf):
    """A catalog that answers every query with the same times."""

    times: list[int] = field(default_factory=lambda: [T0, T0 + 1, T0 + 2])
    asked: list[Any] = field(default_factory=list)
    raises: CatalogError | None = None

    @property
    def queries(self) -> Asked:
        return self

    def feature_rows(self, *words: Any, **more: Any) -> pa.Table:
        self.asked.append((words, more))
        if self.raises is not None:
            raise self.raises
        return pa.table({"ts_init": pa.array(self.times, pa.timestamp("ns"))})


@dataclass
class Upended(Asked):
    """A catalog whose answer depends on the order of its rows."""

    def feature_rows(self, *words: Any, is_reversed: bool = False, **more: Any) -> pa.Table:
        table = super().feature_rows(*words, **more)
        return table.append_column("n", [[3, 2, 1] if is_reversed else [1, 2, 3]])


def query(**data: Any) -> Query:
    stored = {"type": "quote", "instruments": [str(PAIR)]}
    asked = {"name": "zscore", "sql": "SELECT 1", **data}
    system = {"name": "made", "venues": VENUES, "data": [stored, asked]}
    plan = resolve(SystemFile.from_dict(system), PluginHost.installed())
    (found,) = queries_of(plan)
    return found


def test_a_query_is_asked_as_the_table_says() -> None:
    shelf = Asked()
    made = query(params={"n": 3}, decimals={"z": 4})
    answer = made.ask(shelf, 5, [GBPUSD], until_ns=T0 + 9)
    expected = {"snapshot": 5, "until_ns": T0 + 9, "decimals": {"z": 4}, "is_reversed": False}
    assert [(("SELECT 1", {"n": 3}), expected)] == shelf.asked
    assert (1, 5, "zscore", 3) == (made.index, answer.snapshot, made.name, answer.table.num_rows)
    assert ["zscore"] == [stream.key for stream in answer.streams]


def test_market_data_has_the_decimals_of_the_instrument() -> None:
    shelf = Asked()
    query(type="trade", instruments=[str(PAIR)]).ask(shelf, 1, [GBPUSD])
    assert {"price": 5, "size": 0} == shelf.asked[0][1]["decimals"]


def test_rows_outside_of_start_and_end_are_left_out() -> None:
    answer = query(start=T0 + 1, end=T0 + 2).ask(Asked([T0, T0 + 1, T0 + 2, T0 + 3]), 1, [GBPUSD])
    assert [T0 + 1, T0 + 2] == answer.table.column("ts_init").cast(pa.int64()).to_pylist()


@pytest.mark.parametrize(
    ("data", "times", "expected"),
    [
        ({}, [], "the query returns no row. See with `argosy sql`"),
        ({"start": T0 + 3}, [T0], "the query returns no row from start to end. See with"),
    ],
)
def test_a_query_without_rows_is_refused(
    data: dict[str, Any], times: list[int], expected: str
) -> None:
    answer = query(**data).ask(Asked(times), 1, [GBPUSD])
    with pytest.raises(DataError) as raised:
        _ = answer.streams
    assert str(raised.value).startswith(f"system: data[1].sql: {expected}")


@pytest.mark.parametrize(
    ("data", "blamed", "expected"),
    [
        ({}, "query", "system: data[1].sql: wrong. Mend it"),
        ({}, "params", "system: data[1].params: wrong. Mend it"),
        ({}, "decimals", "system: data[1].decimals: wrong. Mend it"),
        ({}, "/data/catalog", "system: data[1].sql: /data/catalog: wrong. Mend it"),
        (
            {"type": "trade", "instruments": [str(PAIR)]},
            "decimals",
            "system: data[1].sql: wrong. Mend it",
        ),
    ],
)
def test_what_is_wrong_is_said_at_the_key_to_blame(
    data: dict[str, Any], blamed: str, expected: str
) -> None:
    shelf = Asked(raises=CatalogError("wrong", place=blamed, cure="Mend it"))
    with pytest.raises(DataError) as raised:
        query(**data).ask(shelf, 1, [GBPUSD])
    assert expected == str(raised.value)


def test_a_catalog_without_sql_is_named() -> None:
    with pytest.raises(DataError, match=r"data\[1\]\.sql: catalog 'ducklake' answers no queries"):
        query().ask(Shelf(), 1, [GBPUSD])


def test_an_answer_must_not_depend_on_an_order_that_nobody_asked_for() -> None:
    query().ask(Asked(), 1, [GBPUSD]).check_order(Asked())
    shelf = Upended()
    with pytest.raises(DataError) as raised:
        query().ask(shelf, 1, [GBPUSD]).check_order(shelf)
    assert str(raised.value).startswith(
        "system: data[1].sql: its rows depend on the order in which rows of one time are read: "
        "row 1 was ts_init = 2024-01-01T00:00:00.000000000, n = 1, and is "
    )
