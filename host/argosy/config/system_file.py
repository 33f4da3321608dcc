"""A system file as read: its text, its problems so far, and the host's own sections."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from argosy.config.document import Document, read_document
from argosy.config.problems import Problems
from argosy.config.project import project_folder
from argosy.config.reader import Reader
from argosy.config.system import DataSettings, PluginSettings, SystemSettings
from argosy.config.system_checks import check_data, check_system


class SystemFile:
    """One system, read but not resolved: no plugin is needed for it.

    What is wrong with the host's own sections is raised when `settings` is asked for, or with
    everything else when the file is resolved.

    Parameters
    ----------
    document : the parsed file
    project : the folder at which relative paths start

    Attributes
    ----------
    system : the host's own sections, None where their shape is wrong
    problems : what was found so far
    """

    def __init__(self, document: Document, project: Path) -> None:
        self.document = document
        self.project = project
        self.problems = Problems(document)
        reader = Reader(document, self.problems, project)
        self.system: SystemSettings | None = reader.table(SystemSettings, document.data, ())
        if self.system is not None:
            check_system(self.system, self.problems)
        else:
            self._check_what_is_readable()

    @classmethod
    def read(cls, path: Path | str) -> "SystemFile":
        """Read a TOML or JSON file.

        Raises
        ------
        ConfigError : the file is missing, is not text, or is no valid TOML or JSON
        """
        return cls(read_document(Path(path)), project_folder(Path(path)))

    @classmethod
    def from_dict(cls, system: Mapping[str, Any], project: Path | None = None) -> "SystemFile":
        """Take a system written in Python, with the values that a file would hold."""
        return cls(Document("system", system), project or Path.cwd())

    @property
    def settings(self) -> SystemSettings:
        """The host's own sections.

        Raises
        ------
        SystemFileError : something is wrong with them
        """
        self.problems.raise_if_any()
        if self.system is None:
            raise AssertionError("the sections cannot be read and nothing says why")
        return self.system

    def _check_what_is_readable(self) -> None:
        """Check single tables of data where the whole cannot be read: all problems at once."""
        tables = self.document.data.get("data")
        for index, table in enumerate(tables if isinstance(tables, list) else ()):
            path = ("data", index)
            if isinstance(table, Mapping):
                data = self._quiet_reader().table(DataSettings, table, path)
                if data is not None:
                    check_data(data, path, self.problems)

    def _quiet_reader(self) -> Reader:
        """Return a reader whose problems were noted before."""
        return Reader(self.document, Problems(self.document), self.project)

    @property
    def plugins(self) -> PluginSettings:
        """What the file says of plugins; the usual where that section is wrong."""
        if self.system is not None:
            return self.system.plugins
        table = self.document.data.get("plugins", {})
        if not isinstance(table, Mapping):
            return PluginSettings()
        return self._quiet_reader().table(PluginSettings, table, ("plugins",)) or PluginSettings()
