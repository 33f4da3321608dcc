"""Loaders built as the command line builds them, and what they yield."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from argosy.model.instruments import Instrument
from argosy.parts.loader import Covered, Load, Rows, Sample
from argosy.plugins.host import PluginHost
from argosy.serialization.arrow import from_batch
from argosy_catalog.lake.kinds import STORED
from argosy_catalog.write.checks import check_batch
from argosy_catalog.write.choice import plan_ingest
from argosy_catalog.write.ingest import Ingest
from argosy_catalog.write.intake import of_objects

HOST = PluginHost.installed()


@dataclass
class NoWriter:
    """What `Ingest` needs of a writer, without a catalog behind it."""

    instruments: list[Any] = field(default_factory=list)
    rows: int = 0
    last: dict[Any, int] = field(default_factory=dict)
    lake: Any = field(default_factory=lambda: SimpleNamespace(kinds=STORED))

    def last_ns(self, table: Any, key: Any) -> int:
        """Return the time of the last row of a key."""
        return self.last.get((table, str(key)), -(2**63))

    def append(self, table: Any, key: Any, batch: Any, *, blame: Any = None) -> None:
        """Check rows as a writer does, and count them."""
        after_ns = self.last_ns(table, key)
        check_batch(table, batch, after_ns=after_ns, place=str(key), blame=blame)
        self.rows += batch.num_rows
        self.last[table, str(key)] = batch.column("ts_init")[-1].value

    def append_objects(self, items: Iterable[Any]) -> None:
        """Take objects as a writer does."""
        for table, key, batch in of_objects(items, self.instruments):
            self.append(table, key, batch)

    def cover(self, *_: Any) -> None:
        """Take a span."""


def loader(name: str, **settings: Any) -> Any:
    """Build a loader."""
    ((_, built),) = plan_ingest([], HOST, use=name, options=settings)
    return built


def items(name: str, *files: Path, known: Iterable[Instrument] = (), **settings: Any) -> list[Any]:
    """Return what a loader yields."""
    instruments = {str(each.id): each for each in known}
    found = []
    for item in loader(name, **settings).load(Load(files, instruments)):
        if isinstance(item, Instrument):
            instruments[str(item.id)] = item
        found.append(item)
    return found


def objects(name: str, *files: Path, **given: Any) -> list[Any]:
    """Return what a loader yields as objects, batches taken apart."""
    found: list[Any] = []
    for item in items(name, *files, **given):
        if isinstance(item, Rows):
            found += from_batch(item.batch)
            assert item.place(item.batch.num_rows - 1)
        elif not isinstance(item, Covered):
            found.append(item)
    return found


def check(name: str, path: Path, **settings: Any) -> int:
    """Load a file as the catalog does, without one, and return how many rows it has."""
    writer = NoWriter()
    work = Ingest(writer)  # type: ignore[arg-type]
    work.read([path], loader(name, **settings))
    work.finish()
    return writer.rows


def guesses(path: Path) -> dict[str, str]:
    """Return the loaders that know a file, and why."""
    sample = Sample.of(path)
    found = {name: loader(name).guess(sample) for name in HOST.parts("loaders")}
    return {name: why for name, why in found.items() if why is not None}
