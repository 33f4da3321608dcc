"""Each registered name has a factory, and what it builds keeps to the contract of loaders."""

from pathlib import Path

import pytest

from argosy.plugins.host import PluginHost
from argosy.testing.loaders import check_loader
from argosy_loaders.factories import FACTORIES, SETTINGS
from tests.plugins.argosy_loaders.damage import Format, formats
from tests.plugins.argosy_loaders.kit import loader

PARTS = PluginHost.installed().parts_of("loaders")
GUESSED = {"betfair", "bybit", "databento"}
"""Known by what is in the file; the others also by its name, or not at all."""


@pytest.fixture(scope="module")
def made(real_data: Path) -> list[Format]:
    return formats(real_data)


def test_what_is_registered_is_what_can_be_built() -> None:
    assert list(FACTORIES) == [each.name for each in PARTS]
    assert [*SETTINGS.items()] == [(each.name, each.settings_model()) for each in PARTS]


@pytest.mark.parametrize("name", FACTORIES)
def test_loaders_keep_to_the_contract(name: str, made: list[Format], tmp_path: Path) -> None:
    (one, *_) = [each for each in made if each.name == name]
    files = one.write(one.data, tmp_path)
    check_loader(lambda: loader(name, **one.settings), files, is_guessed=name in GUESSED)
