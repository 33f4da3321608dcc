"""Each hook obeys its prefix, says when it is called, shows an example and is tested."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from argosy import hookspecs
from tests.pure import PROJECT

SECTIONS = ("When:", "Returns:", "Order:", "Modes:", "Since:", "Example::")
PREFIXES = ("register_", "make_", "on_", "wrap_")
HOOKS: dict[str, Callable[..., Any]] = {
    name: value
    for name, value in vars(hookspecs).items()
    if inspect.isfunction(value) and hasattr(value, f"{hookspecs.GROUP}_spec")
}


def test_there_are_hooks() -> None:
    assert len(HOOKS) > 10


@pytest.mark.parametrize("name", HOOKS)
def test_the_prefix_of_a_hook_tells_its_call_rule(name: str) -> None:
    assert name.startswith(PREFIXES)
    if name.startswith("register_"):
        assert ["register"] == list(inspect.signature(HOOKS[name]).parameters)


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_is_documented_in_full(name: str) -> None:
    lines = (inspect.getdoc(HOOKS[name]) or "").splitlines()
    assert [] == [s for s in SECTIONS if not any(line.startswith(s) for line in lines)]


@pytest.mark.parametrize("name", HOOKS)
def test_the_example_of_a_hook_implements_it(name: str) -> None:
    example = (inspect.getdoc(HOOKS[name]) or "").partition("Example::\n")[2]
    lines = [line for line in example.splitlines() if line.strip()]
    tree = ast.parse(textwrap.dedent(example))
    assert 3 <= len(lines) <= 10
    assert name in [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_is_used_in_a_test(name: str) -> None:
    own = {PROJECT / "tests/house/test_hooks.py"}
    tests = set((PROJECT / "tests").rglob("test_*.py")) - own
    assert any(name in path.read_text() for path in tests)
