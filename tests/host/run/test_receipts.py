from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from argosy.config.system import DataSettings
from argosy.run.receipts import columns_text, receipt_tables, rows_hash
from tests.host.run.kit import T0
from tests.host.run.test_row_texts import ROWS, TABLE


@dataclass
class Asked:
    name: str
    index: int
    data: DataSettings


@dataclass
class Answered:
    query: Any
    table: Any = field(default_factory=lambda: TABLE)
    snapshot: int = 7


def answer(name: str, index: int, **data: Any) -> Any:
    return Answered(Asked(name, index, DataSettings(name=name, sql="SELECT 1", **data)))


def test_the_hash_is_that_of_the_lines() -> None:
    columns = columns_text(TABLE.schema)
    assert {
        "ts_init": "timestamp[ns]",
        "p": "decimal64(18, 2)",
        "z": "double",
    }.items() <= json.loads(columns).items()
    lines = "".join(f"{line}\n" for line in [columns, *ROWS])
    assert hashlib.sha256(lines.encode()).hexdigest() == rows_hash(columns, ROWS)


def test_where_nothing_was_asked_there_is_no_receipt() -> None:
    assert {} == receipt_tables([])


def test_a_receipt_holds_queries_and_rows() -> None:
    tables = receipt_tables([answer("a", 1, params={"x": 1}), answer("b", 3, type="m:C")])
    inputs = tables["inputs"].to_pylist()
    assert [("a", 1, "feature"), ("b", 3, "m:C")] == [
        (row["source"], row["position"], row["type"]) for row in inputs
    ]
    columns = columns_text(TABLE.schema)
    assert ("SELECT 1", '{"x": 1}', 7, 2, columns, rows_hash(columns, ROWS)) == tuple(
        inputs[0][name] for name in ("query", "params", "snapshot", "rows", "columns", "hash")
    )
    times = [
        tables["inputs"].column(name).cast(pa.int64())[0].as_py()
        for name in ("first_time", "last_time")
    ]
    assert [T0, T0 + 1] == times
    rows = tables["features"].to_pylist()
    assert [("a", 0, ROWS[0]), ("a", 1, ROWS[1]), ("b", 0, ROWS[0]), ("b", 1, ROWS[1])] == [
        (row["source"], row["seq"], row["data"]) for row in rows
    ]
