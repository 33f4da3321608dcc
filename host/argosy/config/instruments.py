"""Instruments that a system file defines itself."""

from collections.abc import Mapping
from typing import Any

from argosy.config.document import show
from argosy.config.models import capitalise
from argosy.config.reader import Reader
from argosy.config.structs import read_struct
from argosy.errors import suggest
from argosy.model.instruments import INSTRUMENT_CLASSES, Instrument


def read_instruments(reader: Reader) -> tuple[Instrument, ...]:
    """Read all ``[[instruments]]`` of a document."""
    tables = reader.section("instruments")
    made: dict[Any, Instrument] = {}
    for index, table in enumerate(tables if isinstance(tables, list) else ()):
        if not isinstance(table, Mapping):
            continue  # reported with the shape of the document
        instrument = _read(reader, table, index)
        if instrument is not None and made.setdefault(instrument.id, instrument) is not instrument:
            message = f"instrument {instrument.id} is defined twice"
            reader.problems.add(("instruments", index, "id"), message, "Remove one of the tables")
    return tuple(made.values())


def _read(reader: Reader, table: Mapping[str, Any], index: int) -> Instrument | None:
    path = ("instruments", index, "type")
    name = table.get("type")
    if name is None:
        cure = f"Add type = ... ({suggest('', INSTRUMENT_CLASSES)})"
        reader.problems.add(path, "missing key", cure)
    elif not isinstance(name, str) or name not in INSTRUMENT_CLASSES:
        near = suggest(str(name), INSTRUMENT_CLASSES)
        reader.problems.add(path, f"unknown instrument type {show(name)}", capitalise(near))
    else:
        fields = {key: table[key] for key in table if key != "type"}
        return read_struct(reader, INSTRUMENT_CLASSES[name], fields, ("instruments", index))
    return None
