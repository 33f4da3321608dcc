"""What ``[catalog]`` of a system file may say."""

from pydantic import Field

from argosy.config.settings import PathField, Settings


class CatalogSettings(Settings):
    """Where a catalog lies.

    Parameters
    ----------
    path : its folder; a relative one starts at the project folder
    """

    path: PathField = Field("data/catalog", validate_default=True)
