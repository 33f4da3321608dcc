"""Instrument definitions: a few columns to query, and the whole definition as JSON."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from argosy.model.instruments import Instrument, instrument_from_dict
from argosy_catalog.lake import Lake
from argosy_catalog.tables import INSTRUMENTS, INSTRUMENTS_TABLE, NUMBER, REFERENCE_SCHEMA

_SOURCE = f"{REFERENCE_SCHEMA}.{INSTRUMENTS}"


def write_instruments(lake: Lake, instruments: Iterable[Instrument]) -> int:
    """Add definitions; one that the catalog holds word for word is not written again.

    Returns
    -------
    how many were new
    """
    rows = {instrument.id: _row(instrument) for instrument in instruments}
    with lake.write() as connection:
        known = dict(_definitions(connection, rows.keys()))
        new = [row for key, row in rows.items() if known.get(key) != row["definition"]]
        if new:
            connection.register("argosy_rows", pa.Table.from_pylist(new, INSTRUMENTS_TABLE))
            connection.execute(f"INSERT INTO {_SOURCE} BY NAME SELECT * FROM argosy_rows")
            connection.unregister("argosy_rows")
    return len(new)


def read_instruments(lake: Lake, ids: Collection[str] | None) -> list[Instrument]:
    """Return the newest definition of each instrument, by id."""
    with lake.read() as connection:
        found = _definitions(connection, ids)
    return [instrument_from_dict(msgspec.json.decode(text)) for _, text in sorted(found)]


def _definitions(
    connection: duckdb.DuckDBPyConnection, ids: Collection[str] | None
) -> list[tuple[str, str]]:
    """Return id and newest definition of each instrument; of equally new ones, the last written."""
    query = f"""
        SELECT instrument_id, definition::VARCHAR FROM {_SOURCE}
        WHERE $ids IS NULL OR instrument_id IN (SELECT unnest($ids::VARCHAR[]))
        QUALIFY row_number() OVER (
            PARTITION BY instrument_id ORDER BY ts_init DESC, rowid DESC) = 1
    """
    wanted = None if ids is None else [str(each) for each in ids]
    return connection.execute(query, {"ids": wanted}).fetchall()


def _row(instrument: Instrument) -> dict[str, Any]:
    values = instrument.to_dict()
    row = {
        field.name: Decimal(value) if field.type == NUMBER else value
        for field in INSTRUMENTS_TABLE
        if (value := values.get(field.name)) is not None
    }
    definition = msgspec.json.encode(values).decode()
    return {**row, "instrument_id": values["id"], "definition": definition}
