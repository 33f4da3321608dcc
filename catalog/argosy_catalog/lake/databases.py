"""Which database keeps the metadata of a catalog: a SQLite file, or one of PostgreSQL."""

from pathlib import Path

from argosy.config.secret import PREFIX, Secret
from argosy.errors import CatalogError
from argosy_catalog.lake.metadata import Metadata
from argosy_catalog.lake.postgres import PREFIXES, PostgresMetadata
from argosy_catalog.lake.sqlite import FILE, LOCK, MetadataFile
from argosy_catalog.lake.storage import Place


def metadata_of(given: str | Path | Secret | None, path: Place) -> Metadata:
    """Return where the metadata of a catalog is kept.

    Parameters
    ----------
    given : ``postgres:...``, ``postgresql://...``, the path of a SQLite file, or ``env:`` and the
        name of a variable that says one of these; None for the file in the folder
    path : of the catalog
    """
    secret = Secret(given) if isinstance(given, str) and given.startswith(PREFIX) else given
    if isinstance(secret, Secret):
        given = secret.reveal()
    if isinstance(given, str) and given.startswith(PREFIXES):
        return PostgresMetadata(given, may_say_password=isinstance(secret, Secret))
    if given is not None:
        file = Path(str(given).removeprefix("sqlite:")).resolve()
        return MetadataFile(file, file.with_name(f"{file.name}.lock"))
    if not isinstance(path, Path):
        raise CatalogError(
            "a catalog in an object store keeps its metadata elsewhere",
            place=str(path),
            cure="Give metadata, --metadata or ARGOSY_CATALOG_METADATA: "
            '"postgres:host=... dbname=..." or the path of a SQLite file',
        )
    return MetadataFile(path / FILE, path / LOCK)
