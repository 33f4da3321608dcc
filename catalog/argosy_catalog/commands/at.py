"""``argosy catalog at``."""

from pathlib import Path

import click

from argosy_catalog.commands.options import FOLDER, FORMAT, open_catalog
from argosy_catalog.commands.spans import snapshot_of


@click.command()
@click.argument("snapshot")
@click.argument("query")
@FOLDER
@FORMAT
def at(snapshot: str, query: str, folder: Path, form: str) -> None:
    """Run a QUERY over the catalog as it was at a SNAPSHOT: its number, or a time."""
    from argosy_catalog.show.printing import print_rows

    with (
        open_catalog(folder, read_only=True) as opened,
        opened.at(snapshot_of(snapshot)) as then,
    ):
        print_rows(then.sql(query), form)
