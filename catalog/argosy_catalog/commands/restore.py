"""``argosy catalog restore``."""

from pathlib import Path

import click

from argosy_catalog.commands.options import FOLDER, open_catalog
from argosy_catalog.commands.spans import SPAN, data_type_of, snapshot_of, span_of


@click.command()
@click.argument("snapshot")
@click.argument("kind", metavar="TYPE")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@SPAN
@FOLDER
def restore(
    snapshot: str,
    kind: str,
    names: tuple[str, ...],
    start: str | None,
    end: str | None,
    day: str | None,
    folder: Path,
) -> None:
    """Make rows of a TYPE and a NAME what they were at a SNAPSHOT: its number, or a time.

    `argosy catalog history` lists the snapshots. What came after stays in the history too.
    """
    data_type = data_type_of(kind)
    with open_catalog(folder, read_only=False) as opened:
        span = span_of(start, end, day)
        found = opened.restore(snapshot_of(snapshot), data_type, names, *span)
    for each in found:
        click.echo(f"{each.key}: {each.added:,} {each.kind} came, {each.rows:,} went")
    if not found:
        click.echo("that time is as it was")
