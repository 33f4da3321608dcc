"""``argosy catalog compact``."""

from pathlib import Path

import click

from argosy_catalog.commands.options import FOLDER, open_catalog
from argosy_catalog.commands.spans import data_type_of


@click.command()
@click.argument("kind", required=False, metavar="[TYPE]")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--dry-run", is_flag=True, help="Say what would be joined, and change nothing.")
@FOLDER
def compact(*, kind: str | None, names: tuple[str, ...], dry_run: bool, folder: Path) -> None:
    """Join small files into few of the size that replay likes.

    Rows and their order stay the same. The small files stay until the snapshots that have them
    expire.
    """
    data_type = data_type_of(kind) if kind else None
    with open_catalog(folder, read_only=dry_run) as opened:
        found = opened.compact(data_type, names or None, dry_run=dry_run)
    verb = "would become" if dry_run else "became"
    for each in found:
        click.echo(
            f"{each.key}: {each.files_before:,} files of {each.kind} {verb} "
            f"{each.files_after:,}; {each.rows:,} rows moved"
        )
    if not found:
        click.echo("there is nothing to join")
