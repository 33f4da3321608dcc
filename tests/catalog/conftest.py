"""Catalogs for tests: each test gets its own copy of an empty one, which is quick to make."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.lake import Lake
from tests.catalog.market import make_market

MakeCatalog = Callable[..., Path]


@pytest.fixture(scope="session", autouse=True)
def one_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give each DuckDB one thread: on a few rows, two take half as much again of the processor.

    `make slow` leaves it as many as there are cores.
    """
    connect = duckdb.connect

    def single(*args: Any, config: dict[str, Any] | None = None, **options: Any) -> Any:
        return connect(*args, config={"threads": 1, **(config or {})}, **options)

    with pytest.MonkeyPatch.context() as patch:
        if "slow" != request.config.getoption("markexpr"):
            patch.setattr(duckdb, "connect", single)
        yield


@pytest.fixture(scope="session")
def empty_catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a catalog without data."""
    folder = tmp_path_factory.mktemp("empty") / "catalog"
    lake = Lake(folder)
    lake.create()
    lake.close()
    return folder


@pytest.fixture(scope="session")
def make_catalog(empty_catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> MakeCatalog:
    """Make folders of catalogs, one write for each list of objects, that a file's tests share."""

    def make(*loads: list[Any]) -> Path:
        folder = tmp_path_factory.mktemp("shared") / "catalog"
        shutil.copytree(empty_catalog, folder)
        with ParquetDataCatalog(folder) as catalog:
            for load in loads:
                catalog.write_data(load)
        return folder

    return make


@pytest.fixture
def folder(empty_catalog: Path, tmp_path: Path) -> Path:
    """The folder of a catalog of this test alone."""
    return Path(shutil.copytree(empty_catalog, tmp_path / "catalog"))


@pytest.fixture
def catalog(folder: Path) -> Iterator[ParquetDataCatalog]:
    """An open catalog without data."""
    with ParquetDataCatalog(folder) as opened:
        yield opened


@pytest.fixture
def lake(folder: Path) -> Iterator[Lake]:
    """The lake of a catalog without data."""
    opened = Lake(folder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def market(
    empty_catalog: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ParquetDataCatalog]:
    """The market that can be checked by hand, and a run over it; for reading only."""
    folder = shutil.copytree(empty_catalog, tmp_path_factory.mktemp("market") / "catalog")
    make_market(folder)
    with ParquetDataCatalog(folder, read_only=True) as opened:
        yield opened
