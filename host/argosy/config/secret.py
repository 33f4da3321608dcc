"""Secrets: named in the system file, kept in the environment, never printed."""

import os
from typing import Any

from argosy.errors import ConfigError

PREFIX = "env:"


class Secret:
    """A value that stands in an environment variable.

    Only its name is held here, so nothing that prints, logs or pickles settings gives it away.

    Parameters
    ----------
    reference : ``env:`` and the name of the variable
    """

    __slots__ = ("name",)

    def __init__(self, reference: str) -> None:
        name = reference.removeprefix(PREFIX) if isinstance(reference, str) else ""
        if name == reference or not name.isidentifier():
            message = "a secret is named, not written into the file"
            raise ConfigError(message, cure='Put it into an environment variable: "env:NAME"')
        self.name = name

    @property
    def is_set(self) -> bool:
        """Whether the environment has the variable, and it is not empty."""
        return bool(os.environ.get(self.name))

    def reveal(self) -> str:
        """Return the value itself; call it as late as possible and keep the result nowhere.

        Raises
        ------
        ConfigError : the variable is not set
        """
        value = os.environ.get(self.name)
        if not value:
            message = f"the environment variable {self.name} is not set"
            raise ConfigError(message, cure=f"export {self.name}=...")
        return value

    def __str__(self) -> str:
        """Return the name, as in the file."""
        return f"{PREFIX}{self.name}"

    def __repr__(self) -> str:
        return f"Secret({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return self.name == other.name if isinstance(other, Secret) else NotImplemented

    def __hash__(self) -> int:
        return hash((Secret, self.name))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Secret, (str(self),))
