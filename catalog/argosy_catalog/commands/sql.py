"""``argosy sql``."""

from pathlib import Path

import click

from argosy_catalog.commands.options import FOLDER, FORMAT, open_catalog


@click.command()
@click.argument("query")
@FOLDER
@FORMAT
def sql(query: str, folder: Path, form: str) -> None:
    """Run one QUERY over quotes, trades, bars, deltas, instruments and runs."""
    from argosy_catalog.printing import print_rows

    with open_catalog(folder, read_only=True) as opened:
        print_rows(opened.sql(query), form)
