"""Commands of the command line, as ``argosy NAME``.

.. code-block:: python

    @click.command()
    @click.pass_obj
    def formats(parts: Parts) -> None:
        for name, part in parts.parts("loaders").items():
            click.echo(f"{name}: {part.doc}")

    @hookimpl
    def register_commands(register: Register[Command, []]) -> None:
        register("formats", lambda: formats, doc="List the formats of files.")

*Who calls it when*: the command line, once, when the name is asked for; ``argosy --help`` shows the
``doc`` of the registration and builds nothing. The factory takes nothing, and returns a
`click.Command` or a group of such.

*What it gets*: `click.pass_obj` hands over the `Parts`, where a command finds what other plugins
have registered, such as the catalog. It needs no plugin host of its own.

*What it may raise*: an `argosy.errors.InputError` for wrong input (exit code 2) and any other
`ArgosyError` for what went wrong (1), both told in one line with place and cure; `click` errors as
click tells them.

*What it promises*: results on stdout, everything else on stderr; with ``--json`` one JSON object
and nothing else on stdout. `argosy.testing.commands.check_command` checks one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from argosy.parts.registration import Part, Parts

if TYPE_CHECKING:
    import click

__all__ = ["Command", "Part", "Parts"]

Command: TypeAlias = "click.Command"
"""What a factory of ``register_commands`` returns."""
