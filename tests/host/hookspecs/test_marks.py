"""What holds for the hooks of every file."""

import pytest

from argosy import hookspecs
from argosy.hookspecs import marks
from argosy.parts.registration import LABELS
from tests.host.hookspecs.kit import DOCS, load

REGISTERS = [f"register_{kind}" for kind in LABELS]


@pytest.mark.parametrize("hook", DOCS)
def test_the_example_answers_the_hook(hook: str) -> None:
    (plugin,) = load(hook).plugins
    assert (None, (hook,)) == (plugin.error, plugin.hooks)


def test_every_kind_of_part_has_a_hook() -> None:
    assert REGISTERS == [name for name in DOCS if name.startswith("register_")]


@pytest.mark.parametrize("hook", REGISTERS)
def test_the_reference_says_what_the_factory_gets(hook: str) -> None:
    assert "factory" in DOCS[hook].facts["Returns"]


def test_one_mark_is_for_hooks_and_one_for_answers() -> None:
    assert marks.GROUP == marks.hookspec.project_name == marks.hookimpl.project_name
    assert hookspecs.hookimpl is marks.hookimpl
