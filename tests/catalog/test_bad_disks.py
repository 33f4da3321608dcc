"""Disks that refuse: no permission, no space, no folder where one is needed."""

import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.lake import METADATA
from tests.catalog.samples import SECOND, T0, files_under, quotes

NOBODY = 65_534
SLOW = pytest.mark.slow


@pytest.fixture(scope="module")
def filled(empty_catalog: Path) -> Iterator[Path]:
    """A folder that everybody may read, with a catalog of five quotes in it."""
    folder = Path(tempfile.mkdtemp(prefix="argosy-"))
    folder.chmod(0o755)
    shutil.copytree(empty_catalog, folder / "catalog")
    with ParquetDataCatalog(folder / "catalog") as catalog:
        catalog.write_data(quotes(5))
    yield folder
    shutil.rmtree(folder)


@contextmanager
def without_rights(*paths: Path) -> Iterator[None]:
    """Forbid paths to this process, also where it is the superuser's."""
    modes = {path: path.stat().st_mode for path in paths}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222 if path.is_dir() else 0)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


def later() -> list[object]:
    return list(quotes(5, start=T0 + 100 * SECOND))


def test_a_catalog_that_may_only_be_read_says_what_reading_needs(filled: Path) -> None:
    folder = Path(shutil.copytree(filled / "catalog", filled / "only read"))
    (folder / METADATA).chmod(0o444)
    with (
        ParquetDataCatalog(folder) as catalog,
        without_rights(folder),
        pytest.raises(CatalogError, match="even readers keep their locks there"),
    ):
        catalog.holdings()
    shutil.rmtree(folder)


def test_a_folder_that_must_not_be_written_to_is_named(filled: Path) -> None:
    folder = filled / "catalog"
    for path in (folder, *folder.iterdir()):
        path.chmod(0o777)  # all but the files of data may be written to
    places = [path for path in (folder / "data").rglob("*") if path.is_dir()]
    with ParquetDataCatalog(folder) as catalog:
        with (
            without_rights(*places),
            pytest.raises(CatalogError, match=r"cannot be written .*Permission denied") as caught,
        ):
            catalog.write_data(later())
        assert str(caught.value).startswith(str(folder / "data"))
        assert quotes(5) == catalog.quote_ticks()
    assert 1 == len(files_under(folder))


def test_a_file_that_must_not_be_read_is_named(filled: Path) -> None:
    (file,) = (filled / "catalog").rglob("*.parquet")
    with ParquetDataCatalog(filled / "catalog") as catalog:
        (stream,) = catalog.streams(QuoteTick)
        with (
            without_rights(file),
            pytest.raises(CatalogError, match=r"cannot be read .*Permission denied") as caught,
        ):
            next(stream.batches())
        assert str(caught.value).startswith(str(file))
        assert quotes(5) == catalog.quote_ticks()


def test_metadata_that_must_not_be_read_is_named(filled: Path) -> None:
    metadata = filled / "catalog" / METADATA
    with ParquetDataCatalog(filled / "catalog") as catalog:
        with without_rights(metadata):
            for ask in (catalog.holdings, lambda: catalog.sql("FROM quotes")):
                with pytest.raises(CatalogError, match="unable to open database file") as caught:
                    ask()
                assert str(filled / "catalog") in str(caught.value)
        assert quotes(5) == catalog.quote_ticks()


def test_a_catalog_cannot_be_made_where_nothing_can(filled: Path) -> None:
    (filled / "file").write_text("no folder")
    with (
        without_rights(filled),
        pytest.raises(CatalogError, match="Permission denied") as caught,
        ParquetDataCatalog(filled / "new") as catalog,
    ):
        catalog.write_data(quotes(1))
    assert str(caught.value).startswith(str(filled / "new"))
    with (
        pytest.raises(CatalogError, match=r"Not a directory|File exists"),
        ParquetDataCatalog(filled / "file") as catalog,
    ):
        catalog.write_data(quotes(1))
    assert {"catalog", "file"} == {path.name for path in filled.iterdir()}


@pytest.mark.parametrize("limit", [1, 20_000])
def test_a_full_disk_leaves_the_catalog_as_it_was(filled: Path, limit: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with ParquetDataCatalog(filled / "catalog") as catalog:
        before = catalog.snapshot()
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
            with pytest.raises(CatalogError, match="Free space on the disk"):
                catalog.write_data(later())
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert before == catalog.snapshot()
        assert quotes(5) == catalog.quote_ticks()


@pytest.mark.parametrize(
    "damage",
    [
        "cut",
        "flipped",
        *(pytest.param(each, marks=SLOW) for each in ("zeroes", "emptied", "foreign")),
    ],
)
def test_a_damaged_file_is_named_and_the_others_are_read(
    filled: Path, tmp_path: Path, damage: str
) -> None:
    folder = Path(shutil.copytree(filled / "catalog", tmp_path / "catalog"))
    (file,) = folder.rglob("*.parquet")
    whole = file.read_bytes()
    half = len(whole) // 2
    file.write_bytes(
        {
            "cut": whole[:half],
            "zeroes": whole[:half] + bytes(len(whole) - half),
            "flipped": bytes(byte ^ 0xFF for byte in whole[:400]) + whole[400:],
            "emptied": b"",
            "foreign": b"instrument_id,ts_init\n" * 100,
        }[damage]
    )
    with ParquetDataCatalog(folder) as catalog:
        with pytest.raises(CatalogError, match="cannot be read") as caught:
            catalog.quote_ticks()
        assert str(caught.value).startswith(str(file))
        assert "Restore the file" in str(caught.value)
        with pytest.raises(CatalogError):
            catalog.sql("SELECT sum(bid_price) FROM quotes")
        assert catalog.verify().is_broken
