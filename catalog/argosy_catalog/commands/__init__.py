"""``argosy catalog`` and ``argosy sql``: one file a command."""

import click

from argosy_catalog.commands.ingest import ingest
from argosy_catalog.commands.ls import list_holdings
from argosy_catalog.commands.sql import sql

__all__ = ["catalog", "sql"]


@click.group()
def catalog() -> None:
    """Load data into a catalog, and see what it holds."""


for _command in (ingest, list_holdings):
    catalog.add_command(_command)
