"""A strategy that raises ends its run, or only itself; what came before is kept and marked."""

from __future__ import annotations

import re

import pytest

from tests.acceptance.kit import Project
from tests.acceptance.small import PLACE, SYSTEM

BROKEN = """\
from datetime import timedelta

from argosy import OrderSide, Quantity, Strategy, StrategyConfig, InstrumentId, BarType


class BrokenConfig(StrategyConfig, frozen=True):
    instrument: InstrumentId
    bar_type: BarType
    where: str


class Broken(Strategy):
    def __init__(self, config: BrokenConfig) -> None:
        super().__init__(config)

    def fail(self, where):
        if self.config.where == where:
            raise ValueError("it went wrong")

    def on_start(self):
        self.buy()
        self.subscribe_quote_ticks(self.config.instrument)
        self.subscribe_bars(self.config.bar_type)
        self.clock.set_timer("timer", timedelta(seconds=60), callback=self.on_timer)
        self.clock.set_time_alert_ns("alert", self.clock.timestamp_ns() + 30_000_000_000)
        self.fail("on_start")

    def buy(self):
        size = Quantity.from_int(1_000)
        self.submit_order(
            self.order_factory.market(self.config.instrument, OrderSide.BUY, size)
        )

    def on_quote_tick(self, tick):
        if self.cache.orders_total_count() == 1:
            self.buy()
        if self.clock.timestamp_ns() % 60_000_000_000 == 50_000_000_000:
            self.fail("on_quote_tick")

    def on_bar(self, bar):
        if self.clock.timestamp_ns() % 60_000_000_000 == 50_000_000_000:
            self.fail("on_bar")

    def on_timer(self, event):
        self.fail("on_timer")

    def on_event(self, event):
        self.fail("on_event")

    def on_order_filled(self, event):
        self.fail("on_order_filled")

    def on_position_opened(self, event):
        self.fail("on_position_opened")

    def on_stop(self):
        self.fail("on_stop")
"""

TABLE = """
[[strategies]]
use = "broken"
instrument = "GBP/USD.SIM"
bar_type = "GBP/USD.SIM-5-TICK-MID-INTERNAL"
where = "{where}"
"""


def broken(small: Project, where: str, more: str = "") -> Project:
    """Add a strategy that raises in one handler to the small system."""
    small.write("strategies/broken.py", BROKEN)
    small.write(PLACE, SYSTEM + TABLE.replace("{where}", where) + more)
    return small


PLACES = [pytest.param("on_start", marks=pytest.mark.slow), "on_bar"]


@pytest.mark.parametrize("where", [*PLACES, pytest.param("on_timer", marks=pytest.mark.slow)])
def test_the_run_ends_with_file_line_strategy_and_handler(small: Project, where: str) -> None:
    result = broken(small, where).line("run", PLACE)
    failure = f"Broken-001.{where}: ValueError: it went wrong"
    expected = rf"error: strategies/broken\.py:\d+: {re.escape(failure)}\n"
    assert (1, "") == (result.exit_code, result.stdout)
    assert re.fullmatch(expected, result.stderr), result.stderr
    [run] = small.sql("""
        SELECT is_complete, error, events,
            (SELECT count(*) FROM events) AS logged,
            (SELECT count(*) FROM orders WHERE strategy_id = 'Broken-001') AS orders
        FROM runs
    """)
    assert (False, failure) == (run["is_complete"], run["error"])
    assert run["events"] == run["logged"]
    assert 1 <= run["orders"]


def test_the_traceback_is_shown_on_demand(small: Project) -> None:
    result = broken(small, "on_bar").line("run", PLACE, "--debug")
    assert 1 == result.exit_code
    assert "Traceback (most recent call last)" in result.stderr
    assert 'raise ValueError("it went wrong")' in result.stderr


STOP_ONE = '\n[run]\non_error = "stop_strategy"\n'


@pytest.mark.parametrize("where", PLACES)
def test_the_others_go_on_where_the_system_says_so(
    small: Project, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    usual = small.json("run", PLACE)
    result = broken(small, where, STOP_ONE).json("run", PLACE)
    failure = f"Broken-001.{where}: ValueError: it went wrong"
    assert (False, failure) == (result["is_complete"], result["error"])
    assert f"Broken-001: stopped: {failure}" in caplog.text
    runs = f"run_id IN ('{usual['run_id']}', '{result['run_id']}')"
    found = small.sql(f"""
        SELECT count(*) AS fills FROM fills
        WHERE {runs} AND strategy_id = 'EMACross-000' GROUP BY run_id
    """)
    assert [{"fills": usual["fills"]}] * 2 == found


def test_a_strategy_that_ends_the_process_has_raised(small: Project) -> None:
    result = broken(small, "on_bar").line("check", PLACE)
    assert 0 == result.exit_code
    text = BROKEN.replace('raise ValueError("it went wrong")', "raise SystemExit")
    small.write("strategies/broken.py", text)
    result = small.line("run", PLACE)
    line = text[: text.index("raise SystemExit")].count("\n") + 1
    assert (1, "") == (result.exit_code, result.stdout)
    assert f"error: strategies/broken.py:{line}: Broken-001.on_bar: SystemExit\n" == result.stderr
    [run] = small.sql("SELECT is_complete, error FROM runs")
    assert {"is_complete": False, "error": "Broken-001.on_bar: SystemExit"} == run


def test_a_callback_that_cannot_be_called_is_shown_with_its_line(small: Project) -> None:
    text = BROKEN.replace("def on_timer(self, event):", "def on_timer(self):")
    broken(small, "nowhere").write("strategies/broken.py", text)
    result = small.line("run", PLACE)
    line = text[: text.index("def on_timer")].count("\n") + 1
    expected = f"error: strategies/broken.py:{line}: Broken-001.on_timer: TypeError: "
    assert 1 == result.exit_code
    assert result.stderr.startswith(expected), result.stderr
