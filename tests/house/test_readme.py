"""What the README shows is so: its system, its strategy, its commands and its table of features."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest

from argosy.cli.group import COMMANDS
from argosy.config.components import component_kind, config_class
from argosy.config.folder import StrategyFolders
from argosy.model.bar_type import BarType
from argosy.model.enums import BarAggregation, OrderType
from argosy.model.values import Quantity
from argosy.plugins.find import Found
from argosy.plugins.host import PluginHost
from argosy.testing.strategies import check_strategy
from tests.pure import PROJECT

TEXT = (PROJECT / "README.md").read_text()
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
EXISTS = TEXT.partition("## What exists")[2].partition("\n## ")[0]


def blocks(language: str) -> list[str]:
    """Return the blocks of a language, in order."""
    return [code for name, code in BLOCK.findall(TEXT) if name == language]


def constants(kind: Any) -> list[str]:
    """Return the names of an open set or an enum."""
    return sorted({str(each) for each in vars(kind).values() if isinstance(each, kind)})


def test_the_system_is_one_that_the_project_has() -> None:
    (system,) = blocks("toml")
    assert (PROJECT / "config/series.toml").read_text() == system


def test_the_strategy_runs_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "strategies").mkdir()
    (tmp_path / "strategies/breakout.py").write_text(blocks("python")[0])
    part = StrategyFolders(tmp_path).part("breakout")
    config: Any = config_class(part.factory)
    assert "strategy" == component_kind(part.factory)
    bar_type = BarType.from_str("EUR/USD.SIM-1-MINUTE-MID-INTERNAL")
    settings = config(bar_type=bar_type, trade_size=Quantity(1_000), bars=5)
    result = check_strategy(lambda: part.factory(settings))
    assert result.fills > 2


def test_the_plugin_can_be_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = [each for each in blocks("python") if "register_fee_models" in each]
    (tmp_path / "argosy_readme.py").write_text(code)
    monkeypatch.syspath_prepend(str(tmp_path))
    host = PluginHost([Found("readme", "argosy_readme", "argosy-readme", "1.0")])
    sys.modules.pop("argosy_readme")
    assert "Charge nothing." == host.part("fee_models", "free").doc


def test_the_commands_exist() -> None:
    commands = {*COMMANDS, *PluginHost.installed().parts("commands")}
    named = re.findall(r"(?:\$ |`)argosy ([a-z]+)", TEXT)
    assert len(named) > 5
    assert set() == set(named) - commands


@pytest.mark.parametrize(
    "name",
    [
        *constants(OrderType),
        *constants(BarAggregation),
        *("BID", "ASK", "MID", "LAST"),
        *("OrderBookDelta", "OrderBookDeltas", "OrderBookSnapshot", "Ticker", "QuoteTick"),
        *("TradeTick", "Bar", "Instrument", "VenueStatusUpdate", "InstrumentStatusUpdate"),
    ],
)
def test_every_promise_has_a_row(name: str) -> None:
    assert f"`{name}`" in EXISTS


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("order_types", [each for each in constants(OrderType) if each not in ("MARKET", "LIMIT")]),
        ("bar_aggregations", constants(BarAggregation)),
    ],
)
def test_what_is_not_there_is_said_to_be_missing(kind: str, names: list[str]) -> None:
    known = PluginHost.installed().parts(kind)
    rows = [line.split("|") for line in EXISTS.splitlines() if line.startswith("| ")]
    for name in names:
        (state,) = [row[2].strip() for row in rows if f"`{name}`" in row[1]]
        assert ("yes" if name in known else "not yet") == state, name
