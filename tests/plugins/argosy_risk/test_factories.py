"""Each registered name has a factory, and what it builds keeps to the contract of rules."""

from typing import Any

import pytest

from argosy.parts.registration import Part
from argosy.plugins.host import PluginHost
from argosy.testing.risk_rules import check_risk_rule
from argosy_risk.factories import FACTORIES

PARTS = PluginHost.installed().parts_of("risk")


def test_what_is_registered_is_what_can_be_built() -> None:
    assert list(FACTORIES) == [each.name for each in PARTS]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_rules_keep_to_the_contract(part: Part) -> None:
    model: Any = part.settings_model()
    check_risk_rule(lambda context: part.factory(None if model is None else model(), context))
