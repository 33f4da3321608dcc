"""``argosy runs``: the runs that a catalog holds."""

from pathlib import Path

import click

from argosy.cli.options import echo_json, json_option

QUERY = """
SELECT run_id, name, mode, CAST(started_at AS VARCHAR) AS started, is_complete, events,
       event_log_hash
FROM runs
ORDER BY started_at DESC, run_id
LIMIT $limit
"""


@click.command()
@click.option(
    "--catalog",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("data/catalog"),
    envvar="ARGOSY_CATALOG",
    show_default=True,
    show_envvar=True,
    help="Folder of the catalog.",
)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@json_option
def runs(catalog: Path, limit: int, *, as_json: bool) -> None:
    """List the newest runs of a catalog."""
    from argosy.cli.stored import open_catalog

    with open_catalog(catalog) as opened:
        rows = opened.sql(QUERY, {"limit": limit}).to_pylist()
    if as_json:
        echo_json({"runs": rows})
        return
    from rich.console import Console
    from rich.table import Column, Table

    run_id = Column("run", no_wrap=True)  # whole, to be copied
    table = Table(run_id, "system", "mode", "started (UTC)", "events", "state", box=None)
    for row in rows:
        state = "complete" if row["is_complete"] else "incomplete"
        cells = (row["run_id"], row["name"], row["mode"], row["started"][:19], row["events"], state)
        table.add_row(*map(str, cells))
    Console(highlight=False).print(table)
