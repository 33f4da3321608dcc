"""The catalog that a folder holds where no system file says otherwise."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argosy.parts.registration import Parts

CATALOG = "ducklake"
"""The catalog of a system file that names none."""


def usual_catalog(parts: "Parts", folder: Path) -> Any:
    """Open the usual catalog at a folder; it has more than the contract of catalogs asks for.

    Parameters
    ----------
    parts : of the installed plugins
    """
    part = parts.part("catalogs", CATALOG)
    model: Any = part.settings_model()
    return part.factory(model(path=folder))
