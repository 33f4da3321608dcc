"""Options that the commands of the catalog share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from argosy_catalog.lake.objects import SCHEME, ObjectPath

if TYPE_CHECKING:
    from argosy.model.kinds import Kinds
    from argosy_catalog.catalog import ParquetDataCatalog

Command = TypeVar("Command", bound=Callable[..., Any])

METADATA = "argosy_catalog.metadata"
"""Under this name a command's context holds what ``--metadata`` says."""


class PlaceType(click.Path):
    """A folder, or a place in an object store."""

    name = "place"

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the place that a text names."""
        if value == "":
            self.fail("the place is empty; name a folder, or s3://BUCKET/PREFIX", param, ctx)
        if isinstance(value, str) and value.startswith(SCHEME):
            return ObjectPath.parse(value)
        return super().convert(value, param, ctx)


def _note_metadata(context: click.Context, _: click.Parameter, given: str | None) -> None:
    context.meta[METADATA] = given


_PLACE = click.option(
    "--catalog",
    "folder",
    type=PlaceType(),
    envvar="ARGOSY_CATALOG",
    default="data/catalog",
    show_default=True,
    show_envvar=True,
    help="The folder of the catalog, or s3://BUCKET/PREFIX.",
)
_METADATA = click.option(
    "--metadata",
    envvar="ARGOSY_CATALOG_METADATA",
    show_envvar=True,
    expose_value=False,
    callback=_note_metadata,
    help="Where its metadata is, if not in the folder: postgres:..., env:NAME or a SQLite file.",
)


def FOLDER(command: Command) -> Command:  # it is used as the other options are
    """Add what says which catalog a command is about."""
    return _PLACE(_METADATA(command))


FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How rows are printed.",
)


def open_catalog(folder: Path | ObjectPath, *, read_only: bool) -> "ParquetDataCatalog":
    """Open the catalog that the options of a command name, with the kinds that plugins bring."""
    from argosy_catalog.catalog import ParquetDataCatalog

    metadata = click.get_current_context().meta.get(METADATA)
    return ParquetDataCatalog(folder, metadata=metadata, read_only=read_only, kinds=known_kinds())


def known_kinds() -> "Kinds":
    """Return the kinds of data that there are; those of the host where a command stands alone."""
    from argosy.config.data_kinds import kinds_of
    from argosy.model.kinds import KINDS

    context = click.get_current_context(silent=True)
    return KINDS if context is None or context.obj is None else kinds_of(context.obj)
