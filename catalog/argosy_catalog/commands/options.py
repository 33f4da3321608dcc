"""Options that the commands of the catalog share."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from argosy_catalog.catalog import ParquetDataCatalog

FOLDER = click.option(
    "--catalog",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="ARGOSY_CATALOG",
    default="data/catalog",
    show_default=True,
    show_envvar=True,
    help="The folder of the catalog.",
)
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How rows are printed.",
)


def open_catalog(folder: Path, *, read_only: bool) -> "ParquetDataCatalog":
    """Open the catalog in a folder, as a command does."""
    from argosy_catalog.catalog import ParquetDataCatalog

    return ParquetDataCatalog(folder, read_only=read_only)
