"""Transactions, locks, extensions."""

import resource
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from argosy.errors import CatalogError
from argosy_catalog import lake as lake_module
from argosy_catalog.lake import METADATA, CommitError, Lake, connect


@pytest.fixture(autouse=True)
def table(lake: Lake) -> None:
    with lake.write() as connection:
        connection.execute("CREATE TABLE numbers (n INTEGER)")
        connection.execute("INSERT INTO numbers VALUES (1)")


def numbers(lake: Lake) -> list[int]:
    with lake.read() as connection:
        rows = connection.execute("SELECT n FROM numbers ORDER BY n").fetchall()
    return [row[0] for row in rows]


def add(lake: Lake, number: int) -> None:
    with lake.write() as connection:
        connection.execute("INSERT INTO numbers VALUES (?)", [number])


def test_a_write_makes_one_new_snapshot(lake: Lake) -> None:
    before = lake.snapshot()
    add(lake, 0)
    assert [before + 1, [0, 1]] == [lake.snapshot(), numbers(lake)]


def test_a_write_that_raises_changes_nothing(lake: Lake) -> None:
    def fail() -> None:
        with lake.write() as connection:
            connection.execute("INSERT INTO numbers VALUES (0)")
            raise KeyError

    before = lake.snapshot()
    with pytest.raises(KeyError):
        fail()
    assert [before, [1]] == [lake.snapshot(), numbers(lake)]


def test_a_reader_sees_one_snapshot_while_another_writes(lake: Lake) -> None:
    other = Lake(lake.path)
    with lake.read() as connection:
        query = "SELECT count(*) FROM numbers"
        first = connection.execute(query).fetchone()
        add(other, 0)
        assert first == connection.execute(query).fetchone()
    other.close()
    assert [0, 1] == numbers(lake)


def test_writers_of_two_processes_take_turns(lake: Lake) -> None:
    code = (
        "import sys; from pathlib import Path; from argosy_catalog.lake import Lake\n"
        "lake = Lake(Path(sys.argv[1]))\n"
        "for i in range(10):\n"
        "    with lake.write() as c:\n"
        "        n = c.execute('SELECT max(n) FROM numbers').fetchone()[0]\n"
        "        c.execute('INSERT INTO numbers VALUES (?)', [n + 1])\n"
    )
    command = [sys.executable, "-c", code, str(lake.path)]
    children = [subprocess.Popen(command) for _ in range(2)]
    assert [0, 0] == [child.wait() for child in children]
    assert list(range(1, 22)) == numbers(lake)


def test_a_lock_that_is_never_freed_ends_in_an_error(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Lake(lake.path)
    numbers(other)
    monkeypatch.setattr(lake_module, "LOCK_TIMEOUT_S", 0.05)
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
    with pytest.raises(CatalogError, match=str(tmp_path)):
        numbers(Lake(tmp_path))


def test_a_full_disk_at_commit_leaves_the_catalog_as_it_was(lake: Lake) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill() -> None:
        with lake.write() as connection:
            connection.execute("INSERT INTO numbers SELECT range FROM range(2, 500)")
            resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))

    before = lake.snapshot()
    try:
        with pytest.raises(CommitError, match="could not be written"):
            fill()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    lake.close()
    assert [before, [1]] == [lake.snapshot(), numbers(lake)]


def test_nothing_is_ever_downloaded() -> None:
    with connect() as connection:
        settings = connection.execute(
            "SELECT value FROM duckdb_settings() WHERE name IN "
            "('autoinstall_known_extensions', 'autoload_known_extensions')"
        ).fetchall()
    assert [("false",), ("false",)] == settings


def test_a_missing_wheel_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(lake_module, "find_spec", lambda _: None)
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(CatalogError) as caught:
        connect()
    wheel = f"pip install duckdb-extension-sqlite-scanner=={duckdb.__version__}"
    assert wheel in str(caught.value)
    assert "INSTALL sqlite_scanner" in str(caught.value)
