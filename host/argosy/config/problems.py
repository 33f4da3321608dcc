"""What is wrong with a system file, all of it at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from argosy.config.document import Document
from argosy.config.positions import KeyPath
from argosy.errors import ConfigError, InputError


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Parameters
    ----------
    place : file, line and key
    message : what is wrong
    cure : what to do about it, if that is known
    """

    place: str
    message: str
    cure: str | None = None

    def __str__(self) -> str:
        """Return ``file:line: key: message. cure``."""
        return str(ConfigError(self.message, place=self.place, cure=self.cure))


class SystemFileError(ConfigError):
    """A system file has problems; each is one line of the text.

    Parameters
    ----------
    problems : in the order of the file
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(first.message, place=first.place, cure=first.cure)
        self.args = (self.problems,)

    def __str__(self) -> str:
        """Return one problem a line."""
        return "\n".join(map(str, self.problems))


class Problems:
    """Collect what is wrong while a document is read.

    Parameters
    ----------
    document : what the paths point into
    earlier : problems to begin with
    """

    def __init__(self, document: Document, earlier: "Problems | None" = None) -> None:
        self.document = document
        found = {} if earlier is None else earlier._found
        self._found: dict[tuple[int, str, str], Problem] = dict(found)

    def __len__(self) -> int:
        return len(self._found)

    def add(self, path: KeyPath, message: str, cure: str | None = None) -> None:
        """Note a problem; the same one at the same place counts once."""
        place = self.document.place(path)
        line = self.document.line(path) or 0
        self._found.setdefault((line, place, message), Problem(place, message, cure or None))

    def add_error(self, path: KeyPath, error: Exception) -> None:
        """Note an exception as a problem of the value at a path."""
        if isinstance(error, InputError):
            where = f"{error.place}: " if error.place else ""
            self.add(path, f"{where}{error.message}", error.cure)
        else:
            self.add(path, str(error) or type(error).__name__)

    def raise_if_any(self) -> None:
        """Raise what was collected, sorted by line."""
        if self._found:
            raise SystemFileError(
                self._found[key] for key in sorted(self._found, key=lambda k: k[0])
            )
