"""Each registered name has a factory, and settings where it says so."""

from argosy.plugins.host import PluginHost
from argosy_sim.factories import FEES, FILLS, LATENCIES, MARGINS
from argosy_sim.part_settings import SETTINGS

TABLES = {
    "fee_models": FEES,
    "fill_models": FILLS,
    "latency_models": LATENCIES,
    "margin_models": MARGINS,
}
PARTS = PluginHost.installed().parts_of("sim")


def test_what_is_registered_is_what_can_be_built() -> None:
    for kind, table in TABLES.items():
        assert list(table) == [each.name for each in PARTS if each.kind == kind]


def test_every_model_of_settings_belongs_to_a_part() -> None:
    models = [each.settings_model() for each in PARTS]
    assert {*SETTINGS.values()} <= {*models}
