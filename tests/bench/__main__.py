"""``python -m tests.bench [workload ...] [--rows N]``: one JSON line a workload and variant.

With ``--instructions``, of the workloads that can be counted: instructions of the main thread for
each row (each order of `orders`), under callgrind.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tests.bench.instructions import MissingToolError, count
from tests.bench.measure import OutcomeError, measure
from tests.bench.workload import counted_rows, load, names


def main() -> int:
    """Measure what the command line asks for; return the exit code."""
    options = _options()
    failed = False
    for name in options.workload:
        variants = load(name).VARIANTS[: 1 if options.instructions else None]
        for variant in [options.variant] if options.variant else variants:
            try:
                line = _line(name, variant, options)
            except (OutcomeError, MissingToolError) as error:
                print(error, file=sys.stderr)
                failed = True
            else:
                print(json.dumps(line), flush=True)
    return int(failed)


def _line(name: str, variant: str, options: argparse.Namespace) -> dict[str, Any]:
    if options.instructions:
        rows = options.rows or counted_rows(name) or 0
        return count(name, variant, rows, keep=options.keep)
    return measure(name, variant, options.rows or load(name).ROWS, runs=options.runs)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("workload", nargs="*", help=f"all unless named: {', '.join(names())}")
    parser.add_argument("--rows", type=int, help="instead of each workload's own size")
    parser.add_argument("--variant", help="only this one")
    parser.add_argument("--runs", type=int, default=3, help="after one to warm up")
    parser.add_argument("--instructions", action="store_true", help="count them; nothing is timed")
    parser.add_argument(
        "--keep", type=Path, help="file for callgrind_annotate, with --instructions"
    )
    options = parser.parse_args()
    known = [each for each in names() if not options.instructions or counted_rows(each)]
    if unknown := set(options.workload) - set(known):
        what = "countable workload" if options.instructions else "workload"
        parser.error(f"no {what} {', '.join(sorted(unknown))}: there are {', '.join(known)}")
    options.workload = options.workload or known
    return options


if __name__ == "__main__":
    sys.exit(main())
