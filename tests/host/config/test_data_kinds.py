"""Plugins bring kinds of data, and a system file names them."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from argosy.config.data_kinds import kinds_of, made
from argosy.config.plan import Plan
from argosy.config.problems import SystemFileError
from argosy.config.resolve import resolve
from argosy.config.schema import system_schema
from argosy.config.system_file import SystemFile
from argosy.errors import PluginError
from argosy.hookspecs import hookimpl
from argosy.model.data_kind import DataKind
from argosy.model.kinds import KINDS
from argosy.parts.registration import Part, Register
from argosy.plugins.find import Found
from argosy.plugins.host import PluginHost
from tests.host.config import kit
from tests.host.model.test_data_kind import tide

MORE = Found("more", "argosy_more_kinds", "argosy-more", "1.0")
DATA = """
[[data]]
type = "{type}"
{names}
"""

Resolved = Callable[..., Plan]


def fail() -> DataKind:
    raise RuntimeError("no water")


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> PluginHost:
    """A host whose second plugin brings a good kind and three bad ones."""
    module = ModuleType(MORE.module)
    monkeypatch.setitem(sys.modules, MORE.module, module)
    factories = {
        "tide": tide,
        "dry": fail,
        "swell": tide,
        "ebb": lambda: tide(name="ebb", plural="quotes"),
    }

    def register_data_kinds(register: Register[DataKind, []]) -> None:
        for name, factory in factories.items():
            register(name, factory)

    module.register_data_kinds = hookimpl(register_data_kinds)  # type: ignore[attr-defined]
    return kit.host(MORE)


@pytest.fixture
def plan_of(host: PluginHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Resolved:
    monkeypatch.chdir(tmp_path)

    def plan_of(**data: str) -> Plan:
        Path("s.toml").write_text(kit.GOOD + DATA.format(**data))
        return resolve(SystemFile.read("s.toml"), host)

    return plan_of


INSTRUMENT = 'instruments = ["GBP/USD.SIM"]'


def test_what_plugins_bring_is_beside_what_the_host_has(host: PluginHost) -> None:
    assert [*KINDS, tide()] == list(kinds_of(host))
    assert list(KINDS) == list(kinds_of(kit.host()))


def test_a_table_of_data_names_a_kind_of_a_plugin(plan_of: Resolved) -> None:
    plan = plan_of(type="tide", names=INSTRUMENT)
    assert ("tide", tide()) == (plan.data[1].type, plan.kinds["tide"])


@pytest.mark.parametrize(
    ("type_", "names", "expected"),
    [
        (
            "tidal",
            INSTRUMENT,
            "s.toml:21: data[1].type: expected 'quote', 'trade', 'bar', 'delta' or 'tide', was"
            " 'tidal'. Did you mean 'tide'?",
        ),
        ("ticker", INSTRUMENT, "s.toml:21: data[1].type: expected 'quote', 'trade', 'bar', "),
        (
            "tide",
            "",
            's.toml:20: data[1].instruments: type = "tide" needs instruments. '
            "Add instruments = [...]",
        ),
        (
            "tide",
            f'{INSTRUMENT}\nbar_types = ["GBP/USD.SIM-1-DAY-BID-EXTERNAL"]',
            's.toml:23: data[1].bar_types: type = "tide" takes instruments, not bar_types',
        ),
        (
            "tide",
            'name = "a"\nsql = "SELECT 1"',
            "s.toml:21: data[1].type: tides cannot come from a query by this name. Name the class:"
            ' type = "tests.host.model.test_data_kind:Tide"',
        ),
        (
            "dry",
            INSTRUMENT,
            "s.toml:21: data[1].type: data kind 'dry' cannot be made: RuntimeError: no water. "
            "Repair or update plugin 'more'",
        ),
        (
            "swell",
            INSTRUMENT,
            "s.toml:21: data[1].type: the factory of data kind 'swell' returns DataKind('tide')",
        ),
        (
            "ebb",
            INSTRUMENT,
            "s.toml:21: data[1].type: data kinds 'quote' and 'ebb' are both called quotes",
        ),
    ],
)
def test_what_is_wrong_with_a_type_is_told(
    plan_of: Resolved, type_: str, names: str, expected: str
) -> None:
    with pytest.raises(SystemFileError) as caught:
        plan_of(type=type_, names=names)
    assert str(caught.value).splitlines()[-1].startswith(expected)


def test_the_schema_lists_the_kinds_of_plugins(host: PluginHost) -> None:
    known: Any = system_schema(host)["$defs"]["DataSettings"]["properties"]["type"]
    assert ["quote", "trade", "bar", "delta", "tide"] == known["anyOf"][0]["enum"]


def test_a_part_that_is_no_kind_is_refused() -> None:
    part = Part("data_kinds", "tide", dict, plugin="more")
    with pytest.raises(PluginError, match="Return a DataKind of the name 'tide'"):
        made(part)
