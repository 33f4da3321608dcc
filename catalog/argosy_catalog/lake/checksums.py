"""Checksums of files, noted in the transaction that makes the files part of the catalog."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyarrow as pa

from argosy_catalog.lake.index import inlined_rows, newest_snapshot
from argosy_catalog.lake.metadata import Select
from argosy_catalog.lake.parquet import WrittenFile
from argosy_catalog.lake.sql import literal
from argosy_catalog.lake.tables import REFERENCE_SCHEMA

if TYPE_CHECKING:
    from argosy_catalog.lake.duck import Transaction

CHECKSUMS = "checksums"
CHECKSUMS_TABLE = pa.schema([("file", pa.string()), ("sha256", pa.string())])

_TARGET = f"{REFERENCE_SCHEMA}.{CHECKSUMS}"


def note(transaction: "Transaction", files: Iterable[WrittenFile]) -> None:
    """Note the checksums of new files."""
    rows = [f"({literal(file.path.name)}, {literal(file.sha256)})" for file in files]
    if rows:
        transaction.execute(f"INSERT INTO {_TARGET} VALUES {', '.join(rows)}")


def noted(select: Select) -> dict[str, str]:
    """Return the checksum of each file by its name; files of an older layout have none."""
    names, newest = CHECKSUMS_TABLE.names, newest_snapshot(select)
    return dict(inlined_rows(select, REFERENCE_SCHEMA, CHECKSUMS, names, newest))


def forget(transaction: "Transaction", names: Iterable[str]) -> None:
    """Drop the checksums of files that are gone for good."""
    listed = ", ".join(literal(name) for name in names)
    if listed:
        transaction.execute(f"DELETE FROM {_TARGET} WHERE file IN ({listed})")
