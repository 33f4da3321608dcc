"""The hooks of venues and what they are made of."""

import pytest

from tests.host.hookspecs.kit import registered


@pytest.mark.parametrize(
    ("hook", "name"),
    [
        ("register_venues", "exchange"),
        ("register_simulators", "dark_pool"),
        ("register_fill_models", "lucky"),
        ("register_fee_models", "free"),
        ("register_latency_models", "wire"),
        ("register_margin_models", "full"),
        ("register_simulation_modules", "nothing"),
    ],
)
def test_the_example_registers_its_part(hook: str, name: str) -> None:
    assert [name] == registered(hook)
