"""``python -m tests.bench [workload ...] [--rows N]``: one JSON line a workload and variant."""

from __future__ import annotations

import argparse
import json
import sys

from tests.bench.measure import OutcomeError, measure
from tests.bench.workload import load, names


def main() -> int:
    """Measure what the command line asks for; return the exit code."""
    options = _options()
    failed = False
    for name in options.workload or names():
        workload = load(name)
        variants = [options.variant] if options.variant else workload.VARIANTS
        for variant in variants:
            rows = options.rows or workload.ROWS
            try:
                line = measure(name, variant, rows, runs=options.runs)
            except OutcomeError as error:
                print(error, file=sys.stderr)
                failed = True
            else:
                print(json.dumps(line), flush=True)
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("workload", nargs="*", help=f"all unless named: {', '.join(names())}")
    parser.add_argument("--rows", type=int, help="instead of each workload's own size")
    parser.add_argument("--variant", help="only this one")
    parser.add_argument("--runs", type=int, default=3, help="after one to warm up")
    options = parser.parse_args()
    if unknown := set(options.workload) - set(names()):
        parser.error(f"no workload {', '.join(sorted(unknown))}: there are {', '.join(names())}")
    return options


if __name__ == "__main__":
    sys.exit(main())
