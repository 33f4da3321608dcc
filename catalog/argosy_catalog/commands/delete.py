"""``argosy catalog delete``."""

from pathlib import Path

import click

from argosy.errors import CatalogError
from argosy_catalog.commands.options import FOLDER, open_catalog
from argosy_catalog.commands.spans import SPAN, data_type_of, span_of


@click.command()
@click.argument("kind", metavar="TYPE")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@SPAN
@click.option("--all", "is_all", is_flag=True, help="All of the time.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and delete nothing.")
@FOLDER
def delete(
    *,
    kind: str,
    names: tuple[str, ...],
    start: str | None,
    end: str | None,
    day: str | None,
    is_all: bool,
    dry_run: bool,
    folder: Path,
) -> None:
    """Delete rows of a TYPE (quotes, trades, bars, deltas) and a NAME within a time.

    Older snapshots keep them: `argosy catalog restore` brings them back until those expire.
    """
    if not (is_all or start or end or day):
        raise CatalogError(
            "there is no time to delete", cure="Give --day, --start and --end, or --all"
        )
    if is_all and (start or end or day):
        raise CatalogError(
            "--all is all of the time, and a time is given too",
            cure="Leave out --all, or --day, --start and --end",
        )
    data_type = data_type_of(kind)
    with open_catalog(folder, read_only=dry_run) as opened:
        before = opened.snapshot()
        span = span_of(start, end, day)
        found = opened.delete(data_type, names, *span, dry_run=dry_run)
    verb = "would delete" if dry_run else "deleted"
    for each in found:
        click.echo(f"{each.key}: {verb} {each.rows:,} {each.kind}")
    if not found:
        click.echo("there are no rows in that time")
    elif not dry_run:
        click.echo(f"`argosy catalog restore {before} {kind} NAME` brings them back")
