"""Where the project folder of a system file is."""

from pathlib import Path


def project_folder(system_file: Path) -> Path:
    """Return the folder at which relative paths of a system file start.

    It is the parent of the ``config`` folder that holds the file, at any depth, else the file's own
    folder.
    """
    folder = system_file.absolute().parent
    for each in (folder, *folder.parents):
        if each.name == "config":
            return each.parent
    return folder
