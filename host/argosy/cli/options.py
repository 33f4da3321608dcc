"""Arguments and options that several commands have."""

import sys
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from pathlib import Path
from typing import Any

import click

system_argument = click.argument("system", type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
mode_option = click.option(
    "--mode",
    type=click.Choice(["backtest", "sandbox", "live"]),
    default="backtest",
    show_default=True,
    help="Where data comes from and who executes.",
)


def own_stdout(*, as_json: bool) -> AbstractContextManager[Any]:
    """Let what user code prints go to stderr, where stdout has to hold one JSON object."""
    return redirect_stdout(sys.stderr) if as_json else nullcontext()


def echo_json(value: Any) -> None:
    """Print a value as one JSON object on stdout."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False))
