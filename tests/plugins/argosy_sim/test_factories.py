"""Each registered name has a factory, and what it builds keeps to the contract of its kind."""

from typing import Any

import pytest

from argosy.parts.registration import Part
from argosy.plugins.host import PluginHost
from argosy.testing.fee_models import check_fee_model
from argosy.testing.fill_models import check_fill_model
from argosy.testing.instruments import equity
from argosy.testing.latency_models import check_latency_model
from argosy.testing.margin_models import check_margin_model
from argosy_sim.factories import FEES, FILLS, LATENCIES, MARGINS
from argosy_sim.part_settings import SETTINGS

TABLES = {
    "fee_models": FEES,
    "fill_models": FILLS,
    "latency_models": LATENCIES,
    "margin_models": MARGINS,
}
NEEDED = {"fixed": {"commission": "2 USD"}, "per_contract": {"commission": "0.85 USD"}}
"""What the settings of a fee model cannot do without."""
PARTS = PluginHost.installed().parts_of("sim")


def of(kind: str) -> list[Any]:
    return [pytest.param(each, id=each.name) for each in PARTS if each.kind == kind]


def build(part: Part) -> Any:
    model: Any = part.settings_model()
    needed = NEEDED.get(part.name, {}) if part.kind == "fee_models" else {}
    return part.factory(None if model is None else model(**needed))


def test_what_is_registered_is_what_can_be_built() -> None:
    for kind, table in TABLES.items():
        assert list(table) == [each.name for each in PARTS if each.kind == kind]


def test_every_model_of_settings_belongs_to_a_part() -> None:
    models = [each.settings_model() for each in PARTS]
    assert {*SETTINGS.values()} <= {*models}


@pytest.mark.parametrize("part", of("fee_models"))
def test_fee_models_keep_to_the_contract(part: Part) -> None:
    check_fee_model(lambda: build(part), [equity()] if part.name in NEEDED else None)


@pytest.mark.parametrize("part", of("fill_models"))
def test_fill_models_keep_to_the_contract(part: Part) -> None:
    check_fill_model(lambda: build(part))


@pytest.mark.parametrize("part", of("latency_models"))
def test_latency_models_keep_to_the_contract(part: Part) -> None:
    check_latency_model(lambda: build(part))


@pytest.mark.parametrize("part", of("margin_models"))
def test_margin_models_keep_to_the_contract(part: Part) -> None:
    check_margin_model(lambda: build(part))
