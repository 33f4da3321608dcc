"""Instrument definitions: a few columns to query, and the whole definition as JSON."""

import uuid
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from argosy.model.instruments import Instrument, instrument_from_dict
from argosy_catalog.lake import checksums
from argosy_catalog.lake.index import lake_files, snapshot_to_read
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.metadata import Select
from argosy_catalog.lake.parquet import (
    NS_MAX,
    NS_MIN,
    ROW_GROUP_ROWS,
    ParquetSink,
    WrittenFile,
    read_batches,
)
from argosy_catalog.lake.storage import Place
from argosy_catalog.lake.tables import INSTRUMENTS, INSTRUMENTS_TABLE, NUMBER, REFERENCE_SCHEMA

if TYPE_CHECKING:
    from argosy_catalog.lake.duck import Transaction

_DEFINITION = pa.schema(
    [INSTRUMENTS_TABLE.field(name) for name in ("instrument_id", "definition", "ts_init")]
)


def add_instruments(
    transaction: "Transaction", data_path: Place, instruments: Iterable[Instrument], *, token: str
) -> int:
    """Add definitions; one that the catalog holds word for word is not written again.

    Parameters
    ----------
    token : of the writer, which shows its sign

    Returns
    -------
    how many were new
    """
    rows = {str(instrument.id): _row(instrument) for instrument in instruments}
    known = _definitions(_files(transaction.select, data_path))
    new = [row for key, row in rows.items() if known.get(key) != row["definition"]]
    if new:
        file = _write_file(data_path, new, token)
        transaction.add_file(REFERENCE_SCHEMA, INSTRUMENTS, file.path)
        checksums.note(transaction, [file])
    return len(new)


def read_instruments(
    lake: Lake, ids: Collection[str] | None, snapshot: int | None = None
) -> list[Instrument]:
    """Return the newest definition of each instrument at a snapshot, by id."""
    with lake.metadata() as select:
        files = _files(select, lake.data_path, snapshot)
    found = sorted(_definitions(files).items())
    return [
        instrument_from_dict(msgspec.json.decode(text))
        for key, text in found
        if ids is None or key in ids
    ]


def _files(select: Select, data_path: Place, snapshot: int | None = None) -> list[Place]:
    at = snapshot_to_read(select, snapshot, data_path)
    tables = dict(lake_files(select, data_path, REFERENCE_SCHEMA, at))
    return [file.path for file in tables.get(INSTRUMENTS, ())]


def _write_file(data_path: Place, rows: list[dict[str, Any]], token: str) -> WrittenFile:
    table = pa.Table.from_pylist(rows, INSTRUMENTS_TABLE)
    folder = data_path / REFERENCE_SCHEMA / INSTRUMENTS
    sink = ParquetSink(folder / f"{token}-{uuid.uuid4().hex[:8]}.parquet", table.schema)
    for batch in table.to_batches():
        sink.append(batch)
    return sink.close()


def _definitions(files: Iterable[Place]) -> dict[str, str]:
    """Return the newest definition of each id; of equally new ones, the last written."""
    newest: dict[str, tuple[int, str]] = {}
    for file in files:
        for batch in read_batches(file, _DEFINITION, NS_MIN, NS_MAX, ROW_GROUP_ROWS):
            ids, definitions = (batch.column(name).to_pylist() for name in _DEFINITION.names[:2])
            times = batch.column("ts_init").cast(pa.int64()).to_pylist()
            for key, definition, time in zip(ids, definitions, times, strict=True):
                if key not in newest or time >= newest[key][0]:
                    newest[key] = (time, definition)
    return {key: definition for key, (_, definition) in newest.items()}


def _row(instrument: Instrument) -> dict[str, Any]:
    values = instrument.to_dict()
    row = {
        field.name: Decimal(value) if field.type == NUMBER else value
        for field in INSTRUMENTS_TABLE
        if (value := values.get(field.name)) is not None
    }
    definition = msgspec.json.encode(values).decode()
    return {**row, "instrument_id": values["id"], "definition": definition}
