"""``argosy schema``: the JSON Schema of everything installed."""

from pathlib import Path

import click

from argosy.cli.strategy_files import load_files


@click.command()
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Folder whose strategies/ is included; the current one if left out.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of stdout.",
)
def schema(project: Path, output: Path | None) -> None:
    """Print the JSON Schema of system files, so that an editor completes them."""
    import json

    from argosy.config.schema import system_schema
    from argosy.plugins.host import PluginHost

    files, errors = load_files(project)
    text = json.dumps(system_schema(PluginHost.installed(), files), indent=2)
    for name, error in errors.items():
        click.echo(f"left out: strategy {name!r}: {error}", err=True)
    if output is None:
        click.echo(text)
    else:
        output.write_text(f"{text}\n", encoding="utf-8")
