"""DuckLake's metadata is read by SQLite, unless DuckDB has it open in this process."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.index import newest_snapshot
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.sqlite import FILE
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


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def junk(file: Path) -> None:
    file.write_bytes(b"junk" * 5000)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def other(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE notes (text)")


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        (cut, "the metadata of the catalog is damaged"),
        (junk, "the metadata of the catalog is damaged"),
        (empty, "this file holds no metadata of a catalog"),
        (other, "this file holds no metadata of a catalog"),
    ],
)
def test_every_use_of_bad_metadata_says_what_it_is_and_what_to_do(
    folder: Path, harm: Callable[[Path], None], problem: str
) -> None:
    harm(folder / FILE)
    with ParquetDataCatalog(folder) as catalog:
        for use in (
            catalog.holdings,
            catalog.verify,
            catalog.history,
            catalog.expire,
            lambda: catalog.sql("FROM quotes"),
            lambda: catalog.write_data(quotes(1)),
        ):
            with pytest.raises(CatalogError, match=problem) as caught:
                use()
            assert str(folder / FILE) == caught.value.place
            assert "from a backup; the Parquet files are untouched" in str(caught.value)


@pytest.mark.parametrize("use", ["holdings", "sql", "write"])
def test_a_newer_ducklake_is_refused_in_the_same_words(folder: Path, use: str) -> None:
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute("UPDATE ducklake_metadata SET value = '2.7' WHERE key = 'version'")
    with ParquetDataCatalog(folder) as catalog:
        uses: dict[str, Callable[[], object]] = {
            "holdings": catalog.holdings,
            "sql": lambda: catalog.sql("FROM quotes"),
            "write": lambda: catalog.write_data(quotes(1)),
        }
        with pytest.raises(CatalogError, match=r"has version 2\.7 of DuckLake") as caught:
            uses[use]()
        assert "Use the version of Argosy that wrote it" in str(caught.value)
        assert str(folder / FILE) == caught.value.place
