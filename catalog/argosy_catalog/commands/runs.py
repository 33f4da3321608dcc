"""``argosy runs``: the runs that a catalog holds."""

import json
from pathlib import Path

import click

from argosy.errors import CatalogError

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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def runs(catalog: Path, limit: int, *, as_json: bool) -> None:
    """List the newest runs of a catalog."""
    if not catalog.is_dir():
        cure = "Load data with `argosy catalog ingest`, or name the folder with --catalog"
        raise CatalogError("no catalog here", place=str(catalog), cure=cure)
    from argosy_catalog.catalog import ParquetDataCatalog

    with ParquetDataCatalog(catalog) as opened:
        rows = opened.sql(QUERY, {"limit": limit}).to_pylist()
    if as_json:
        click.echo(json.dumps({"runs": rows}, ensure_ascii=False))
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
