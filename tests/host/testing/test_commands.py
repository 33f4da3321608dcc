"""The kit for commands: good ones pass, and each kind of wrong one is caught."""

from typing import Any

import click
import pytest

from argosy.testing.commands import check_command


@click.group()
def harbour() -> None:
    """Look at the harbour."""


@harbour.command()
@click.option("--ships", type=int, default=3)
def arrivals(ships: int) -> None:
    """List arrivals."""


@click.command()
def nameless() -> None:
    pass


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1)
def anything(words: tuple[str, ...]) -> None:
    """Take whatever comes."""


def test_a_sound_command_passes() -> None:
    check_command(lambda: harbour)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (print, "is no click.Command"),
        (nameless, "nameless has no help: write its docstring"),
        (anything, "anything ends with 0, not with 2"),
    ],
)
def test_an_unsound_command_is_caught(command: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_command(lambda: command)
