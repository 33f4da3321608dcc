"""``argosy catalog verify``."""

from pathlib import Path

import click

from argosy_catalog.commands.options import FOLDER, FORMAT, open_catalog
from argosy_catalog.commands.records import print_records


@click.command()
@FOLDER
@FORMAT
@click.pass_context
def verify(context: click.Context, folder: Path, form: str) -> None:
    """Check every file: bytes, footer, rows, order and times; exit code 1 if one is broken."""
    with open_catalog(folder, read_only=True) as opened:
        found = opened.verify()
    rows = [
        {
            "state": "broken" if each.is_broken else "note",
            "place": each.place,
            "problem": each.problem,
            "cure": each.cure,
        }
        for each in found.findings
    ]
    if rows or form != "table":
        print_records("state place problem cure", rows, form)
    broken = sum(finding.is_broken for finding in found.findings)
    told = f"{broken:,} broken" if broken else "all of them right"
    click.echo(f"{found.files:,} files with {found.rows:,} rows: {told}", err=True)
    if found.is_broken:
        context.exit(1)
