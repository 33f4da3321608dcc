"""Tell the user what went wrong: place and cure on stderr, a traceback only when asked for."""

import errno
import json
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from argosy.errors import ArgosyError, InputError, StrategyError, source_place

DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Report:
    """How errors are shown.

    Parameters
    ----------
    is_debug : print the traceback, too
    is_json : print the error as one JSON object on stdout, too
    """

    is_debug: bool = False
    is_json: bool = False

    def show(self, error: BaseException) -> int:
        """Print an error and return the exit code that fits it."""
        if self.is_debug:
            traceback.print_exception(error, file=sys.stderr)
        lines, code = explain(error)
        _print(lines)
        if self.is_json:
            click.echo(json.dumps({"error": to_dict(error, lines, code)}))
        return code


def explain(error: BaseException) -> tuple[list[str], int]:
    """Return what to print, one problem a line, and the exit code."""
    # DuckDB raises an error of its own from the KeyboardInterrupt that ends a statement.
    if isinstance(error, click.Abort | KeyboardInterrupt) or isinstance(
        error.__cause__, KeyboardInterrupt
    ):
        return ["stopped by Ctrl-C"], 1
    if isinstance(error, StrategyError):
        return [f"{_raised_at(error)}{error}"], error.exit_code
    if isinstance(error, ArgosyError):
        return str(error).splitlines() or [type(error).__name__], error.exit_code
    if isinstance(error, OSError):
        return [_system_error(error)], 1
    if isinstance(error, MemoryError):
        return ["out of memory. Run on less data at a time"], 1
    text = " ".join(str(error).split())
    kind = type(error).__name__
    return [f"unexpected {kind}{text and f': {text}'}. --debug shows where it was raised"], 1


def to_dict(error: BaseException, lines: list[str], code: int) -> dict[str, Any]:
    """Return an error as JSON values."""
    found = getattr(error, "problems", None)
    if found is None and isinstance(error, InputError):
        found = (error,)
    problems = [
        {"place": each.place, "message": each.message, "cure": each.cure} for each in found or ()
    ]
    kind = type(error).__name__
    return {"type": kind, "message": "\n".join(lines), "exit_code": code, "problems": problems}


def _system_error(error: OSError) -> str:
    what = error.strerror or str(error)
    where = f"{error.filename}: " if error.filename else ""
    if error.errno in DISK_FULL:
        return f"{where}the disk is full. Free some space and run again"
    return f"{where}{what}"


def _raised_at(error: StrategyError) -> str:
    """Return ``file:line: `` of the innermost frame that is not the host's, else of the handler."""
    frames = traceback.extract_tb(error.cause.__traceback__)
    places = [(frame.filename, frame.lineno) for frame in reversed(frames)]
    for file, line in [*places, *filter(None, [error.source])]:
        if _is_users(Path(file)):
            return f"{source_place(file, line)}: "
    return ""


def _is_users(file: Path) -> bool:
    """Tell a file of the user from the host's; frames of compiled code carry relative names."""
    host = Path(__file__).parents[1]
    return file.is_absolute() and file.exists() and not file.is_relative_to(host)


def _print(lines: list[str]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for line in lines:
        console.print(Text.assemble(("error: ", "bold red"), line))
