"""Each registered name has a factory, and settings where it says so."""

from argosy.plugins.host import PluginHost
from argosy_risk.factories import FACTORIES


def test_what_is_registered_is_what_can_be_built() -> None:
    parts = [each for each in PluginHost.installed().parts_of("risk") if each.kind == "risk_rules"]
    assert list(FACTORIES) == [each.name for each in parts]
    for each in parts:
        each.settings_model()
