"""Loaders built as the command line builds them, and what they yield."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from argosy.model.instruments import Instrument
from argosy.plugins.host import PluginHost
from argosy.serialization.arrow import from_batch
from argosy.serialization.loading import Covered, Load, Rows, Sample
from argosy_catalog.choice import plan_ingest

HOST = PluginHost.installed()


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


def guesses(path: Path) -> dict[str, str]:
    """Return the loaders that know a file, and why."""
    sample = Sample.of(path)
    found = {name: loader(name).guess(sample) for name in HOST.parts("loaders")}
    return {name: why for name, why in found.items() if why is not None}
