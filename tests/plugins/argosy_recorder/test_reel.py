"""Reels: what was flushed is read back, wherever the files break off."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from argosy import DataError
from argosy_recorder.reel import Mark, Reel, Rotation, Spool, file_name, loss, read_reel

SCHEMA = pa.schema([("ts_init", pa.timestamp("ns")), ("text", pa.string())])


def batch(first: int, rows: int) -> pa.RecordBatch:
    numbers = range(first, first + rows)
    columns = [pa.array(numbers, pa.timestamp("ns")), pa.array([f"{n:>40}" for n in numbers])]
    return pa.RecordBatch.from_arrays(columns, schema=SCHEMA)


def reel(folder: Path, **limits: int) -> Reel:
    return Reel(folder / "reel", SCHEMA, Rotation(**limits), sync=False)


def numbers(folder: Path, mark: Mark) -> list[int]:
    return [
        each
        for part in read_reel(folder / "reel", mark)
        for each in part.column("ts_init").cast(pa.int64()).to_pylist()
    ]


def test_what_was_flushed_is_read_back_while_the_file_is_open(tmp_path: Path) -> None:
    made = reel(tmp_path)
    made.write(batch(0, 3))
    mark = made.flush()
    made.write(batch(3, 4))
    assert mark is not None
    assert [0, 1, 2] == numbers(tmp_path, mark)
    assert (4, True) == (loss(made.folder, mark)[0], loss(made.folder, mark)[1] > 0)
    made.close()


def test_a_flush_without_news_says_so(tmp_path: Path) -> None:
    made = reel(tmp_path)
    assert None is made.flush()
    assert not made.folder.exists()
    made.write(batch(0, 1))
    assert made.flush() == Mark(0, (made.folder / file_name(0)).stat().st_size, 1)
    assert None is made.flush()
    made.close()


@pytest.mark.parametrize("limits", [{"rows": 4}, {"size_bytes": 600}, {"interval_ns": 3}])
def test_a_full_file_is_followed_by_another(tmp_path: Path, limits: dict[str, int]) -> None:
    made = reel(tmp_path, **limits)
    mark = None
    for first in range(0, 12, 2):
        made.write(batch(first, 2))
        mark = made.flush() or mark
    made.close()
    files = sorted(path.name for path in made.folder.iterdir())
    assert ["000000.feather", "000001.feather", "000002.feather"] == files
    assert mark is not None
    assert list(range(12)) == numbers(tmp_path, mark)
    assert (0, 0) == loss(made.folder, mark)


def test_a_closed_file_is_a_feather_file(tmp_path: Path) -> None:
    made = reel(tmp_path)
    made.write(batch(0, 3))
    made.flush()
    made.close()
    with pa.OSFile(str(made.folder / file_name(0))) as file:
        assert 3 == pa.ipc.open_file(file).read_all().num_rows


@settings(max_examples=40, deadline=None)
@given(cut=st.integers(0, 10_000), noise=st.binary(max_size=40))
@example(cut=0, noise=b"ARROW1")
def test_a_torn_tail_never_reaches_what_was_flushed(
    tmp_path_factory: pytest.TempPathFactory, cut: int, noise: bytes
) -> None:
    folder = tmp_path_factory.mktemp("reel")
    made = reel(folder)
    made.write(batch(0, 5))
    mark = made.flush()
    assert mark is not None
    made.write(batch(5, 5))
    made.drop()
    path = made.folder / file_name(0)
    whole = path.read_bytes()
    kept = min(len(whole), mark.size_bytes + cut % (len(whole) - mark.size_bytes + 1))
    path.write_bytes(whole[:kept] + noise)
    assert [0, 1, 2, 3, 4] == numbers(folder, mark)
    rows, size = loss(made.folder, mark)
    assert kept + len(noise) - mark.size_bytes == size
    assert rows in ({5} if kept == len(whole) else {0, 5})


def test_files_behind_the_last_mark_are_lost(tmp_path: Path) -> None:
    made = reel(tmp_path)
    made.write(batch(0, 5))
    made.drop()
    assert 5 == loss(made.folder, None)[0]
    (made.folder / file_name(0)).write_bytes(b"AR")
    assert (0, 2) == loss(made.folder, None)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda path, data: path.unlink(), "cannot be read"),
        (lambda path, data: path.write_bytes(data[:200]), "its marks say"),
        (lambda path, data: path.write_bytes(b"x" * len(data)), "it is no Arrow file"),
        (lambda path, data: path.write_bytes(data[:8] + b"\xff" * (len(data) - 8)), "cannot be"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, change: object, expected: str) -> None:
    made = reel(tmp_path)
    made.write(batch(0, 5))
    mark = made.flush()
    made.close()
    assert mark is not None
    path = made.folder / file_name(0)
    change(path, path.read_bytes())  # type: ignore[operator]
    with pytest.raises(DataError, match=expected) as caught:
        numbers(tmp_path, mark)
    assert str(path) in str(caught.value)


def test_missing_rows_are_noticed(tmp_path: Path) -> None:
    made = reel(tmp_path)
    made.write(batch(0, 5))
    mark = made.flush()
    made.close()
    assert mark is not None
    with pytest.raises(DataError, match="holds 5 rows, and its marks say 6"):
        numbers(tmp_path, Mark(mark.file, mark.size_bytes, 6))


def test_a_spool_writes_all_of_what_the_system_takes_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(tmp_path / "file")
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, bytes(data[:3])))
    assert 10 == spool.write(b"0123456789")
    monkeypatch.undo()
    spool.close()
    assert (b"0123456789", 10) == ((tmp_path / "file").read_bytes(), spool.tell())


def test_a_full_disk_is_an_error_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    made = reel(tmp_path)
    made.write(batch(0, 5))
    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space left"):
        made.write(batch(5, 5))
    monkeypatch.undo()
    made.drop()
