"""From a record into a catalog: all of it in one transaction, once."""

import json
import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argosy.errors import DataError
from argosy.model.instruments import Instrument
from argosy.parts.loader import Rows
from argosy.strategy.component import iso_time
from argosy_recorder.loader import contents, is_stored
from argosy_recorder.manifest import held
from argosy_recorder.record import Record
from argosy_recorder.reel import sync_folder

CONVERTED = "converted.json"


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of a record.

    Parameters
    ----------
    record : the run's id
    is_new : False where the catalog had it before, so that nothing was done
    rows : written, by kind and key
    left_out : objects that the catalog has no place for, by type
    empty : channels of which no row was recorded
    """

    record: str
    is_new: bool
    rows: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)


def convert(record: Record, catalog: Any, *, removes: bool = False) -> Conversion:
    """Write a record into a catalog, in one transaction; its files stay until it is committed.

    Parameters
    ----------
    record : torn ones too: everything up to the last flush
    catalog : a `ParquetDataCatalog`
    removes : whether the record is removed once the catalog has it

    Raises
    ------
    DataError : the record is damaged, or still being written
    CatalogError : the catalog holds rows of the same time; nothing was written
    """
    with held(record.path):
        name = _name(catalog)
        if name in _notes(record.path):
            return Conversion(record.manifest.run_id, is_new=False)
        found = _write(record, catalog)
        if removes:
            shutil.rmtree(record.path)
        else:
            _note(record.path, name)
        return found


def _write(record: Record, catalog: Any) -> Conversion:
    objects = []
    with catalog.writer() as writer:
        for item in contents(record, catalog.kinds):
            if isinstance(item, Rows):
                writer.append_arrow(item.batch)
            elif isinstance(item, Instrument):
                writer.instruments.append(item)
            else:
                objects.append(item)
        writer.append_objects(objects)
    done = Conversion(record.manifest.run_id, is_new=True)
    for channel in record.channels:
        name, rows = f"{channel.type} {channel.key}", record.rows(channel)
        if not is_stored(channel, catalog.kinds):
            done.left_out[channel.key] = rows
        elif rows:
            done.rows[name] = done.rows.get(name, 0) + rows
        else:
            done.empty.append(name)
    return done


def _name(catalog: Any) -> str:
    """Return what a note calls a catalog: its folder, or where else it lies."""
    path = catalog.path
    return str(path.resolve() if isinstance(path, Path) else path)


def _notes(folder: Path) -> dict[str, str]:
    """Return the catalogs that have the record already, and since when."""
    path = folder / CONVERTED
    try:
        found = json.loads(path.read_text())
        if not isinstance(found, dict):
            raise ValueError(found)
    except FileNotFoundError:
        return {}
    except ValueError as error:
        cure = "Remove it; a catalog that has the rows refuses them"
        raise DataError("the note is damaged", place=str(path), cure=cure) from error
    return found


def _note(folder: Path, catalog: str) -> None:
    """Note that a catalog has the record."""
    notes = {**_notes(folder), catalog: iso_time(time.time_ns())}
    new = folder / f"{CONVERTED}.new"
    with new.open("w") as file:
        json.dump(notes, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / CONVERTED)
    sync_folder(folder)
