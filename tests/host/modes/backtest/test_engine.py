from __future__ import annotations

import gc
from datetime import UTC, datetime
from typing import Any

import pytest

from argosy import (
    BacktestEngine,
    BacktestEngineConfig,
    DuplicateNameError,
    InputError,
    QuoteTick,
    RunError,
    Strategy,
    StrategyConfig,
    StrategyError,
    Venue,
)
from argosy.config.problems import SystemFileError
from argosy.testing.instruments import default_fx_ccy
from tests.host.run.kit import PAIR, SECOND, T0, quote, quotes

ACCOUNT = {"balances": ["1_000 USD"]}


class Counter(Strategy):
    """Count quotes; fail at one of them."""

    def __init__(self, fails_at: int = 0, **config: Any) -> None:
        super().__init__(StrategyConfig(**config))
        self.fails_at = fails_at
        self.count = 0
        self.stopped_at = 0

    def on_start(self) -> None:
        self.subscribe_quote_ticks(PAIR)

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.count += 1
        if self.count == self.fails_at:
            raise ValueError("no more")

    def on_stop(self) -> None:
        self.stopped_at = self.clock.timestamp_ns()


def engine(*strategies: Strategy, **config: Any) -> BacktestEngine:
    made = BacktestEngine(BacktestEngineConfig(**config))
    made.add_venue("SIM", account=ACCOUNT)
    made.add_instrument(default_fx_ccy("GBP/USD"))
    made.add_data(quotes(range(1, 11)))
    made.add_strategies(strategies)
    return made


def test_a_run_goes_from_the_first_datum_to_the_last() -> None:
    counter = Counter()
    made = engine(counter)
    assert not made.has_result
    result = made.run()
    assert (10, 10, T0 + 10 * SECOND) == (counter.count, result.rows, counter.stopped_at)
    assert (T0 + SECOND, T0 + 10 * SECOND) == (result.start_ns, result.end_ns)
    assert result is made.result()


@pytest.mark.parametrize("as_datetime", [False, True])
def test_a_part_may_be_run(as_datetime: bool) -> None:  # noqa: FBT001
    counter = Counter()
    start, end = T0 + 3 * SECOND, T0 + 5 * SECOND
    moments = [
        datetime.fromtimestamp(at / SECOND, UTC) if as_datetime else at for at in (start, end)
    ]
    assert 3 == engine(counter).run(*moments).rows
    assert 3 == counter.count


def test_an_engine_runs_once() -> None:
    made = engine()
    made.run()
    with pytest.raises(RunError, match="this engine has run already"):
        made.run()


def test_there_is_no_result_before_the_run() -> None:
    with pytest.raises(RunError, match="there is no result before the run"):
        engine().result()


def test_a_venue_is_added_once() -> None:
    with pytest.raises(DuplicateNameError, match="venue SIM was added before"):
        engine().add_venue(Venue("SIM"), account=ACCOUNT)


def test_an_instrument_needs_its_venue() -> None:
    with pytest.raises(InputError, match=r"venue XNAS was not added\. Call .*: SIM"):
        engine().add_instrument(default_fx_ccy("GBP/USD", "XNAS"))


def test_wrong_settings_of_a_venue_are_told_together() -> None:
    with pytest.raises(SystemFileError) as raised:
        BacktestEngine().add_venue("SIM", oms="neting", account={"balances": ["1 USD"], "typ": 1})
    assert "venue SIM: oms" in str(raised.value)
    assert "venue SIM: account.typ: unknown key. Did you mean 'type'?" in str(raised.value)


def test_a_component_is_added_once() -> None:
    assert ["Counter-000", "Counter-001"] == [
        each.id for each in engine(Counter(), Counter()).trader.strategies()
    ]
    twice = [Counter(strategy_id="Counter-007") for _ in range(2)]
    with pytest.raises(DuplicateNameError, match="Counter-007"):
        engine(*twice)


def test_settings_by_hand_are_those_of_a_file() -> None:
    made = engine(name="by-hand", seed=9, run={"equity_interval": "1h"})
    assert ("by-hand", 9) == (made.plan.system.name, made.plan.system.seed)
    assert 3_600 * SECOND == made.plan.system.run.equity_interval_ns
    with pytest.raises(SystemFileError, match=r"run\.batch_rows"):
        engine(run={"batch_rows": 0})


def test_what_came_before_an_error_is_the_result() -> None:
    made = engine(Counter(fails_at=4))
    with pytest.raises(StrategyError, match=r"Counter-000\.on_quote_tick: ValueError: no more"):
        made.run()
    assert made.has_result
    result = made.result()
    assert not result.is_complete
    assert "Counter-000.on_quote_tick: ValueError: no more" == result.error
    assert T0 + 4 * SECOND == result.end_ns


def test_only_the_one_that_fails_is_stopped_where_the_settings_say_so() -> None:
    failing, other = Counter(fails_at=4), Counter()
    result = engine(failing, other, run={"on_error": "stop_strategy"}).run()
    assert (4, 10) == (failing.count, other.count)
    assert "Counter-000.on_quote_tick: ValueError: no more" == result.error
    assert (0, T0 + 10 * SECOND) == (failing.stopped_at, other.stopped_at)


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    made = BacktestEngine()
    made.add_venue("SIM", account=ACCOUNT)
    made.add_instrument(default_fx_ccy("GBP/USD"))
    made.add_data(quotes(range(1, 11)), batch_rows=2)
    made.run(progress=lambda now, rows: told.append((now, rows)))
    assert [rows for _, rows in told] == sorted(rows for _, rows in told)
    assert 10 == told[-1][1]


def test_the_garbage_collector_is_as_before() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    engine(Counter()).run()
    with pytest.raises(StrategyError):
        engine(Counter(fails_at=2)).run()
    assert before == (gc.get_threshold(), gc.get_freeze_count())


def test_an_end_without_data_is_enough() -> None:
    made = BacktestEngine()
    result = made.run(T0, T0 + SECOND)
    assert (0, T0 + SECOND) == (result.rows, result.end_ns)


def test_rows_out_of_order_are_refused() -> None:
    made = BacktestEngine()
    made.add_venue("SIM", account=ACCOUNT)
    made.add_instrument(default_fx_ccy("GBP/USD"))
    made.add_data([quote(2), quote(1)])
    with pytest.raises(InputError, match="GBP/USD"):
        made.run()
