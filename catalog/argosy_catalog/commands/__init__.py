"""``argosy catalog``, ``argosy runs`` and ``argosy sql``: one file a command."""

import click

from argosy_catalog.commands.at import at
from argosy_catalog.commands.compact import compact
from argosy_catalog.commands.coverage import coverage
from argosy_catalog.commands.delete import delete
from argosy_catalog.commands.expire import expire
from argosy_catalog.commands.history import history
from argosy_catalog.commands.ingest import ingest
from argosy_catalog.commands.ls import list_holdings
from argosy_catalog.commands.restore import restore
from argosy_catalog.commands.runs import runs
from argosy_catalog.commands.sql import sql
from argosy_catalog.commands.verify import verify

__all__ = ["catalog", "runs", "sql"]


@click.group()
def catalog() -> None:
    """Load data into a catalog, see what it holds, and keep it in order."""


for _command in (
    ingest,
    list_holdings,
    coverage,
    history,
    at,
    delete,
    restore,
    compact,
    expire,
    verify,
):
    catalog.add_command(_command)
