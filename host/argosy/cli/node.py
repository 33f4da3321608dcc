"""The runner of a mode: how the command line runs a plan without knowing modes."""

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from argosy.errors import ConfigError

if TYPE_CHECKING:
    from rich.console import Console

    from argosy.config.plan import Plan

NODES = {"backtest": ("argosy.modes.backtest.node", "BacktestNode")}
"""Mode -> where its runner is."""


class Result(Protocol):
    """What a run came to."""

    def to_json(self) -> str:
        """Return one JSON object."""
        ...

    def print(self, console: "Console") -> None:
        """Print tables for people."""


class Node(Protocol):
    """Runs one plan."""

    def check(self) -> Sequence[str]:
        """Look at data, precisions and warm-up; return warnings, raise InputError."""
        ...

    def run(self) -> Result:
        """Run to the end."""
        ...


def node_of(plan: "Plan") -> Node:
    """Make the runner of a plan's mode."""
    if plan.mode not in NODES:
        message = f"mode {plan.mode!r} is not available yet"
        raise ConfigError(message, place="--mode", cure=f"Available: {', '.join(NODES)}")
    module, name = NODES[plan.mode]
    node: Node = getattr(importlib.import_module(module), name)(plan)
    return node
