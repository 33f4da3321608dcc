"""Transactions, locks, extensions."""

import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake import metadata
from argosy_catalog.lake.index import newest_snapshot
from argosy_catalog.lake.lake import METADATA, CommitError, Lake
from argosy_catalog.lake.presence import Presence
from tests.catalog.samples import quotes

ADD = """
import sys
from pathlib import Path
from argosy_catalog.lake.lake import Lake

lake = Lake(Path(sys.argv[1]))
for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 1):
    with lake.write() as transaction:
        (last,) = transaction.execute("SELECT max(n) FROM numbers").fetchone()
        transaction.execute("INSERT INTO numbers VALUES ($n)", {"n": last + 1})
"""


@pytest.fixture(scope="module")
def table(empty_catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a catalog with a table; copied for each test."""
    folder = shutil.copytree(empty_catalog, tmp_path_factory.mktemp("table") / "catalog")
    lake = Lake(folder)
    with lake.write() as transaction:
        transaction.execute("CREATE TABLE numbers (n INTEGER)")
        transaction.execute("INSERT INTO numbers VALUES (1)")
    lake.close()
    return folder


@pytest.fixture
def folder(table: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(table, tmp_path / "catalog"))


def numbers(lake: Lake) -> list[int]:
    connection = lake.connect(read_only=True)
    rows = connection.execute("SELECT n FROM numbers ORDER BY n").fetchall()
    lake.disconnect(connection)
    return [row[0] for row in rows]


def add(lake: Lake, number: int) -> None:
    with lake.write() as transaction:
        transaction.execute("INSERT INTO numbers VALUES ($n)", {"n": number})


def test_a_write_makes_one_new_snapshot(lake: Lake) -> None:
    before = lake.snapshot()
    add(lake, 0)
    assert [before + 1, [0, 1]] == [lake.snapshot(), numbers(lake)]


def test_a_write_that_raises_changes_nothing(lake: Lake) -> None:
    def fail() -> None:
        with lake.write() as transaction:
            transaction.execute("INSERT INTO numbers VALUES (0)")
            raise KeyError

    before = lake.snapshot()
    with pytest.raises(KeyError):
        fail()
    assert [before, [1]] == [lake.snapshot(), numbers(lake)]


@pytest.mark.slow
def test_metadata_is_that_of_one_moment(lake: Lake) -> None:
    lake.close()
    other = Lake(lake.path)
    for reader in (lake, other):  # by SQLite, then by DuckDB
        with reader.metadata() as select:
            before = newest_snapshot(select)
            subprocess.run([sys.executable, "-c", ADD, str(lake.path)], check=True)
            assert before == newest_snapshot(select)
        assert before + 1 == lake.snapshot()
        add(other, 0)
    other.close()


@pytest.mark.slow
def test_writers_of_two_processes_take_turns(lake: Lake) -> None:
    command = [sys.executable, "-c", ADD, str(lake.path), "10"]
    children = [subprocess.Popen(command) for _ in range(2)]
    assert [0, 0] == [child.wait() for child in children]
    assert list(range(1, 22)) == numbers(lake)


def test_a_lock_that_is_never_freed_ends_in_an_error(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Lake(lake.path)
    numbers(other)
    monkeypatch.setattr(metadata, "LOCK_TIMEOUT_S", 0.05)
    with (
        lake.write(),
        pytest.raises(CatalogError, match="another process has been writing"),
        other.write(),
    ):
        pass
    other.close()


def test_a_read_only_lake_refuses_writes(lake: Lake) -> None:
    reader = Lake(lake.path, read_only=True)
    assert [1] == numbers(reader)
    with pytest.raises(CatalogError, match="opened read-only"), reader.write():
        pass
    reader.close()


def test_a_read_only_lake_must_exist(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="there is no catalog here"):
        Lake(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


def test_asking_for_the_snapshot_of_nothing_makes_nothing(tmp_path: Path) -> None:
    assert 0 == Lake(tmp_path / "none").snapshot()
    assert not (tmp_path / "none").exists()


def test_a_folder_with_a_quote_in_its_name_is_no_trouble(lake: Lake, tmp_path: Path) -> None:
    lake.close()
    moved = Lake(Path(shutil.copytree(lake.path, tmp_path / "it's; DROP 'x'")))
    assert [1] == numbers(moved)
    moved.close()


def test_a_foreign_metadata_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / METADATA).write_bytes(b"no database at all, but long enough to be read" * 100)
    with pytest.raises(CatalogError, match="file is not a database"):
        Lake(tmp_path).snapshot()
    with pytest.raises(CatalogError, match="file is not a database"):
        numbers(Lake(tmp_path))


def test_a_full_disk_at_commit_leaves_the_catalog_as_it_was(lake: Lake) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill() -> None:
        with lake.write() as transaction:
            transaction.execute("INSERT INTO numbers SELECT range FROM range(2, 500)")
            resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))

    before = lake.snapshot()
    try:
        with pytest.raises(CommitError, match="could not be written"):
            fill()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    lake.close()
    assert [before, [1]] == [lake.snapshot(), numbers(lake)]


def test_new_metadata_is_not_made_over_files_that_were_committed(
    folder: Path, tmp_path: Path
) -> None:
    with ParquetDataCatalog(folder) as catalog:
        catalog.write_data(quotes(2))
    files = sorted((folder / "data").rglob("*.parquet"))
    for other in (tmp_path / "other.sqlite", None):
        if other is None:
            (folder / METADATA).rename(tmp_path / "kept.sqlite")
        with ParquetDataCatalog(folder, metadata=other) as catalog:
            with pytest.raises(CatalogError, match="were committed here") as caught:
                catalog.write_data(quotes(2, start=0))
            assert str(folder / "data") == caught.value.place
            assert "put it back from a backup" in str(caught.value)
            assert 0 == catalog.snapshot()
        assert files == sorted((folder / "data").rglob("*.parquet"))


def test_metadata_is_made_over_what_a_killed_first_writer_left(tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    lake = Lake(folder)
    dead, living = Presence(folder), Presence(folder)
    (folder / "data").mkdir(parents=True)
    for writer in (dead, living):
        writer.enter()
        (folder / "data" / f"{writer.token}-{'0' * 8}.parquet").touch()
    dead.abandon()
    lake.create()
    living.leave()
    assert lake.exists
