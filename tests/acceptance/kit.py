"""Projects in scratch folders, lines of the command line, and the event log as others read it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
from click.testing import CliRunner, Result

from argosy.cli.group import CommandLine

SECOND = 1_000_000_000
MINUTE = 60 * SECOND
DAY = 86_400 * SECOND
COMMAND = str(Path(sys.executable).with_name("argosy"))
T0 = 1_704_067_200 * SECOND
"""2024-01-01."""


@dataclass(frozen=True)
class Project:
    """A folder as a user has it: config/, strategies/, data/catalog.

    Parameters
    ----------
    folder : at which relative paths start
    """

    folder: Path

    @property
    def catalog_path(self) -> Path:
        """Where the catalog lies."""
        return self.folder / "data/catalog"

    def catalog(self) -> Any:
        """Open the catalog."""
        return import_module("argosy_catalog").ParquetDataCatalog(self.catalog_path)

    def write(self, name: str, text: str) -> Path:
        """Write a file, such as config/a.toml."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def load(self, *things: Any) -> None:
        """Write each of `things`, a list of one key or an instrument, into the catalog."""
        with self.catalog() as catalog:
            for each in things:
                catalog.write_data(each)

    def line(self, *words: str) -> Result:
        """Run a line in this process; the current folder must be the project's."""
        return CliRunner().invoke(CommandLine(name="argosy"), [str(word) for word in words])

    def json(self, *words: str) -> dict[str, Any]:
        """Run a line that has to succeed and return the object that it prints."""
        result = self.line(*words, "--json")
        assert (0, "") == (result.exit_code, result.stderr), result.output
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    def process(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a line in a process of its own."""
        return subprocess.run(
            [COMMAND, *words],
            cwd=self.folder,
            env=os.environ | environment,
            text=True,
            capture_output=True,
            timeout=120,
            check=False,
        )

    def sql(self, query: str) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        with self.catalog() as catalog:
            rows: list[dict[str, Any]] = catalog.sql(query).to_pylist()
        return rows


@dataclass(frozen=True)
class Event:
    """One event of a log, decoded without the classes that wrote it.

    Parameters
    ----------
    name : of its class
    fields : by name
    """

    name: str
    fields: dict[str, Any]

    def __getitem__(self, field: str) -> Any:
        return self.fields[field]


def decode(payloads: Iterable[bytes]) -> Iterator[Event]:
    """Read events from canonical MessagePack: arrays of the class name and the fields."""
    public = import_module("argosy")
    for payload in payloads:
        name, *values = msgspec.msgpack.decode(payload)
        names = getattr(public, name).__struct_fields__
        yield Event(name, dict(zip(names, values, strict=True)))


def events_of(log: Any) -> list[Event]:
    """Return the events of a log in memory."""
    return list(decode(payload for _, _, _, payload in log.rows()))
