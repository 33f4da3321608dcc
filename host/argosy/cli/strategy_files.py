"""Import all strategy files of a project, for the commands that list them."""

from pathlib import Path
from typing import TYPE_CHECKING

from argosy.cli.options import own_stdout
from argosy.errors import InputError

if TYPE_CHECKING:
    from argosy.parts.registration import Part


def load_files(
    project: Path, folders: tuple[str, ...] = ("strategies",)
) -> "tuple[list[Part], dict[str, InputError]]":
    """Return the components of strategy files, and the errors of the broken ones by name.

    What the files print goes to stderr.
    """
    from argosy.config.folder import StrategyFolders

    found = StrategyFolders(project.absolute(), folders)
    parts, errors = [], {}
    for name in found.files:
        try:
            with own_stdout(as_json=True):
                parts.append(found.part(name))
        except InputError as error:
            errors[name] = error
    return parts, errors
