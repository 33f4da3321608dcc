from pathlib import Path

import pytest

from argosy.config.system_file import SystemFile
from argosy.errors import ConfigError
from argosy.plugins import host as host_module
from argosy.plugins.find import Found
from argosy.plugins.wiring import load_plan
from tests.host.config.kit import FOUND, GOOD
from tests.host.plugins.kit import Make

LOUD = """
from argosy.hookspecs import hookimpl

@hookimpl
def on_system_loaded(plan):
    print("loaded", plan.system.name)
"""


@pytest.fixture(autouse=True)
def installed(make: Make, monkeypatch: pytest.MonkeyPatch) -> tuple[Found, ...]:
    found = (FOUND, make("loud", LOUD))
    monkeypatch.setattr(host_module, "find_plugins", lambda: found)
    return found


def test_a_path_becomes_a_plan_and_plugins_hear_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "s.toml"
    file.write_text(GOOD)
    assert "good" == load_plan(file).system.name == load_plan(SystemFile.read(file)).system.name
    assert "loaded good\nloaded good\n" == capsys.readouterr().out


def test_the_file_says_which_plugins_are_loaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "s.toml"
    file.write_text(f'{GOOD}\n[plugins]\ndisable = ["loud"]\n')
    load_plan(file)
    assert "" == capsys.readouterr().out


def test_a_part_of_a_disabled_plugin_is_not_found(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text(f'{GOOD}\n[plugins]\ndisable = ["kit"]\n')
    with pytest.raises(ConfigError, match="Disabled plugins: kit"):
        load_plan(file)
