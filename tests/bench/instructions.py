"""Count the instructions of the main thread under callgrind: unlike times, they repeat.

Only the span between the first and the last row is counted (`tests.bench.span`); until then a run
goes at the speed of valgrind without a tool.
"""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from tests.bench import files, measure, span
from tests.bench.measure import OutcomeError

SOURCE = Path(__file__).with_name("span.c")
OPTIONS = (
    "--tool=callgrind",
    "--quiet",
    "--instr-atstart=no",
    "--separate-threads=yes",
)
MAIN_THREAD = ".1-01"  # of the first dump, thread 1


class MissingToolError(Exception):
    """What counts instructions is not installed."""


def count(name: str, variant: str, rows: int, *, keep: Path | None = None) -> dict[str, Any]:
    """Count one run, check its outcome, and return the line to print.

    Parameters
    ----------
    keep : where callgrind's file of the main thread is put, for callgrind_annotate

    Raises
    ------
    MissingToolError : valgrind, its headers or a C compiler is missing
    OutcomeError : the run did something else than it should
    """
    valgrind = _tool("valgrind")
    library = requests()
    expected = measure.prepare(name, variant, rows)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        done = measure.run(
            name,
            variant,
            rows,
            expected,
            under=(valgrind, *OPTIONS, f"--callgrind-out-file={out}"),
            environment={span.VARIABLE: str(library)},
        )
        counted = out.with_name(out.name + MAIN_THREAD)
        if not counted.exists():
            raise OutcomeError(f"{name}/{variant}: the run has no span that is counted")
        total = instructions(counted.read_text())
        if keep is not None:
            shutil.copyfile(counted, keep)
    return {
        "workload": name,
        "variant": variant,
        "rows": rows,
        "instructions": total,
        "instructions_each": round(total / (rows - 1), 2),
        "process_seconds": round(done.process_seconds, 1),
        "outcome": done.outcome,
    }


def instructions(text: str) -> int:
    """Return the sum that a file of callgrind's states.

    Raises
    ------
    OutcomeError : it counts something else, or states no sum
    """
    heads = dict(line.split(":", 1) for line in text.splitlines() if _is_head(line))
    events = heads.get("events", "").split()
    if events[:1] != ["Ir"]:
        raise OutcomeError(f"callgrind counted {events or 'nothing'}, not instructions (Ir)")
    sums = heads.get("totals", heads.get("summary", "")).split()
    if not sums:
        raise OutcomeError("callgrind's file states no sum: the run ended before the span did")
    return int(sums[0])


def requests() -> Path:
    """Return the library of span.c, compiled where it is missing or older.

    Raises
    ------
    MissingToolError : valgrind's headers or a C compiler is missing
    """
    library = files.FOLDER / f"span{sysconfig.get_config_var('SHLIB_SUFFIX')}"
    if library.exists() and library.stat().st_mtime >= SOURCE.stat().st_mtime:
        return library
    library.parent.mkdir(parents=True, exist_ok=True)
    command = [_tool("cc"), "-O2", "-shared", "-fPIC", str(SOURCE), "-o", str(library)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingToolError(f"{SOURCE.name} does not compile; {_CURE}\n{done.stderr}")
    return library


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise MissingToolError(f"{name} is missing; {_CURE}")
    return path


def _is_head(line: str) -> bool:
    return line.startswith(("events:", "summary:", "totals:"))


_CURE = (
    "to count instructions, install valgrind with its headers, and a C compiler: "
    "`apt-get install valgrind gcc` (Debian, Ubuntu), "
    "`dnf install valgrind-devel gcc` (Fedora)"
)
