"""Files in a folder: made, synced with what leads to them, listed, removed."""

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from argosy_catalog.lake import storage
from argosy_catalog.lake.objects import ObjectPath


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files and folders that were synced, in order."""
    found: list[Path] = []
    monkeypatch.setattr(storage, "sync_one", found.append)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("data/catalog", Path("data/catalog")),
        ("s3://lake/fx", ObjectPath("lake/fx")),
        (Path("x"), Path("x")),
        (ObjectPath("lake"), ObjectPath("lake")),
    ],
)
def test_a_place_is_a_path_or_an_object(
    text: str | Path | ObjectPath, expected: Path | ObjectPath
) -> None:
    assert expected == storage.place(text)


def test_new_folders_are_synced_from_the_top(tmp_path: Path, synced: list[Path]) -> None:
    storage.prepare(tmp_path / "a" / "b" / "file")
    assert [tmp_path, tmp_path / "a"] == synced
    storage.prepare(tmp_path / "a" / "b" / "other")
    assert [tmp_path, tmp_path / "a"] == synced


def test_a_file_is_synced_with_the_folders_up_to_the_catalog(
    tmp_path: Path, synced: list[Path]
) -> None:
    file = tmp_path / "data" / "market" / "quotes_5_0" / "GBP%2FUSD.SIM" / "x.parquet"
    storage.finish(file, file)
    assert [file, *list(file.parents)[:4]] == synced
    assert tmp_path / "data" == synced[-1]


def test_a_sync_reaches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: seen.append(os.fstat(descriptor).st_ino))
    storage.sync_one(tmp_path)
    assert [tmp_path.stat().st_ino] == seen


def test_what_was_written_is_read_and_listed(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "x.parquet"
    assert [] == list(storage.files(tmp_path / "a"))
    storage.prepare(path)
    target = storage.writable(path)
    pq.write_table(pa.table({"n": [1, 2, 3]}), target)
    storage.finish(path, target)
    with storage.open_parquet(path) as file:
        assert 3 == file.metadata.num_rows
    (found,) = storage.files(tmp_path / "a")
    assert (path, path.stat().st_size, path.stat().st_mtime_ns) == found


def test_an_abandoned_file_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(b"half")
    storage.abandon(path, path)
    storage.abandon(path, path)
    assert [] == list(tmp_path.iterdir())
