from __future__ import annotations

import json
from decimal import Decimal
from importlib.metadata import version
from typing import Any

import pyarrow as pa
import pytest

from argosy.run import result as module
from argosy.run.result import versions
from tests.acceptance.script import BUY, CASH, SELL, Played, play, quote, send

DATA = [quote(1, 150_000, 150_010), quote(10, 150_100, 150_110)]


@pytest.fixture(scope="module")
def run() -> Played:
    steps = [
        (2, send("market", BUY, 10_000)),
        (3, send("market", SELL, 10_000)),
        (4, send("market", BUY, 5_000)),
        (5, send("limit", BUY, 1_000, 149_000)),
    ]
    return play(DATA, *steps)


def test_json_is_plain_and_says_it_all(run: Played) -> None:
    found = json.loads(run.result.to_json())
    assert run.result.to_dict() == found
    assert run.result.log.hash() == found["event_log_hash"]
    # Half of what was bought at 1.50010 is still held, at a bid of 1.50100.
    equity = {"currency": "USD", "start": "1000000.00", "end": "1000003.50", "change": "3.50"}
    assert {"SIM": equity} == found["equity"]
    assert 0 <= found["elapsed_s"] < 60


def test_tables_have_a_row_an_order_a_fill_and_a_cycle(run: Played) -> None:
    tables = run.result.tables()
    rows = {name: table.num_rows for name, table in tables.items()}
    assert (4, 3, 2) == (rows["orders"], rows["fills"], rows["positions"])
    states = sum(event.name == "AccountState" for event in run.log)
    assert (states, 2) == (rows["accounts"], rows["equity"])
    [status] = {str(tables["orders"]["status"][3]), "ACCEPTED"}
    assert "ACCEPTED" == status


def test_numbers_in_tables_are_exact(run: Played) -> None:
    fills = run.result.tables()["fills"]
    assert pa.decimal128(38, 18) == fills.schema.field("last_px").type
    assert [Decimal("1.50010"), Decimal("1.50000"), Decimal("1.50010")] == (
        fills["last_px"].to_pylist()
    )


def test_the_row_of_a_run_names_what_it_was_made_of(run: Played) -> None:
    row = run.result.row(5)
    assert (5, 0, True, None) == (row["snapshot"], row["seed"], row["is_complete"], row["error"])
    assert row["started_at"] <= row["finished_at"]
    assert "backtest" == row["settings"]["name"]
    assert versions() == row["versions"]
    assert version("argosy") == versions()["argosy"]


@pytest.mark.parametrize("size", [1, 7, 65_536])
def test_the_event_log_comes_in_batches(
    run: Played, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EVENTS_A_BATCH", size)
    batches = list(run.result.event_batches())
    assert all(batch.num_rows <= size for batch in batches)
    rows: list[dict[str, Any]] = [row for batch in batches for row in batch.to_pylist()]
    assert list(range(run.result.log.count)) == [row["seq"] for row in rows]
    assert run.result.log.to_bytes() == b"".join(row["payload"] for row in rows)


def test_an_unknown_rate_is_an_error_and_no_number() -> None:
    result = play(DATA, account=CASH | {"balances": ["10 USD", "10 JPY"]}).result
    assert ["error"] == list(result.statistics["SIM"])
    assert "JPY" in result.to_dict()["equity"]["SIM"]["error"]
