"""The hooks of what orders, bars and components are made of."""

import pytest

from tests.host.hookspecs.kit import registered


@pytest.mark.parametrize(
    ("hook", "name"),
    [
        ("register_order_types", "PATIENT_LIMIT"),
        ("register_bar_aggregations", "RENKO"),
        ("register_risk_rules", "only_buys"),
        ("register_strategies", "watcher"),
        ("register_statistics", "trades"),
    ],
)
def test_the_example_registers_its_part(hook: str, name: str) -> None:
    assert [name] == registered(hook)
