"""Systems made in Python instead of a file: the same settings, read by the same code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argosy.config.choice import Choice
    from argosy.config.plan import Plan


def plan_of(system: Mapping[str, Any]) -> Plan:
    """Resolve a system that is not whole: venues and data are added afterwards.

    Raises
    ------
    SystemFileError : with all problems
    """
    from argosy.config.resolve import resolve
    from argosy.config.system_file import SystemFile
    from argosy.plugins.host import PluginHost

    file = SystemFile.from_dict(system)
    host = PluginHost.installed(disable=file.plugins.disable, allow=file.plugins.allow)
    return resolve(file, host, is_whole=False)


def choose(plan: Plan, kind: str, table: Mapping[str, Any], name: str) -> Choice:
    """Look up the part that a table names and read its settings.

    Parameters
    ----------
    name : what errors call the table

    Raises
    ------
    SystemFileError : with all problems
    """
    from argosy.config.document import Document
    from argosy.config.problems import Problems
    from argosy.config.reader import Reader

    document = Document(name, dict(table))
    problems = Problems(document)
    choice = Reader(document, problems, Path.cwd(), plan.parts).part(kind, table, ())
    problems.raise_if_any()
    if choice is None:
        raise AssertionError("a table cannot be read and nothing says why")
    return choice
