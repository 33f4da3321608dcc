"""Run a workload and a peer in turn, A B A B, and print the ratio of their rates.

``python -m tests.bench.pair bars_trade --times 2 -- COMMAND ARGS...``: the command is the peer's;
the last line on its stdout that is a JSON object has its rate.
``--whole`` compares the time of the whole processes instead.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from statistics import median
from typing import Any

from tests.bench.measure import OutcomeError, Run, prepare, run, summary
from tests.bench.workload import load, names

_RATES = ("rate", "per_s", "bars_per_s", "ticks_per_s", "events_per_s")


def main() -> int:
    """Pair one workload with one command; return the exit code."""
    options = _options()
    workload = load(options.workload)
    rows = options.rows or workload.ROWS
    variant = options.variant or workload.VARIANTS[0]
    expected = prepare(options.workload, variant, rows)
    ours: list[Run] = []
    theirs: list[dict[str, Any]] = []
    for _ in range(options.times):
        ours.append(run(options.workload, variant, rows, expected))
        theirs.append(_peer(options.command))
    line = summary(options.workload, variant, rows, ours)
    line["peer"] = {"command": " ".join(options.command), "last": theirs[-1]}
    line["peer_rate"] = round(median(each["rate"] for each in theirs))
    line["ratio"] = round(_ratio(line, ours, theirs, whole=options.whole), 2)
    print(json.dumps(line))
    return 0


def _ratio(
    line: dict[str, Any], ours: list[Run], theirs: list[dict[str, Any]], *, whole: bool
) -> float:
    if not whole:
        return float(line["rate"] / line["peer_rate"])
    peer = median(each["process_seconds"] for each in theirs)
    return float(peer / median(each.process_seconds for each in ours))


def _peer(command: list[str]) -> dict[str, Any]:
    started = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    elapsed = time.perf_counter() - started
    answers = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not answers:
        raise OutcomeError(f"{' '.join(command)}: exit code {done.returncode}, no answer")
    answer: dict[str, Any] = json.loads(answers[-1])
    return answer | {"rate": _rate(answer), "process_seconds": elapsed}


def _rate(answer: dict[str, Any]) -> float:
    for name in _RATES:
        if name in answer:
            return float(answer[name])
    raise OutcomeError(f"the peer's answer has none of {', '.join(_RATES)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pair", description=__doc__)
    parser.add_argument("workload", choices=names())
    parser.add_argument("--rows", type=int, help="instead of the workload's own size")
    parser.add_argument("--variant", help="instead of the workload's first one")
    parser.add_argument("--times", type=int, default=3, help="runs of each")
    parser.add_argument("--whole", action="store_true", help="compare whole processes")
    parser.add_argument("command", nargs="+", help="the peer, after --")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OutcomeError as error:
        sys.exit(str(error))
