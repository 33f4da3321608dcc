from collections.abc import Callable

import pytest

from argosy.config.plan import Plan
from tests.host.config.kit import GOOD

Wrong = Callable[..., list[str]]
PlanOf = Callable[..., Plan]
ADAPTER = 'adapter = { use = "exchange", key = "env:ARGOSY_TEST_KEY" }\n\n[[data]]'


def test_a_venue_that_nobody_declared_is_named(wrong: Wrong) -> None:
    problems = wrong(GOOD.replace("GBP/USD.SIM", "GBP/USD.XX"))
    expected = (
        "s.toml:9: data[0].instruments[0]: venue 'XX' of GBP/USD.XX is not declared. "
        "Add [venues.XX]"
    )
    assert [expected] == problems


def test_only_the_venues_in_use_are_planned(plan_of: PlanOf) -> None:
    text = GOOD.replace(
        "[[data]]",
        '[venues.IDLE]\nadapter = { use = "exchange", key = "env:ARGOSY_NEVER_SET" }\n\n[[data]]',
    )
    assert ["SIM"] == [each.venue for each in plan_of(text).venues]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("SIM", "SIM goes by its own rates first anyway. Remove it"),
        ("IDEL", "venue 'IDEL' is not declared. Did you mean 'IDLE'?"),
        (
            "IDLE",
            "no instrument of venue 'IDLE' is in the run, so it has no rates. "
            "Add [[data]] of a pair that it quotes",
        ),
    ],
)
def test_rates_come_from_a_venue_that_quotes_something(
    wrong: Wrong, name: str, problem: str
) -> None:
    text = GOOD.replace("simulate = ", f'rates_from = ["{name}"]\nsimulate = ', 1)
    account = '{ type = "cash", balances = ["1 USD"] }'
    text += f'\n[venues.IDLE]\nsimulate = {{ use = "sim", account = {account} }}\n'
    assert [f"s.toml:5: venues.SIM.rates_from[0]: {problem}"] == wrong(text)


def test_a_backtest_needs_the_table_that_simulates(wrong: Wrong) -> None:
    text = GOOD.replace("simulate = ", "adapter = ").replace(
        '"sim", account = { type = "margin", balances = ["1_000_000 USD"] }',
        '"exchange", key = "env:ARGOSY_TEST_KEY"',
    )
    expected = (
        "s.toml:4: venues.SIM.simulate: a backtest needs simulate = { use = ... } here. "
        "Add it to [venues.SIM]"
    )
    assert [expected] == wrong(text)


@pytest.mark.parametrize("mode", ["sandbox", "live"])
def test_other_modes_need_the_adapter(wrong: Wrong, mode: str) -> None:
    (problem,) = wrong(GOOD, mode=mode)
    assert problem.startswith(f"s.toml:4: venues.SIM.adapter: a {mode} needs adapter")


def test_a_secret_must_be_set_where_it_is_needed(
    wrong: Wrong, plan_of: PlanOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ARGOSY_TEST_KEY", raising=False)
    text = GOOD.replace("[[data]]", ADAPTER, 1)
    expected = (
        "s.toml:7: venues.SIM.adapter.key: the environment variable ARGOSY_TEST_KEY is not set. "
        "export ARGOSY_TEST_KEY=..."
    )
    assert [expected] == wrong(text, mode="live")
    plan_of(text)  # a backtest does without
    monkeypatch.setenv("ARGOSY_TEST_KEY", "hunter2")
    plan = plan_of(text, mode="live")
    assert "hunter2" not in f"{plan} {plan.to_dict()}"


def test_two_components_cannot_have_one_id(wrong: Wrong) -> None:
    again = GOOD[GOOD.index("[[strategies]]") :]
    expected = "s.toml:22: strategies[1].id: two components have the id 'Cross-001'. Change one"
    assert [expected] == wrong(f"{GOOD}\n{again}")


def test_an_aggregation_that_nobody_brings_is_named(wrong: Wrong) -> None:
    (problem,) = wrong(GOOD.replace("15-MINUTE", "15-RENKO"))
    assert "s.toml:17: strategies[0].bar_type: unknown bar aggregation 'RENKO'. " in problem
    assert problem.endswith("Available: MINUTE")


def test_a_backtest_replays_something(wrong: Wrong) -> None:
    text = GOOD[: GOOD.index("[[data]]")] + GOOD[GOOD.index("[[strategies]]") :]
    assert ["s.toml: data: a backtest has nothing to replay. Add [[data]]"] == wrong(text)


def test_a_limit_for_an_instrument_that_is_not_in_the_run_is_named(wrong: Wrong) -> None:
    problems = wrong(f'{GOOD}\n[risk.size]\neach = {{ "GBP/USD.SIN" = 5 }}\n')
    expected = (
        "s.toml:21: risk.size.each.\"GBP/USD.SIN\": instrument 'GBP/USD.SIN' is not in the run. "
        "Did you mean 'GBP/USD.SIM'?"
    )
    assert [expected] == problems


def test_a_limit_for_an_instrument_of_the_run_is_kept(plan_of: PlanOf) -> None:
    plan = plan_of(f'{GOOD}\n[risk.size]\neach = {{ "GBP/USD.SIM" = 5 }}\n')
    assert {"GBP/USD.SIM": 5} == plan.risk.rules["size"].settings.each
