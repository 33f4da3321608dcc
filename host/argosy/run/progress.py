"""A progress bar for long runs, where stderr is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE_S = 1.0


@contextmanager
def progress_bar(total_rows: int | None) -> Iterator[Callable[[int, int], None] | None]:
    """Give a callable for the replay that draws a bar; None where nobody would see it.

    Parameters
    ----------
    total_rows : rows of the whole run, None where that is not known
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rate]}"))
    with Progress(
        *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("", total=total_rows, rate="", visible=False)
        began = time.monotonic()

        def show(now_ns: int, rows: int) -> None:
            elapsed = time.monotonic() - began
            if elapsed > PATIENCE_S:
                day = time.strftime("%Y-%m-%d", time.gmtime(now_ns // 1_000_000_000))
                rate = f"{rows / elapsed:,.0f} rows/s"
                bar.update(task, completed=rows, description=day, rate=rate, visible=True)

        yield show
