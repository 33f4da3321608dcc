"""``argosy catalog coverage``."""

from pathlib import Path

import click

from argosy_catalog.commands.options import FOLDER, FORMAT, open_catalog
from argosy_catalog.commands.records import print_records
from argosy_catalog.commands.spans import SPAN, data_type_of, span_of


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--type", "kind", help="quotes, trades, bars or deltas; else all.")
@SPAN
@FOLDER
@FORMAT
def coverage(
    names: tuple[str, ...],
    kind: str | None,
    start: str | None,
    end: str | None,
    day: str | None,
    folder: Path,
    form: str,
) -> None:
    """Tell which time is held, known to be empty, or missing: never fetched.

    From the first to the last row of a load time is held, whatever pauses there are.
    """
    with open_catalog(folder, read_only=True) as opened:
        span = span_of(start, end, day)
        found = opened.coverage(data_type_of(kind) if kind else None, names or None, *span)
    rows = [
        {
            "type": each.kind,
            "name": each.key,
            "state": each.state,
            "first": each.first_ns,
            "last": each.last_ns,
        }
        for each in found
    ]
    print_records("type name state first:time last:time", rows, form)
