"""``argosy catalog verify``."""

from collections import Counter
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

    What is forgotten stays broken for the snapshots that have it, until they expire. A file that
    must not be read is never forgotten, and ends with exit code 1 too.
    """
    from argosy_catalog.upkeep.verification import BROKEN, FORGOTTEN, UNREAD

    with open_catalog(folder, read_only=not forget_broken) as opened:
        for lost in opened.forget_broken() if forget_broken else ():
            told = f"{lost.key}: {lost.rows:,} {lost.kind} are lost; load them again"
            click.echo(told, err=form != "table")
        found = opened.verify()
    rows = [
        {
            "state": each.state,
            "place": each.place,
            "problem": each.problem,
            "cure": each.cure,
        }
        for each in found.findings
    ]
    if rows or form != "table":
        print_records("state place problem cure", rows, form)
    states = Counter(finding.state for finding in found.findings)
    counts = [
        f"{states[state]:,} {state}" for state in (BROKEN, UNREAD, FORGOTTEN) if states[state]
    ]
    told = ", ".join(counts) or "all of them right"
    click.echo(f"{found.files:,} files with {found.rows:,} rows: {told}", err=True)
    if not found.is_sound:
        context.exit(1)
