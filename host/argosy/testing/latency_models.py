"""What every latency model keeps to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argosy.parts.latency_model import LatencyModel

MESSAGES = ("insert_ns", "modify_ns", "cancel_ns", "report_ns")
READ = 100


def check_latency_model(build: Callable[[], LatencyModel]) -> None:
    """Check a latency model: every message takes a whole number of ns, not below zero.

    Parameters
    ----------
    build : makes the model anew each time

    Raises
    ------
    AssertionError : names the message
    """
    model, other = build(), build()
    for name in MESSAGES:
        times = [getattr(model, name) for _ in range(READ)]
        for time_ns in times:
            is_whole = isinstance(time_ns, int) and not isinstance(time_ns, bool)
            assert is_whole, f"{name} is {time_ns!r}, no whole number of ns"
            assert time_ns >= 0, f"{name} is {time_ns}: nothing arrives before it was sent"
        again = [getattr(other, name) for _ in range(READ)]
        assert times == again, f"{name} differs between two models of equal settings"
