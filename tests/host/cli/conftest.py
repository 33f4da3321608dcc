"""Run lines of the command line in a project of their own."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from argosy.cli.group import CommandLine
from argosy.config.plan import Plan
from argosy.plugins import host as host_module
from argosy.plugins.find import Found
from tests.host.config.kit import FOUND, GOOD
from tests.host.plugins.kit import make

__all__ = ["Line", "Node", "installed", "line", "make", "node"]

Line = Callable[..., Result]


class Ran:
    """A result as the command line sees it."""

    def to_json(self) -> str:
        return '{"run_id": "r1"}'

    def print(self, console: Any) -> None:
        console.print("ran r1")


class Node:
    """A runner whose outcome the test decides."""

    raises: BaseException | None = None
    warnings: tuple[str, ...] = ()

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def check(self) -> tuple[str, ...]:
        if self.raises is not None:
            raise self.raises
        return self.warnings

    def run(self) -> Ran:
        if self.raises is not None:
            raise self.raises
        return Ran()


@pytest.fixture
def node(monkeypatch: pytest.MonkeyPatch) -> type[Node]:
    """Take the place of the backtest."""
    made = type("MadeNode", (Node,), {})
    module = ModuleType("argosy.modes.backtest.node")
    module.BacktestNode = made  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "argosy.modes.backtest.node", module)
    return made


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[Found]:
    """Be the only installed plugins; a test may add to them."""
    found = [FOUND]
    monkeypatch.setattr(host_module, "find_plugins", lambda: tuple(found))
    return found


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed: list[Found]) -> Line:
    """Run a line in a folder that holds good.toml."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.toml").write_text(GOOD)

    def line(*words: str) -> Result:
        return CliRunner().invoke(CommandLine(name="argosy"), list(words))

    return line
