"""One step of a workload in a process of its own: prepare its data, or run it once.

The answer is the last line on stdout, as JSON. Nothing heavy is imported here, so that the memory
and the time of the process are the workload's.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from tests.bench.workload import Sample, load


def main(step: str, name: str, variant: str, rows: str) -> None:
    """Do one step."""
    workload = load(name)
    if step == "prepare":
        answer = workload.prepare(variant, int(rows))
    else:
        answer = _run(workload.run(variant, int(rows)))
    print(json.dumps(answer), flush=True)


def _run(sample: Sample) -> dict[str, Any]:
    return {
        "seconds": sample.seconds,
        "rows": sample.rows,
        "outcome": sample.outcome,
        "notes": sample.notes,
        "peak_rss_mb": sample.peak_rss_mb or peak_rss_mb(),
    }


def peak_rss_mb() -> float:
    """Return the most memory that this process has had."""
    status = Path("/proc/self/status")
    if status.exists():  # unlike ru_maxrss, this one starts anew at exec
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    unit = 1024 if sys.platform != "darwin" else 1024**2
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    main(*sys.argv[1:])
