"""The hooks of where data come from and where results go."""

import pytest

from tests.host.hookspecs.kit import registered


@pytest.mark.parametrize(
    ("hook", "name"),
    [
        ("register_data_kinds", "tide"),
        ("register_catalogs", "shelf"),
        ("register_loaders", "words"),
        ("register_stores", "memory"),
        ("register_sinks", "screen"),
        ("register_calendars", "always_open"),
    ],
)
def test_the_example_registers_its_part(hook: str, name: str) -> None:
    assert [name] == registered(hook)
