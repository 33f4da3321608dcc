"""Find plugins by their entry points, without importing any."""

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from argosy.hookspecs import GROUP

OWN = "argosy"
"""The distribution whose plugins come with the host."""


@dataclass(frozen=True, slots=True)
class Found:
    """An installed plugin.

    Parameters
    ----------
    name : of the entry point, which is what [plugins] calls it
    module : dotted name of the module that holds the hooks
    distribution : the package that brings it
    version : of that package
    """

    name: str
    module: str
    distribution: str
    version: str

    @property
    def is_own(self) -> bool:
        """Whether the plugin comes with the host."""
        return self.distribution == OWN

    @property
    def package(self) -> str:
        """The top-level package of the module."""
        return self.module.partition(".")[0]

    def load(self) -> Any:
        """Import the module, or the object in it, that holds the hooks."""
        return EntryPoint(self.name, self.module, GROUP).load()


def find_plugins() -> tuple[Found, ...]:
    """List the installed plugins by name; one that is seen twice on the path counts once."""
    found = dict.fromkeys(_describe(each) for each in entry_points(group=GROUP))
    return tuple(sorted(found, key=lambda each: (each.name, not each.is_own, each.distribution)))


def _describe(point: EntryPoint) -> Found:
    dist = point.dist
    name, version = ("unknown", "unknown") if dist is None else (dist.name, dist.version)
    return Found(point.name, point.value, name, version)
