"""What those who read single tables need of the reader of the whole document."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from argosy.config.choice import Choice
    from argosy.config.positions import KeyPath
    from argosy.config.problems import Problems


class Reading(Protocol):
    """A document that is being read; `argosy.config.reader.Reader` is one.

    Attributes
    ----------
    problems : where problems go
    project : the folder at which relative paths start
    """

    problems: "Problems"
    project: Path

    def part(self, kind: str, raw: object, path: "KeyPath") -> "Choice | None":
        """Read the choice of a part; None after a problem."""
        ...
