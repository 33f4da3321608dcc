"""The host's own sections."""

from collections.abc import Callable

import pytest

from argosy.config.plan import Plan
from argosy.config.system import PartTable, SystemSettings
from argosy.config.system_file import SystemFile
from argosy.model.bar_type import BarType
from argosy.model.enums import TradingState
from argosy.model.identifiers import InstrumentId, TraderId, Venue
from argosy.parts.bar_aggregation import BarOptions
from tests.host.config.kit import GOOD

Wrong = Callable[..., list[str]]


def settings(**sections: object) -> SystemSettings:
    return SystemFile.from_dict({"name": "x", **sections}).settings


def test_only_the_name_is_needed() -> None:
    found = settings()
    assert ("x", TraderId("TRADER-001"), 0) == (found.name, found.trader_id, found.seed)
    assert ("stop", 86_400_000_000_000) == (found.run.on_error, found.run.equity_interval_ns)
    assert TradingState.ACTIVE is found.risk.trading_state
    assert ("strategies",) == found.plugins.folders


def test_a_whole_file_is_read(plan_of: Callable[..., Plan]) -> None:
    system = plan_of(GOOD).system
    (data,) = system.data
    assert "quote" == data.type
    assert (InstrumentId("GBP/USD.SIM"),) == data.instruments
    assert (1_328_054_400_000_000_000, 1_330_560_000_000_000_000) == (data.start, data.end)
    simulate = system.venues[Venue("SIM")].simulate
    assert simulate is not None
    assert "sim" == simulate.use
    assert {"type": "margin", "balances": ["1_000_000 USD"]} == simulate.settings["account"]


def test_a_part_may_be_named_without_a_table() -> None:
    found = settings(venues={"SIM": {"simulate": "sim"}}).venues[Venue("SIM")]
    assert PartTable("sim") == found.simulate


def test_options_of_one_bar_type_go_over_those_of_all() -> None:
    name = "A.B-1-MINUTE-LAST-INTERNAL"
    bars = settings(
        bars={
            "interval": "right-open",
            "build_delay": "15ms",
            "types": {name: {"origin_offset": "30m", "build_delay": "0ms"}},
        }
    ).bars
    rules = bars.rules()
    assert BarOptions("right-open", build_delay_ns=15_000_000) == rules.default
    expected = BarOptions("right-open", origin_offset_ns=1_800_000_000_000)
    assert expected == rules.options(BarType.from_str(name))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sed = 1", "s.toml:1: sed: unknown key. Did you mean 'seed'?"),
        ('seed = "1"', "s.toml:1: seed: expected a whole number, was text"),
        ("seed = -1", "s.toml:1: seed: should be greater than or equal to 0, was -1"),
        ("trader_id = 5", "s.toml:1: trader_id: expected a TraderId, was 5"),
        (
            'trader_id = "ME"',
            "s.toml:1: trader_id: 'ME' is no TraderId. "
            "Give a name, a hyphen and a tag, such as NAME-001",
        ),
        (
            '[[data]]\ntype = "quotes"\ninstruments = ["A.B"]',
            "s.toml:2: data[0].type: expected 'quote', 'trade', 'bar' or 'delta', was 'quotes'. "
            "Did you mean 'quote'?",
        ),
        (
            '[data]\ntype = "quote"',
            "s.toml:1: data: expected a list of tables, was one table. "
            "Write its name in [[two brackets]]",
        ),
        ("venues = 5", "s.toml:1: venues: expected a table, was a number"),
        ("[venues]\nSIM = 5", "s.toml:2: venues.SIM: expected a table, was a number"),
        (
            "[venues.SIM]\nsimulate = 5",
            "s.toml:2: venues.SIM.simulate: expected a table with use = ..., was 5",
        ),
        (
            '[venues.SIM]\nsimlate = "sim"',
            "s.toml:2: venues.SIM.simlate: unknown key. Did you mean 'simulate'?",
        ),
        (
            '[run]\non_error = "go"',
            "s.toml:2: run.on_error: expected 'stop' or 'stop_strategy', was 'go'",
        ),
        (
            "[run]\nequity_interval = 60",
            "s.toml:2: run.equity_interval: expected a duration with its unit, such as 250ms, 30s, "
            "15m, 1h30m or 1d, was 60",
        ),
        (
            '[run]\nequity_interval = "0s"',
            "s.toml:2: run.equity_interval: should be greater than 0",
        ),
        (
            "[run]\nbatch_rows = 0",
            "s.toml:2: run.batch_rows: should be greater than or equal to 1, was 0",
        ),
        (
            '[bars]\ninterval = "left"',
            "s.toml:2: bars.interval: expected 'left-open' or 'right-open', was 'left'. "
            "Did you mean 'left-open'?",
        ),
        (
            '[bars.types."A.B-MINUTE"]\ninterval = "left-open"',
            's.toml:1: bars.types."A.B-MINUTE": ',
        ),
        (
            '[risk]\ntrading_state = "stopped"',
            "s.toml:2: risk.trading_state: expected one of ACTIVE, REDUCING, HALTED, was 'stopped'",
        ),
        ("[plugins]\nallow = 1", "s.toml:2: plugins.allow: expected a list, was a number"),
    ],
)
def test_a_wrong_section_is_named(wrong: Wrong, text: str, expected: str) -> None:
    problems = [each for each in wrong(text) if ": name: missing" not in each]
    (problem,) = [each for each in problems if "nothing to replay" not in each]
    assert problem.startswith(expected)


@pytest.mark.parametrize("name", ["", "with space", "../up", "x" * 65, "-x"])
def test_a_name_is_short_and_plain(wrong: Wrong, name: str) -> None:
    (problem,) = wrong(GOOD.replace('"good"', f'"{name}"'))
    assert problem.startswith("s.toml:1: name: should match pattern")
