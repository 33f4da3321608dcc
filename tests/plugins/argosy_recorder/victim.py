"""A process that runs a system file and waits to be killed at one point of its writing.

Arguments: the system file, the number of the point, from 0; a negative one for none, and a file.
At the point it prints a line and waits. Before a write of a mark is passed on, half of it is
written. To the file it says, after each flush, how many rows of each channel were taken by then.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from argosy import BacktestNode
from argosy.plugins.wiring import load_plan
from argosy_recorder import manifest
from argosy_recorder.recorder import Recorder
from argosy_recorder.reel import Spool


class Points:
    """Count the points that were passed, and stop at one of them."""

    def __init__(self, chosen: int) -> None:
        self.chosen = chosen
        self.passed = 0

    def pass_one(self, name: str, spoil: Callable[[], None] | None = None) -> None:
        """Pass a point, or wait there for the end."""
        if self.passed == self.chosen:
            if spoil is not None:
                spoil()
            print(name, flush=True)
            time.sleep(600)
        self.passed += 1


def instrument(points: Points) -> None:
    """Put a point before and after everything that reaches the disk."""
    write, fsync, rename = Spool.write, os.fsync, Path.rename
    append = manifest.MarkFile._append

    def write_slowly(self: Spool, data: Any) -> int:
        points.pass_one("write", lambda: half(lambda part: write(self, part), data))
        return write(self, data)

    def sync(descriptor: int) -> None:
        points.pass_one("before sync")
        fsync(descriptor)
        points.pass_one("after sync")

    def move(self: Path, target: Path) -> Path:
        points.pass_one("before rename")
        moved = rename(self, target)
        points.pass_one("after rename")
        return moved

    def mark(self: manifest.MarkFile, line: Any) -> None:
        points.pass_one("mark", lambda: half(self._file.write, b'{"before_ns":1,"reels"'))
        append(self, line)
        points.pass_one("marked")

    Spool.write = write_slowly  # type: ignore[method-assign]
    os.fsync = sync  # type: ignore[assignment]
    Path.rename = move  # type: ignore[method-assign,assignment]
    manifest.MarkFile._append = mark  # type: ignore[method-assign]


def say_flushes(path: Path) -> None:
    """Write a line of JSON whenever a cut has come back; a kill takes none of them away."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    take, cut = Recorder.take, Recorder.cut
    taken: Counter[str] = Counter()

    def counted(self: Recorder, channel: Any, rows: Any) -> None:
        take(self, channel, rows)
        if channel.data_type is not None:
            taken[str(channel.number)] += rows.num_rows

    def told(self: Recorder, before_ns: int) -> None:
        cut(self, before_ns)
        os.write(descriptor, json.dumps(taken).encode() + b"\n")

    Recorder.take = counted  # type: ignore[method-assign]
    Recorder.cut = told  # type: ignore[method-assign]


def half(write: Callable[[Any], Any], data: Any) -> None:
    """Write the first half of some bytes."""
    whole = bytes(memoryview(data).cast("B"))
    write(whole[: len(whole) // 2])


if __name__ == "__main__":
    passing = Points(int(sys.argv[2]))
    instrument(passing)
    say_flushes(Path(sys.argv[3]))
    print("ready", flush=True)
    BacktestNode(load_plan(Path(sys.argv[1]))).run()
    print(f"done {passing.passed}", flush=True)
