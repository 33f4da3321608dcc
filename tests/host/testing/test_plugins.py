"""The kit for plugins: those of the project pass, and wrong ones are caught."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from argosy.plugins import host as hosts
from argosy.plugins.find import Found, find_plugins
from argosy.testing.plugins import check_plugin, registered

HEAD = "from argosy.hookspecs import hookimpl\n"
OFFER = "@hookimpl\ndef register_fee_models(register):\n    register('wrong', lambda s: s{})\n"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A module that an entry point `wrong` names, importable in child processes too."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    found = Found("wrong", "argosy_wrong", "argosy-wrong", "1.0")
    monkeypatch.setattr(hosts, "find_plugins", lambda: (*find_plugins(), found))
    yield tmp_path / "argosy_wrong.py"
    sys.modules.pop("argosy_wrong", None)


@pytest.mark.parametrize("name", [each.name for each in find_plugins() if each.is_own])
def test_the_plugins_of_the_project_pass(name: str) -> None:
    check_plugin(name)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("raise RuntimeError('sunk')\n", "plugin 'wrong' is broken: argosy_wrong:1: RuntimeError"),
        (HEAD + OFFER.format(""), "fee model 'wrong' has no doc"),
        (HEAD + "import pydantic\n" + OFFER.format(", doc='Wrong.'"), "loads pydantic: import"),
        (
            HEAD + OFFER.format(", doc='Wrong.', settings=int"),
            "fee model 'wrong' has settings of no known kind",
        ),
        (
            HEAD
            + "import msgspec\nclass Loose(msgspec.Struct):\n    x: int = 0\n"
            + OFFER.format(", doc='Wrong.', settings=Loose"),
            "forbid_unknown_fields=True",
        ),
        (
            HEAD + "def loose():\n    import pydantic\n    class Loose(pydantic.BaseModel):\n"
            "        x: int = 0\n    return Loose\n"
            + OFFER.format(", doc='Wrong.', settings=loose"),
            "derive them from argosy.config.settings.Settings",
        ),
        (
            HEAD + OFFER.format(", doc='Wrong.'").replace("'wrong'", "'maker_taker'"),
            "fee model 'maker_taker' is registered by plugins 'sim' and 'wrong'",
        ),
    ],
    ids=["broken", "without doc", "heavy", "no model", "loose struct", "loose model", "taken"],
)
def test_an_unsound_plugin_is_caught(installed: Path, code: str, message: str) -> None:
    installed.write_text(code)
    with pytest.raises(AssertionError, match=message):
        check_plugin("wrong")


def test_a_plugin_that_is_not_installed_is_named() -> None:
    with pytest.raises(AssertionError, match="no plugin 'anchor' is installed; there are bars"):
        check_plugin("anchor")


def test_a_part_of_a_plugin_is_found_without_installing_it() -> None:
    part = registered("argosy_stats", "statistics", "pnl")
    assert ("statistic 'pnl'", "pnl") == (part.label, part.name)
    with pytest.raises(AssertionError, match="registers no 'luck' among its statistics"):
        registered("argosy_stats", "statistics", "luck")
    with pytest.raises(AssertionError, match="argosy_nowhere is broken"):
        registered("argosy_nowhere", "fee_models", "free")
