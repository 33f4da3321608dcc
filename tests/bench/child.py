"""One step of a workload in a process of its own: prepare its data, or run it once.

The answer is the last line on stdout, as JSON. Nothing heavy is imported here, so that the memory
and the time of the process are the workload's.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from tests.bench.workload import Sample, load, peak_rss_mb


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


if __name__ == "__main__":
    main(*sys.argv[1:])
