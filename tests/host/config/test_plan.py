import json
from collections.abc import Callable

import pytest

from argosy.config.plan import Plan
from argosy.errors import ConfigError
from argosy.model.identifiers import InstrumentId, Venue
from tests.host.config.kit import GOOD, Cross

PlanOf = Callable[..., Plan]


def test_a_plan_holds_parts_and_checked_settings(plan_of: PlanOf) -> None:
    plan = plan_of(GOOD)
    (venue,) = plan.venues
    assert Venue("SIM") == venue.venue
    assert venue.simulate is not None
    built, context = venue.simulate.build("context")
    assert ("MARGIN", "context") == (built.account.type, context)
    assert isinstance(plan.components[0].build(), Cross)
    assert "data/shelf" == str(plan.catalog.settings.path.relative_to(plan.project))


def test_a_plan_knows_the_instruments_that_anything_names(plan_of: PlanOf) -> None:
    text = GOOD + 'others = ["EUR/USD.SIM"]\n'
    assert (InstrumentId("GBP/USD.SIM"), InstrumentId("EUR/USD.SIM")) == (
        plan_of(text).instrument_ids
    )


def test_every_setting_can_be_printed_as_json(plan_of: PlanOf) -> None:
    printed = json.loads(json.dumps(plan_of(GOOD).to_dict()))
    assert ("good", 7, "backtest") == (printed["name"], printed["seed"], printed["mode"])
    assert {"use": "ducklake", "path": "data/shelf"} == printed["catalog"]
    assert "cross" == printed["strategies"][0]["use"]
    assert 10 == printed["strategies"][0]["fast"]
    assert [] == printed["actors"]


def test_equal_systems_print_alike_wherever_they_lie(plan_of: PlanOf) -> None:
    plan = plan_of(GOOD)
    assert str(plan.project) not in json.dumps(plan.to_dict())
    assert plan.to_dict() == plan_of(f"# another text\n{GOOD}").to_dict()


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        (-1, "factor must be positive"),
        (0, "ZeroDivisionError('float division by zero')"),
        (13, "SystemExit(13)"),
    ],
)
def test_a_component_that_refuses_its_settings_is_named(
    plan_of: PlanOf, factor: int, said: str
) -> None:
    text = GOOD.replace('"cross"', '"picky"') + f"factor = {factor}\n"
    (component,) = plan_of(text).components
    with pytest.raises(ConfigError) as caught:
        component.build()
    expected = (
        f"s.toml:13: strategies[0]: strategy 'picky' cannot be made with these settings: {said}"
    )
    assert expected == str(caught.value)


def test_a_component_without_config_is_called_without(plan_of: PlanOf) -> None:
    plan = plan_of(f'{GOOD}\n[[actors]]\nuse = "watcher"\n')
    actor, strategy = plan.components
    assert ("actors", "strategies") == (actor.section, strategy.section)
    assert "Watcher" == type(actor.build()).__name__
