"""What a workload is, and how one is found by name."""

from __future__ import annotations

import importlib
import pkgutil
import resource
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, cast

PACKAGE = "tests.bench.workloads"


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What one run of a workload saw, inside its own process.

    Parameters
    ----------
    seconds : the work alone, without start, imports and loading
    rows : how many of the rows the work was on, for the rate; all unless said
    outcome : what must equal the expectation, such as counts of calls, orders and fills
    notes : what else is worth printing
    peak_rss_mb : where the process did more than the work, or a further process did it
    """

    seconds: float
    rows: int | None = None
    outcome: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    peak_rss_mb: float | None = None


class Workload(Protocol):
    """A module under ``tests/bench/workloads``; its first docstring line says what it measures.

    One whose instructions can be counted says with `COUNTED_ROWS` on how many rows.
    """

    ROWS: int  # the usual size
    VARIANTS: tuple[str, ...]

    def prepare(self, variant: str, rows: int) -> dict[str, Any]:
        """Make the data where it is missing; return the outcome that every run must have."""

    def run(self, variant: str, rows: int) -> Sample:
        """Do the work once."""


def names() -> list[str]:
    """List the workloads."""
    package = importlib.import_module(PACKAGE)
    return sorted(found.name.rstrip("_") for found in pkgutil.iter_modules(package.__path__))


def load(name: str) -> Workload:
    """Import one workload; a name that is a keyword has an underscore behind it."""
    module = f"{name}_" if name == "import" else name
    return cast("Workload", importlib.import_module(f"{PACKAGE}.{module}"))


def counted_rows(name: str) -> int | None:
    """Return the size at which the instructions of a workload are counted, None where not."""
    return getattr(load(name), "COUNTED_ROWS", None)


def peak_rss_mb() -> float:
    """Return the most memory that this process has had."""
    status = Path("/proc/self/status")
    if status.exists():  # unlike ru_maxrss, this one starts anew at exec
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    unit = 1024 if sys.platform != "darwin" else 1024**2
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
