"""What a run leaves: figures, tables, rows that SQL finds; and what is seen while it goes on."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from argosy import BacktestNode
from argosy.plugins.wiring import load_plan
from tests.acceptance.conftest import new_project, with_small_system
from tests.acceptance.kit import COMMAND, Project, decode
from tests.acceptance.script import quote
from tests.acceptance.small import PLACE, SYSTEM

KEYS = {
    "run_id",
    "event_log_hash",
    "orders",
    "fills",
    "positions",
    "balances",
    "pnl",
    "statistics",
    "elapsed_s",
}
"""What ``argosy run --json`` promises at least."""


@pytest.fixture(scope="module")
def ran(
    project: Path, small_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Project, Any]:
    """The small system after a run, and its result."""
    made = new_project(tmp_path_factory.mktemp("ran"), project)
    with_small_system(made, small_data)
    plan = load_plan(made.folder / PLACE, mode="backtest")
    return made, BacktestNode(plan).run()


def test_every_table_is_what_the_engine_says(ran: tuple[Project, Any]) -> None:
    small, result = ran
    cache = result.cache
    orders = cache.orders()
    fills = [event for order in orders for event in order.events if hasattr(event, "last_px")]
    assert 5 < len(fills)
    assert [
        (str(o.client_order_id), str(o.side), str(o.status), o.quantity.as_decimal(), o.avg_px)
        for o in orders
    ] == small_rows(
        small,
        "SELECT client_order_id, side, status, quantity, avg_px FROM orders ORDER BY ts_init",
    )
    assert [
        (str(f.trade_id), f.last_px.as_decimal(), f.last_qty.as_decimal(), f.ts_event)
        for f in fills
    ] == small_rows(
        small, "SELECT trade_id, last_px, last_qty, epoch_ns(ts_event) FROM fills ORDER BY event_id"
    )
    positions = [*cache.position_snapshots(), *cache.positions()]
    gains = sorted(each.realized_pnl.as_decimal() for each in positions)
    assert [(gain,) for gain in gains] == small_rows(
        small, "SELECT realized_pnl FROM positions ORDER BY realized_pnl"
    )
    assert sum(gains) == Decimal(result.pnl["USD"])
    [account] = cache.accounts()
    last = small_rows(small, "SELECT total, free FROM accounts ORDER BY event_id DESC LIMIT 1")
    assert [(account.balance_total().as_decimal(), account.balance_free().as_decimal())] == last
    [curve] = result.curves.values()
    assert list(zip(curve.times, curve.amounts, strict=True)) == small_rows(
        small, "SELECT epoch_ns(ts), equity FROM equity ORDER BY ts"
    )


def small_rows(small: Project, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in small.sql(query)]


def test_the_run_itself_is_a_row(ran: tuple[Project, Any]) -> None:
    small, result = ran
    [row] = small.sql("SELECT * FROM runs")
    assert {
        "run_id": result.run_id,
        "name": "small",
        "mode": "backtest",
        "seed": 7,
        "is_complete": True,
        "error": None,
        "events": result.log.count,
        "event_log_hash": result.event_log_hash,
    }.items() <= row.items()
    settings = json.loads(row["settings"])
    assert (7, "ema_cross") == (settings["seed"], settings["strategies"][0]["use"])
    assert str(small.folder) not in row["settings"]
    assert version("argosy") == json.loads(row["versions"])["argosy"]
    assert row["snapshot"] >= 1


def test_the_event_log_in_the_catalog_is_that_of_the_run(ran: tuple[Project, Any]) -> None:
    small, result = ran
    rows = small.sql("SELECT type, payload FROM events ORDER BY seq")
    assert result.log.to_bytes() == b"".join(row["payload"] for row in rows)
    names = [event.name for event in decode(row["payload"] for row in rows)]
    assert [row["type"] for row in rows] == names


def test_the_table_shows_the_figures_of_the_run(ran: tuple[Project, Any]) -> None:
    stream = io.StringIO()
    ran[1].print(Console(file=stream, width=80))
    for text in (
        ran[1].run_id,
        "Orders",
        "Fills",
        "Positions",
        "Realised PnL USD",
        "SIM equity change USD",
        "SIM max drawdown",
    ):
        assert text in stream.getvalue()


def test_json_has_every_key_and_the_catalog_the_same_figures(small: Project) -> None:
    found = small.json("run", PLACE)
    assert set() == KEYS - found.keys()
    assert {"rows": 200, "is_complete": True, "mode": "backtest"}.items() <= found.items()
    [row] = small.sql("SELECT run_id, event_log_hash FROM runs")
    assert row == {"run_id": found["run_id"], "event_log_hash": found["event_log_hash"]}
    listed = small.line("runs")
    assert 0 == listed.exit_code
    assert found["run_id"] in listed.stdout
    counted = small.line("sql", "SELECT count(*) AS fills FROM fills", "--format", "csv")
    assert (0, ["fills", str(found["fills"])]) == (counted.exit_code, counted.stdout.split())


def test_check_prints_the_plan_and_runs_nothing(small: Project) -> None:
    result = small.line("check", PLACE)
    lines = result.stdout.splitlines()
    assert (0, "") == (result.exit_code, result.stderr)
    assert [
        "system      small, backtest, seed 7, trader TRADER-001",
        "catalog     ducklake (catalog)",
        "venue       SIM, simulate: sim (sim)",
        "data        quote GBP/USD.SIM",
    ] == lines[:4]
    assert lines[4].startswith("strategy    ema_cross (strategies/ema_cross.py)")
    assert lines[5].startswith("risk        ACTIVE: ")
    assert "ok" == lines[-1]
    assert [] == small.sql("SELECT run_id FROM runs")


MILLIONS = '"GBP/USD.SIM-1-MILLISECOND-MID-INTERNAL"'


def test_check_warns_of_a_million_bars(small: Project) -> None:
    last = SYSTEM.rindex('"GBP/USD.SIM-5-TICK')
    text = SYSTEM[:last] + MILLIONS + SYSTEM[SYSTEM.index("\n", last) :]
    small.write(PLACE, text)
    assert "warning" not in small.line("check", PLACE).stderr
    small.load([quote(second, 150_000, 150_010) for second in (3_000, 3_001)])
    assert "about 3,000,000 bars" in small.line("check", PLACE).stderr


def seen_on_a_terminal(small: Project, *words: str) -> tuple[int, bytes, str]:
    """Run a line whose stderr is a terminal; return exit code, stderr and stdout."""
    primary, secondary = pty.openpty()
    with subprocess.Popen(
        [COMMAND, *words],
        cwd=small.folder,
        stdout=subprocess.PIPE,
        stderr=secondary,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
        text=True,
    ) as process:
        os.close(secondary)
        seen = b""
        while True:
            try:
                part = os.read(primary, 65_536)
            except OSError:
                break  # the last writer is gone
            if not part:
                break
            seen += part
        out = process.stdout.read() if process.stdout else ""
    os.close(primary)
    return process.returncode, seen, out


SLOW = """\
import time

from argosy import InstrumentId, Strategy, StrategyConfig


class SlowConfig(StrategyConfig, frozen=True):
    instrument: InstrumentId


class Slow(Strategy):
    def __init__(self, config: SlowConfig) -> None:
        super().__init__(config)

    def on_start(self):
        self.subscribe_quote_ticks(self.config.instrument)

    def on_quote_tick(self, tick):
        time.sleep(0.01)
"""

TABLE = """
[[strategies]]
use = "slow"
instrument = "GBP/USD.SIM"

[run]
batch_rows = 10
"""


@pytest.mark.slow
def test_a_long_run_draws_a_bar_on_a_terminal_and_nowhere_else(small: Project) -> None:
    small.write("strategies/slow.py", SLOW)
    small.write(PLACE, SYSTEM + TABLE)
    code, seen, out = seen_on_a_terminal(small, "run", PLACE, "--json")
    assert 0 == code
    assert b"2024-01-01" in seen
    assert b"rows/s" in seen
    assert 200 == json.loads(out)["rows"]
