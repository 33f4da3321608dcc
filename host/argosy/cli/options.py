"""Arguments and options that several commands have."""

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


def echo_json(value: Any) -> None:
    """Print a value as one JSON object on stdout."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False))
