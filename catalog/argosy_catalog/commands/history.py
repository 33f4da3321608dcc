"""``argosy catalog history``."""

from pathlib import Path

import click

from argosy_catalog.commands.options import FOLDER, FORMAT, open_catalog
from argosy_catalog.commands.records import print_records


@click.command()
@FOLDER
@FORMAT
def history(folder: Path, form: str) -> None:
    """List the snapshots: when each was made, by what, and which rows came and went."""
    with open_catalog(folder, read_only=True) as opened:
        found = opened.history()
    rows = [
        {
            "snapshot": each.number,
            "time": each.time_ns,
            "change": each.message,
            "type": changed.kind if changed else None,
            "name": changed.key if changed else None,
            "added": changed.added if changed else None,
            "removed": changed.removed if changed else None,
        }
        for each in found
        for changed in (*each.changes,) or (None,)
    ]
    print_records("snapshot:int time:time change type name added:int removed:int", rows, form)
