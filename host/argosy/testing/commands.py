"""What every command keeps to: it explains itself, and refuses what it does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click
from click.testing import CliRunner

from argosy.plugins.host import PluginHost

if TYPE_CHECKING:
    from argosy.parts.command import Command

UNKNOWN = "--what-no-command-knows"


def check_command(build: Callable[[], Command]) -> None:
    """Check a command, and those inside of it, as the command line uses them.

    Parameters
    ----------
    build : makes the command

    Raises
    ------
    AssertionError : names the command
    """
    command = build()
    assert isinstance(command, click.Command), f"{command!r} is no click.Command"
    for words, each in _all(command, []):
        name = " ".join([command.name or "the command", *words])
        assert each.get_short_help_str(), f"{name} has no help: write its docstring"
        assert _run(command, [*words, "--help"]) == 0, f"{name} --help fails"
        code = _run(command, [*words, UNKNOWN])
        assert code == 2, f"{name} ends with {code}, not with 2, on an option that it does not have"


def _all(command: click.Command, words: list[str]) -> Iterator[tuple[list[str], click.Command]]:
    """Yield a command and all inside of it, each with the words that lead to it."""
    yield words, command
    if isinstance(command, click.Group):
        for name, each in sorted(command.commands.items()):
            yield from _all(each, [*words, name])


def _run(command: click.Command, line: list[str]) -> int:
    """Return the exit code of a line; what it prints is left out."""
    return CliRunner().invoke(command, line, obj=PluginHost.installed()).exit_code
