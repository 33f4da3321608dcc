"""Run lines of the command line in a project of their own."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner, Result

from argosy.cli.group import CommandLine
from argosy.config.plan import Plan
from argosy.plugins import host as host_module
from argosy.plugins.find import Found
from tests.host.config.kit import FOUND, GOOD
from tests.host.plugins.kit import make

__all__ = ["Finding", "Line", "Node", "installed", "line", "make", "node"]

Line = Callable[..., Result]


@dataclass
class Finding:
    """What a search for lookahead came to."""

    subject: str
    checked: str
    fault: str | None = None


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
    findings: tuple[Finding, ...] = ()
    asked: ClassVar[list[Any]] = []

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def check(self) -> tuple[str, ...]:
        if self.raises is not None:
            raise self.raises
        return self.warnings

    def lookahead(self, load: Callable[[], Plan], **options: Any) -> tuple[Finding, ...]:
        self.asked.append((load().system.name, options))
        return self.findings

    def run(self) -> Ran:
        if self.raises is not None:
            raise self.raises
        return Ran()


@pytest.fixture
def node(monkeypatch: pytest.MonkeyPatch) -> type[Node]:
    """Take the place of the backtest."""
    made = type("MadeNode", (Node,), {"asked": []})
    module = ModuleType("argosy.modes.backtest")
    module.BacktestNode = made  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "argosy.modes.backtest", module)
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
