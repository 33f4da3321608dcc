"""The manifest and the marks: written whole, read strictly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from argosy import DataError
from argosy_recorder.manifest import (
    MANIFEST,
    MARKS,
    ChannelEntry,
    Manifest,
    MarkFile,
    held,
    read_manifest,
    read_marks,
    write_manifest,
)
from argosy_recorder.reel import Mark


def manifest() -> Manifest:
    channel = ChannelEntry(
        number=0, type="quote", key="EUR/USD.SIM", price_precision=5, size_precision=0
    )
    return Manifest(
        run_id="r-1",
        name="r",
        mode="backtest",
        trader_id="T-1",
        seed=7,
        snapshot=None,
        begin_ns=5,
        channels=[channel],
        instruments=[],
        settings={"seed": 7},
        versions={"argosy": "0"},
    )


def test_a_manifest_is_read_back(tmp_path: Path) -> None:
    write_manifest(tmp_path, manifest())
    assert manifest() == read_manifest(tmp_path)
    assert [MANIFEST] == [path.name for path in tmp_path.iterdir()]
    assert "000-quote" == manifest().channels[0].folder


def test_a_folder_without_a_manifest_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"there is no record here\. Name the folder of one run"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "5", '{"format": "else", "version": 1}', '{"format": "argosy-record"}'],
)
def test_a_damaged_manifest_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(DataError, match="the manifest is damaged") as caught:
        read_manifest(tmp_path)
    assert str(tmp_path / MANIFEST) in str(caught.value)


def test_a_manifest_that_lacks_a_key_is_damaged(tmp_path: Path) -> None:
    write_manifest(tmp_path, manifest())
    found = json.loads((tmp_path / MANIFEST).read_text())
    del found["seed"]
    (tmp_path / MANIFEST).write_text(json.dumps(found))
    with pytest.raises(DataError, match=r"damaged \(.*seed"):
        read_manifest(tmp_path)


def test_a_record_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text('{"format": "argosy-record", "version": 2}')
    with pytest.raises(DataError, match="layout 2; this version of Argosy knows 1"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("sync", [False, True])
def test_marks_come_to_the_newest_of_each_reel(tmp_path: Path, sync: bool) -> None:  # noqa: FBT001
    marks = MarkFile(tmp_path, sync=sync)
    marks.cut(10, {"a": Mark(0, 5, 1), "b": Mark(0, 7, 2)})
    marks.cut(20, {"a": Mark(1, 3, 4)})
    marks.cut(None, {})
    found = read_marks(tmp_path)
    assert {"a": Mark(1, 3, 4), "b": Mark(0, 7, 2)} == found.reels
    assert (20, False, None) == (found.before_ns, found.is_ended, found.error)
    marks.end("no more")
    marks.close()
    found = read_marks(tmp_path)
    assert (True, "no more") == (found.is_ended, found.error)


def test_a_mark_that_is_cut_off_counts_for_nothing(tmp_path: Path) -> None:
    marks = MarkFile(tmp_path, sync=False)
    marks.cut(10, {"a": Mark(0, 5, 1)})
    marks.cut(20, {"a": Mark(0, 9, 2)})
    marks.close()
    whole = (tmp_path / MARKS).read_bytes()
    first = whole.index(b"\n") + 1
    for end in range(first, len(whole)):
        (tmp_path / MARKS).write_bytes(whole[:end])
        assert {"a": Mark(0, 5, 1)} == read_marks(tmp_path).reels
    (tmp_path / MARKS).write_bytes(whole)
    assert {"a": Mark(0, 9, 2)} == read_marks(tmp_path).reels


@pytest.mark.parametrize("line", ["{", "[1]", "{}", '{"before_ns": 1, "reels": {"a": [1]}}'])
def test_a_damaged_mark_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / MARKS).write_text(f'{{"before_ns": 1, "reels": {{}}}}\n{line}\n')
    with pytest.raises(DataError, match=r"marks\.jsonl:2: the mark is damaged"):
        read_marks(tmp_path)


def test_without_marks_nothing_was_flushed(tmp_path: Path) -> None:
    found = read_marks(tmp_path)
    assert ({}, None, False) == (found.reels, found.before_ns, found.is_ended)
    with held(tmp_path):
        pass


def test_a_record_that_is_being_written_is_not_lent(tmp_path: Path) -> None:
    marks = MarkFile(tmp_path, sync=False)
    with (
        pytest.raises(DataError, match="another process is at work on this record"),
        held(tmp_path),
    ):
        pass
    marks.close()
    with held(tmp_path):
        pass
