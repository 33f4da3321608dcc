"""Which files hold which rows, at which snapshot."""

import shutil
from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.index import (
    DataFile,
    data_files,
    has_snapshot,
    market_tables,
    snapshot_to_read,
)
from argosy_catalog.lake.kinds import QUOTES, TRADES
from argosy_catalog.lake.lake import Lake
from tests.catalog.conftest import MakeCatalog
from tests.catalog.samples import DAY, GBPUSD, SECOND, SHIB, T0, bars, quotes, trades


def files(lake: Lake, **choice: object) -> list[DataFile]:
    with lake.metadata() as select:
        return data_files(select, lake.data_path, **choice)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def filled(make_catalog: MakeCatalog) -> Path:
    last = [*quotes(5, instrument=SHIB, price_precision=8), *trades(7), *bars(3)]
    return make_catalog(quotes(10, start=T0 + DAY), quotes(20), last)


@pytest.fixture(scope="module")
def held(filled: Path) -> Lake:
    """The lake that is only read."""
    return Lake(filled, read_only=True)


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """A copy, for a test that changes it."""
    return Path(shutil.copytree(filled, tmp_path / "catalog"))


def test_files_come_by_table_key_and_time(held: Lake) -> None:
    found = [(file.table.name, file.key, file.rows) for file in files(held)]
    expected = [
        ("bars_5_0", "GBP/USD.SIM-1-MINUTE-BID-EXTERNAL", 3),
        ("quotes_5_0", "GBP/USD.SIM", 20),
        ("quotes_5_0", "GBP/USD.SIM", 10),
        ("quotes_8_0", "SHIBUSDT.SIM", 5),
        ("trades_5_2", "GBP/USD.SIM", 7),
    ]
    assert expected == found


def test_the_times_of_a_file_are_exact(held: Lake) -> None:
    (file,) = files(held, kind=TRADES)
    assert (T0 + 5, T0 + 6 * SECOND + 5) == (file.first_ns, file.last_ns)
    assert file.overlaps(file.last_ns, file.last_ns + 9)
    assert not file.overlaps(file.last_ns + 1, file.last_ns + 9)


def test_files_are_chosen_by_kind_and_key(held: Lake) -> None:
    assert [5] == [file.rows for file in files(held, kind=QUOTES, keys={SHIB})]


def test_a_snapshot_has_the_files_of_its_time(held: Lake) -> None:
    newest = held.snapshot()
    counts = [len(files(held, snapshot=each)) for each in range(newest - 3, newest + 1)]
    assert [0, 1, 2, 5] == counts
    with held.metadata() as select:
        assert 1 == len(market_tables(select, newest - 1))


def test_a_snapshot_that_is_not_there_is_refused(held: Lake) -> None:
    newest = held.snapshot()
    with held.metadata() as select:
        assert has_snapshot(select, newest)
        assert newest == snapshot_to_read(select, None, held.data_path)
        assert newest - 1 == snapshot_to_read(select, newest - 1, held.data_path)
        with pytest.raises(CatalogError, match=f"no snapshot {newest + 1}: the newest is {newest}"):
            snapshot_to_read(select, newest + 1, held.data_path)


def test_the_folders_of_files_say_what_is_in_them(held: Lake) -> None:
    paths = [file.path.relative_to(Path(str(held.path))) for file in files(held, keys={GBPUSD})]
    assert all("data/market/quotes_5_0/GBP%2FUSD.SIM/2024-01-0" in str(path) for path in paths[:2])
    assert all((held.path / path).is_file() for path in paths)


def test_a_foreign_file_in_the_tree_is_not_data(
    catalog: ParquetDataCatalog, lake: Lake, folder: Path
) -> None:
    (file,) = files(lake, kind=TRADES)
    file.path.with_name("foreign.parquet").write_bytes(b"not even Parquet")
    assert [file] == files(lake, kind=TRADES)
    assert 7 == len(catalog.trade_ticks())


def test_rows_that_another_program_deleted_are_told(
    catalog: ParquetDataCatalog, lake: Lake
) -> None:
    with lake.write() as connection:
        connection.execute("DELETE FROM market.trades_5_2 WHERE trade_id = 'T-3'")
    with pytest.raises(CatalogError, match="was changed by another program"):
        catalog.trade_ticks()


def test_a_file_of_several_instruments_is_told(catalog: ParquetDataCatalog, lake: Lake) -> None:
    with lake.write() as connection:
        connection.execute(
            "INSERT INTO market.trades_5_2 SELECT * REPLACE ('B' || trade_id || '.SIM' AS "
            "instrument_id) FROM market.trades_5_2"
        )
    with pytest.raises(CatalogError, match="was changed by another program"):
        catalog.trade_ticks()
