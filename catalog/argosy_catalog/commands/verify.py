"""``argosy catalog verify``."""

from pathlib import Path

import click

from argosy_catalog.commands.options import FOLDER, FORMAT, open_catalog
from argosy_catalog.commands.records import print_records


@click.command()
@click.option("--forget-broken", is_flag=True, help="Go on without broken files of market data.")
@FOLDER
@FORMAT
@click.pass_context
def verify(context: click.Context, *, forget_broken: bool, folder: Path, form: str) -> None:
    """Check every file: bytes, footer, rows, order and times; exit code 1 if one is broken.

    What is forgotten stays broken for the snapshots that have it, until they expire.
    """
    with open_catalog(folder, read_only=not forget_broken) as opened:
        found = opened.verify()
        for lost in opened.forget_broken() if forget_broken else ():
            click.echo(f"{lost.key}: {lost.rows:,} {lost.kind} are lost; load them again")
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
