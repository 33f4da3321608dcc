"""``argosy catalog expire``."""

from pathlib import Path

import click

from argosy_catalog.commands.options import FOLDER, open_catalog
from argosy_catalog.commands.spans import before


@click.command()
@click.option("--older-than", default="30d", show_default=True, help="An age, or a time.")
@click.option(
    "--keep",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="So many of the newest stay, one at least.",
)
@click.option(
    "--orphans-older-than",
    default="1d",
    show_default=True,
    help="Age of the files of dead writers that are removed.",
)
@click.option("--dry-run", is_flag=True, help="Say what would go, and remove nothing.")
@FOLDER
def expire(
    *, older_than: str, keep: int, orphans_older_than: str, dry_run: bool, folder: Path
) -> None:
    """Let go of old snapshots, and clear away files that belong to none.

    What expires cannot be restored. The newest snapshot stays, and so does each that a run in the
    catalog has read, since its data can be replayed, or that a run in progress reads.
    """
    with open_catalog(folder, read_only=False) as opened:
        found = opened.expire(before(older_than), keep=keep, dry_run=dry_run)
        orphans = opened.clear_orphans(before(orphans_older_than), dry_run=dry_run)
        unlisted = opened.unlisted()
    verb = "would go" if dry_run else "gone"
    click.echo(f"snapshots {verb}: {_listed(found.snapshots)}")
    if found.named_by_runs:
        click.echo(f"kept for runs: {_listed(found.named_by_runs)}")
    if found.held:
        number = sum(found.held.values())
        runs = "1 run" if number == 1 else f"{number:,} runs"
        click.echo(f"held by {runs} in progress: {_listed(list(found.held))}")
    for path in (*found.files, *orphans):
        click.echo(f"{verb}: {path}")
    if unlisted:
        click.echo(
            f"kept: {len(unlisted):,} files, such as {unlisted[0]}: no snapshot here knows them, "
            "and their writers ended well; `argosy catalog verify` lists them",
            err=True,
        )


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers)) or "none"
