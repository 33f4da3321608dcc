"""Each kind of part has a contract, a typed hook, a kit, a beginning, and parts that pass."""

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from argosy import hookspecs
from argosy.cli.new import CONTRACTS, PARTS
from argosy.parts.registration import LABELS
from argosy.plugins.find import find_plugins
from argosy.plugins.host import PluginHost
from tests.pure import PROJECT

LATER = {"stores", "calendars", "venues", "simulation_modules"}
"""Kinds that nobody implements yet: their contract comes with their first part."""
ELSEWHERE = {"data_kinds": "a description without behaviour: `argosy.model.data_kind` says it"}
"""Kind -> why it has no file in `argosy.parts`."""
HOOKS = {
    name.removeprefix("register_") for name in hookspecs.__all__ if name.startswith("register_")
}
"""Kinds of part for which there is a hook."""
TEMPLATES = PROJECT / "host/argosy/cli/templates/plugin"
KINDS = [kind for kind in LABELS if kind not in LATER | ELSEWHERE.keys()]
WITHOUT_OWN = {"data_kinds", "strategies"}
"""Kinds of which the project itself registers no part."""
HOST = PluginHost([found for found in find_plugins() if found.is_own])


def singular(kind: str) -> str:
    """Name one part of a kind, as its files are called."""
    return f"{kind[:-3]}y" if kind.endswith("ies") else kind.removesuffix("s")


def contract(kind: str) -> ModuleType:
    return import_module(f"argosy.parts.{singular(kind)}")


def typed_by(kind: str) -> str:
    """Return the contract that types the ``register`` of a kind's hook, by name."""
    (parameter,) = inspect.signature(vars(hookspecs)[f"register_{kind}"]).parameters.values()
    found = re.fullmatch(r"Register\[(\w+).*|(Register\w+)", str(parameter.annotation))
    assert found, f"register_{kind} takes {parameter.annotation}"
    return str(found[1] or found[2])


def test_only_kinds_without_a_part_are_without_a_contract() -> None:
    assert {kind for kind in LABELS if not HOST.parts(kind)} - WITHOUT_OWN == LATER


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_a_contract_and_its_hook_is_typed_by_it(kind: str) -> None:
    assert hasattr(contract(kind), typed_by(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_contract_shows_how_to_register_a_part_and_names_its_kit(kind: str) -> None:
    text = inspect.getdoc(contract(kind)) or ""
    assert f"def register_{kind}(" in text
    assert f"argosy.testing.{kind}.check_{singular(kind)}" in text
    for code in re.findall(r"^\.\. code-block:: python\n\n((?:    .*\n|\n)+)", text, re.M):
        ast.parse(inspect.cleandoc(f"\n{code}"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_a_kit_that_takes_what_makes_the_part(kind: str) -> None:
    check = getattr(import_module(f"argosy.testing.{kind}"), f"check_{singular(kind)}")
    assert "build" == next(iter(inspect.signature(check).parameters))
    assert "Raises\n------\nAssertionError" in (inspect.getdoc(check) or "")


def test_a_plugin_can_begin_with_a_part_for_any_hook() -> None:
    assert set(LABELS) == HOOKS
    beginnings = {singular(kind) for kind in HOOKS - LATER}
    assert beginnings == set(PARTS)
    assert beginnings == {each.name for each in TEMPLATES.iterdir() if each.is_dir()}


@pytest.mark.parametrize("part", PARTS)
def test_a_beginning_goes_by_the_contract_and_checks_it(part: str) -> None:
    folder = TEMPLATES / part
    assert f"from {CONTRACTS[part]} import" in (folder / "__init__.py.tmpl").read_text()
    kit = "kind" if part == "data_kind" else part
    assert f"check_{kit}(" in (folder / "test_plugin.py.tmpl").read_text()


@pytest.mark.parametrize("kind", KINDS)
def test_built_in_parts_are_put_through_the_kit(kind: str) -> None:
    call = f"check_{singular(kind)}("
    folders = [PROJECT / "tests" / each for each in ("catalog", "plugins", "house")]
    tests: list[Path] = [each for folder in folders for each in folder.rglob("test_*.py")]
    own = PROJECT / "tests/house/test_parts.py"
    assert [each for each in tests if each != own and call in each.read_text()]
