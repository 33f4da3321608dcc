"""Print each hook call: ``ARGOSY_TRACE=1``."""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

import pluggy

VARIABLE = "ARGOSY_TRACE"


def is_wanted() -> bool:
    """Tell whether the environment asks for a trace."""
    return os.environ.get(VARIABLE, "").lower() not in {"", "0", "false", "no"}


def trace(manager: pluggy.PluginManager) -> None:
    """Print a line on stderr after each hook call: the hook, who answered, how long it took."""
    began: list[float] = []

    def before(hook: str, impls: Sequence[pluggy.HookImpl], arguments: Mapping[str, Any]) -> None:
        began.append(time.perf_counter())

    def after(
        outcome: pluggy.Result[Any],
        hook: str,
        impls: Sequence[pluggy.HookImpl],
        arguments: Mapping[str, Any],
    ) -> None:
        took_ms = (time.perf_counter() - began.pop()) * 1_000
        who = ", ".join(impl.plugin_name for impl in impls) or "nobody"
        error = outcome.exception
        failed = f" raised {type(error).__name__}: {error}" if error else ""
        sys.stderr.write(f"argosy: hook {hook}: {who}: {took_ms:.2f} ms{failed}\n")

    manager.add_hookcall_monitoring(before, after)
