"""Checksums are part of the transaction that brings the files."""

from pathlib import Path

from argosy_catalog.lake.checksums import forget, note, noted
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.parquet import WrittenFile


def test_they_are_noted_and_forgotten(lake: Lake) -> None:
    files = [WrittenFile(Path("folder") / name, 1, name * 2) for name in ("a", "b'", "c")]
    with lake.write() as transaction:
        note(transaction, files)
    with lake.write() as transaction:
        forget(transaction, ["a"])
        forget(transaction, [])
        note(transaction, [])
    for _ in range(2):  # by DuckDB, then by SQLite
        with lake.metadata() as select:
            assert {"b'": "b'b'", "c": "cc"} == noted(select)
        lake.close()
