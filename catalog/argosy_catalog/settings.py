"""What ``[catalog]`` of a system file may say."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from argosy.config.secret import PREFIX, Secret
from argosy.config.settings import Settings, Spelled
from argosy.config.values import Spelling, parse_path
from argosy_catalog.lake.objects import SCHEME, ObjectPath


def _place(value: object) -> Path | ObjectPath:
    is_object = isinstance(value, str) and value.startswith(SCHEME)
    return ObjectPath.parse(str(value)) if is_object else parse_path(value)


def _metadata(value: object) -> Path | str | Secret:
    if not isinstance(value, str):
        return parse_path(value)
    if value.startswith(PREFIX):
        return Secret(value)
    from argosy_catalog.lake.postgres import PREFIXES, PostgresMetadata

    if value.startswith(PREFIXES):
        PostgresMetadata(value)  # a wrong address is told here
        return value
    return Path(value.removeprefix("sqlite:"))


PLACE = Spelling(_place, {"type": "string", "examples": ["data/catalog", "s3://bucket/prefix"]})
METADATA = Spelling(
    _metadata,
    {
        "type": "string",
        "examples": ["postgres:host=db.example.com dbname=lake user=quant password=env:PASSWORD"],
    },
)


class CatalogSettings(Settings):
    """Where a catalog lies.

    Parameters
    ----------
    path : its folder, a relative one starts at the project folder; or s3://BUCKET/PREFIX
    metadata : where it is kept what the files are: postgres:KEYWORDS, a postgresql:// address, the
        path of a SQLite file, or env:NAME; in the folder if absent
    """

    path: Annotated[Path | ObjectPath, Spelled(PLACE)] = Field(
        "data/catalog", validate_default=True
    )
    metadata: Annotated[Path | str | Secret | None, Spelled(METADATA)] = None
