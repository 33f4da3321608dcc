"""Start cold: ``import argosy``, ``argosy --help``, and the way to the first bar handled."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.workload import Sample

ROWS = 1
VARIANTS = ("module", "help", "first_bar")

_COMMANDS = {
    "module": [sys.executable, "-c", "import argosy"],
    "help": [str(Path(sys.executable).with_name("argosy")), "--help"],
    "first_bar": [sys.executable, "-m", "tests.bench.workloads.bars_handler"],
}


def prepare(variant: str, rows: int) -> dict[str, Any]:
    """Nothing is to prepare, except for the first bar."""
    if variant == "first_bar":
        from tests.bench import files

        files.bars_file()
    return {"exit_code": 0}


def run(variant: str, rows: int) -> Sample:
    """Time one whole process, from its start to its end."""
    started = time.perf_counter()
    process = subprocess.Popen(_COMMANDS[variant], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1024 if sys.platform != "darwin" else 1024**2
    return Sample(
        seconds=seconds,
        outcome={"exit_code": process.returncode},
        peak_rss_mb=usage.ru_maxrss / unit,
    )
