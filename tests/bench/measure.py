"""Run a workload in fresh processes, check what it did, and sum the runs up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from types import MappingProxyType
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]


class OutcomeError(Exception):
    """A workload failed, or did something else than it should; its speed means nothing."""


@dataclass(frozen=True)
class Run:
    """One run: what it said of itself, and the time of its whole process."""

    process_seconds: float
    seconds: float
    rows: int | None
    peak_rss_mb: float
    outcome: dict[str, Any]
    notes: dict[str, Any]


def measure(name: str, variant: str, rows: int, *, runs: int = 3) -> dict[str, Any]:
    """Prepare, warm up once, run, check each outcome, and return the line to print."""
    expected = prepare(name, variant, rows)
    run(name, variant, rows, expected)
    return summary(name, variant, rows, [run(name, variant, rows, expected) for _ in range(runs)])


def prepare(name: str, variant: str, rows: int) -> dict[str, Any]:
    """Make the data of a workload; return the outcome that a run must have."""
    expected, _ = _child("prepare", name, variant, rows)
    return expected


def run(
    name: str,
    variant: str,
    rows: int,
    expected: dict[str, Any],
    *,
    under: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run a workload once in a fresh process.

    Parameters
    ----------
    under : a command that runs it, such as valgrind and its options
    environment : in addition to ours
    """
    answer, process_seconds = _child("run", name, variant, rows, under, environment or {})
    if answer["outcome"] != expected:
        raise OutcomeError(f"{name}/{variant}: expected {expected}, came {answer['outcome']}")
    return Run(process_seconds=process_seconds, **answer)


def summary(name: str, variant: str, rows: int, runs: list[Run]) -> dict[str, Any]:
    """Return the one JSON object of a workload."""
    seconds = median(each.seconds for each in runs)
    return {
        "workload": name,
        "variant": variant,
        "rows": rows,
        "seconds": round(seconds, 4),
        "rate": round((runs[-1].rows or rows) / seconds),
        "process_seconds": round(median(each.process_seconds for each in runs), 4),
        "peak_rss_mb": round(max(each.peak_rss_mb for each in runs), 1),
        "runs": [round(each.seconds, 4) for each in runs],
        "outcome": runs[-1].outcome,
        "notes": runs[-1].notes,
    }


def _child(
    step: str,
    name: str,
    variant: str,
    rows: int,
    under: Sequence[str] = (),
    environment: Mapping[str, str] = MappingProxyType({}),
) -> tuple[dict[str, Any], float]:
    command = [*under, sys.executable, "-m", "tests.bench.child", step, name, variant, str(rows)]
    variables = os.environ | {"PYTHONHASHSEED": "0"} | environment
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=PROJECT, env=variables, stdout=subprocess.PIPE, text=True, check=False
    )
    elapsed = time.perf_counter() - started
    if done.returncode:
        raise OutcomeError(f"{name}/{variant}: {step} ended with exit code {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1]), elapsed
