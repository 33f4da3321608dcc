from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from argosy import BacktestEngine, BacktestEngineConfig, InstrumentNotFoundError, Strategy
from argosy.modes.backtest.node import build_engine
from argosy.run.checks import check_data, check_limits
from argosy.testing.instruments import default_fx_ccy
from tests.host.run.kit import PAIR, quotes
from tests.host.run.test_assembly import ACCOUNT, GBPUSD, Quotes, plan


def check(engine: BacktestEngine) -> list[str]:
    return check_data(engine.plan, engine.core, engine.sources.streams)


def test_what_cannot_be_told_before_the_run_is_a_warning() -> None:
    engine = build_engine(plan(), Quotes(), 1)
    assert ["how long the data is cannot be told before the run"] == check(engine)


def limited(name: str) -> BacktestEngine:
    """Return an engine by hand whose risk limits orders for an instrument."""
    risk = {"notional": {"max_per_order": {name: 5}}}
    made = BacktestEngine(BacktestEngineConfig(risk=risk))
    made.add_venue("SIM", account=ACCOUNT)
    made.add_instrument(GBPUSD)
    return made


def test_a_limit_for_an_instrument_that_nobody_added_stops_the_run() -> None:
    made = limited("GBP/USD.SIN")
    made.add_data(quotes([1, 2]))
    expected = (
        r"system: risk\.notional\.max_per_order\.\"GBP/USD\.SIN\": instrument 'GBP/USD\.SIN' is"
        r" not in the run\. Did you mean 'GBP/USD\.SIM'\?"
    )
    with pytest.raises(InstrumentNotFoundError, match=expected):
        made.run()


def test_a_limit_may_be_for_an_instrument_that_the_data_define() -> None:
    eurusd = default_fx_ccy("EUR/USD")
    for name in (str(PAIR), str(eurusd.id)):
        made = limited(name)
        made.add_data([eurusd])
        check_limits(made.plan, made.core, made.sources.objects)
    with pytest.raises(InstrumentNotFoundError, match="not in the run"):
        limited(str(eurusd.id)).run()


class Misspelt(Strategy):
    """Has a name that is almost that of a handler."""

    def on_bars(self, bar: Any) -> None:
        """Never be called."""


def test_a_misspelt_handler_is_a_warning() -> None:
    engine = build_engine(plan(), Quotes(), 1)
    engine.add_strategy(Misspelt())
    [warning, _] = check(engine)
    assert warning.endswith("did you mean 'on_bar'?")


def test_bars_that_nothing_can_give_are_a_warning() -> None:
    table = {
        "use": "ema_cross",
        "instrument": str(PAIR),
        "bar_type": f"{PAIR}-1-MINUTE-LAST-INTERNAL",
        "trade_size": "1",
    }
    folder = str(Path(__file__).parents[3] / "strategies")
    made = plan(strategies=[table], plugins={"folders": [folder]})
    [warning, _] = check(build_engine(made, Quotes(), 1))
    assert f"{PAIR}-1-MINUTE-LAST-INTERNAL will have no bars: LAST bars are built from" in warning
