"""Parquet files in the tree of a catalog that none of its snapshots knows, and whose they are.

Only what a writer left when it died is anybody's to remove. A file whose writer ended well was
committed: if no snapshot here knows it, other metadata does, or did before it was lost.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from argosy_catalog.lake.index import every_file
from argosy_catalog.lake.metadata import Select
from argosy_catalog.lake.presence import TOKEN_DIGITS, signs
from argosy_catalog.lake.storage import Place, Stored, files

OWN_NAME = re.compile(
    rf"(?:\d{{4,}}-\d\d-\d\d-)?(?P<token>[0-9a-f]{{{TOKEN_DIGITS}}})[0-9a-f-]*\.parquet"
)
"""What writers of Argosy call their files."""


class Origin(StrEnum):
    """Who wrote a file, as its name and the signs of writers tell."""

    FOREIGN = "no writer of Argosy"
    AT_WORK = "a writer that is at work"
    DEAD = "a writer that died, or one that holds no lock here"
    DONE = "a writer that ended well"


class Found(NamedTuple):
    """A Parquet file below a catalog.

    Parameters
    ----------
    token : of its writer, empty where no writer of Argosy made it
    """

    stored: Stored
    token: str
    origin: Origin


def found_below(folder: Place, data_path: Place) -> list[Found]:
    """Return all Parquet files of a catalog.

    Its signs are read after the files, and what its snapshots know has to be read after both: a
    writer shows its sign before its first file and takes it away after its commit.
    """
    listed = [each for each in files(data_path) if each.path.name.endswith(".parquet")]
    shown = signs(folder)
    found = []
    for stored in listed:
        match = OWN_NAME.fullmatch(stored.path.name)
        token = match["token"] if match else ""
        origin = Origin.DONE if match else Origin.FOREIGN
        if token in shown.at_work:
            origin = Origin.AT_WORK
        elif token in shown.dead:
            origin = Origin.DEAD
        found.append(Found(stored, token, origin))
    return found


def unknown(select: Select, data_path: Place, found: Iterable[Found]) -> list[Found]:
    """Return those files that no snapshot knows, by place."""
    known = {str(path) for path in every_file(select, data_path)}
    strangers = (each for each in found if str(each.stored.path) not in known)
    return sorted(strangers, key=lambda each: each.stored.path)
