"""``argosy run``: run a system file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from argosy.cli.options import json_option, mode_option, own_stdout, system_argument

if TYPE_CHECKING:
    from argosy.config.plan import Mode


@click.command()
@system_argument
@mode_option
@json_option
def run(system: Path, mode: "Mode", *, as_json: bool) -> None:
    """Run the system that a TOML or JSON file declares."""
    from argosy.cli.node import node_of
    from argosy.plugins.wiring import load_plan

    with own_stdout(as_json=as_json):
        result = node_of(load_plan(system, mode=mode)).run()
    if as_json:
        click.echo(result.to_json())
    else:
        from rich.console import Console

        result.print(Console())
