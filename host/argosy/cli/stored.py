"""Open the usual catalog by its folder, for commands that no system file tells."""

from pathlib import Path
from typing import Any

from argosy.errors import CatalogError


def open_catalog(folder: Path) -> Any:
    """Open a catalog for reading.

    Raises
    ------
    CatalogError : there is none in the folder
    """
    from argosy.config.usual_catalog import usual_catalog
    from argosy.plugins.host import PluginHost

    if not folder.is_dir():
        cure = "Load data with `argosy catalog ingest`, or name the folder with --catalog"
        raise CatalogError("no catalog here", place=str(folder), cure=cure)
    return usual_catalog(PluginHost.installed(), folder)
