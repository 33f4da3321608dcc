"""DuckLake's metadata is read by SQLite, unless DuckDB has it open in this process."""

import sqlite3
import subprocess
import sys

import pytest

from argosy_catalog import ParquetDataCatalog, metadata
from argosy_catalog.index import newest_snapshot
from argosy_catalog.lake import Lake
from tests.catalog.samples import quotes


def test_sqlite_reads_what_duckdb_wrote(lake: Lake) -> None:
    with lake.database.reading() as select:
        assert select is not None
        assert lake.snapshot() == newest_snapshot(select)


def test_duckdb_is_asked_while_it_has_the_file_open(lake: Lake) -> None:
    first, second = lake.connect(read_only=True), lake.connect(read_only=True)
    for connection in (first, second):
        with lake.database.reading() as select:
            assert select is None
        lake.disconnect(connection)
    with lake.database.reading() as select:
        assert select is not None


def test_both_ways_give_the_same_files(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(5))
    by_duckdb = catalog.holdings()
    catalog.close()
    assert by_duckdb == catalog.holdings()


@pytest.mark.slow
def test_reading_market_data_never_loads_duckdb(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(5))
    catalog.close()
    code = (
        "import sys\n"
        "from argosy.model.data import QuoteTick\n"
        "from argosy_catalog import ParquetDataCatalog\n"
        "catalog = ParquetDataCatalog(sys.argv[1])\n"
        "rows = sum(b.num_rows for s in catalog.streams(QuoteTick) for b in s.batches())\n"
        "catalog.instruments(), catalog.snapshot(), catalog.holdings(), catalog.close()\n"
        "print(rows, 'duckdb' in sys.modules)\n"
    )
    command = [sys.executable, "-c", code, str(catalog.path)]
    assert "5 False\n" == subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("text", "is_full"),
    [("disk I/O error", True), ("database or disk is full", True), ("no such table: x", False)],
)
def test_a_disk_that_takes_no_more_has_a_cure(text: str, is_full: bool) -> None:  # noqa: FBT001
    cure = metadata.cure_of(sqlite3.OperationalError(text))
    assert is_full == (cure is not None and cure.startswith("Free space"))
