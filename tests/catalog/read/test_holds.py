"""What is being read does not expire; what nobody reads any more does, however its reader ended."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.presence import READERS, Presence
from argosy_catalog.read import holds
from argosy_catalog.upkeep.expiry import DAY_NS, ago
from tests.catalog.samples import GBPUSD, SECOND, T0, quotes

KILLED = """
import os, signal, sys
from argosy_catalog import ParquetDataCatalog

with ParquetDataCatalog(sys.argv[1]).hold():
    os.kill(os.getpid(), signal.SIGKILL)
"""


def signs(folder: Path) -> list[str]:
    return sorted(path.name.partition("-")[0] for path in (folder / READERS).glob("*"))


def let_go(catalog: ParquetDataCatalog) -> tuple[list[int], dict[int, int]]:
    """Delete the first row, let go of all old snapshots, and return which went and which not."""
    catalog.delete(QuoteTick, "GBP/USD.SIM", T0, T0)
    found = catalog.expire(ago(0))
    return found.snapshots, found.held


def test_a_stream_holds_its_snapshot_as_long_as_it_is_there(
    catalog: ParquetDataCatalog, folder: Path
) -> None:
    catalog.write_data(quotes(6))
    read = catalog.snapshot()
    (stream,) = catalog.streams(QuoteTick, GBPUSD)
    (other,) = catalog.streams(QuoteTick, GBPUSD)
    assert [str(read)] == signs(folder)  # one for all that this catalog lends
    with ParquetDataCatalog(folder, read_only=True, snapshot=read) as second:
        (third,) = second.streams(QuoteTick, GBPUSD)
        gone, held = let_go(catalog)
        assert {read: 2} == held
        assert read not in gone
        del third
    del other
    assert {read: 1} == let_go(catalog)[1]
    assert 6 == sum(batch.num_rows for batch in stream.batches())
    del stream
    assert [] == signs(folder)
    assert ([read], {}) == let_go(catalog)


def test_a_block_holds_the_newest_snapshot(catalog: ParquetDataCatalog, folder: Path) -> None:
    catalog.write_data(quotes(6))
    with catalog.hold() as read:
        assert catalog.snapshot() == read
        assert {read: 1} == let_go(catalog)[1]
        assert {read: 1} == catalog.expire(ago(0), dry_run=True).held
        catalog.write_run({"run_id": "R-1", "snapshot": read}, {})
        found = catalog.expire(ago(0))
        assert ([read], {}) == (found.named_by_runs, found.held)
    assert [] == signs(folder)
    assert quotes(6) == catalog.at(read).quote_ticks()


def test_a_snapshot_that_was_passed_before_its_sign_was_seen_is_not_the_one(
    catalog: ParquetDataCatalog, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.write_data(quotes(6))
    first, enter = catalog.snapshot(), Presence.enter

    def enter_late(self: Presence) -> None:
        monkeypatch.undo()
        with ParquetDataCatalog(folder) as other:
            assert first in let_go(other)[0]
        enter(self)

    monkeypatch.setattr(Presence, "enter", enter_late)
    with catalog.hold() as read:
        assert first < read == catalog.snapshot()
        assert [str(read)] == signs(folder)


def test_a_killed_reader_holds_nothing(
    catalog: ParquetDataCatalog, folder: Path, project: Path
) -> None:
    catalog.write_data(quotes(6))
    read = catalog.snapshot()
    command = [sys.executable, "-c", KILLED, str(folder)]
    assert -9 == subprocess.run(command, cwd=project, check=False).returncode
    assert [str(read)] == signs(folder)
    gone, held = let_go(catalog)
    assert ({}, True) == (held, read in gone)
    assert [] == signs(folder)


def test_a_sign_whose_lock_cannot_be_seen_counts_for_a_week(
    catalog: ParquetDataCatalog, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lake, "is_local", False)
    catalog.write_data(quotes(6))
    read = catalog.snapshot()
    sign = folder / READERS / f"{read}-{'0' * 16}"
    sign.parent.mkdir()
    sign.touch()
    (folder / READERS / "notes.txt").touch()
    assert {read: 1} == let_go(catalog)[1]
    week_ago = (time.time_ns() - 7 * DAY_NS) / SECOND
    os.utime(sign, (week_ago, week_ago))
    gone, held = let_go(catalog)
    assert ({}, True, False) == (held, read in gone, sign.exists())


def test_where_no_sign_can_be_shown_what_is_gone_is_told(
    catalog: ParquetDataCatalog, folder: Path
) -> None:
    (folder / READERS).write_text("in the way")
    catalog.write_data(quotes(6))
    read = catalog.snapshot()
    old = catalog.at(read)
    (stream,) = old.streams(QuoteTick, GBPUSD)
    (ahead,) = old.streams(QuoteTick, GBPUSD, prefetch=2)
    (file,) = stream.files
    gone, held = let_go(catalog)
    assert ({}, True) == (held, read in gone)
    assert not file.path.is_file()
    attempts: list[Callable[[], object]] = [
        stream.check,
        lambda: list(stream.batches()),
        lambda: list(ahead.batches()),
        old.quote_ticks,
        old.holdings,
        old.coverage,
        old.instruments,
        lambda: catalog.streams(QuoteTick, GBPUSD, snapshot=read),
        lambda: old.hold().__enter__(),
    ]
    for attempt in attempts:
        with pytest.raises(CatalogError, match=f"no snapshot {read}: it has expired") as caught:
            attempt()
        assert "argosy catalog history" in str(caught.value)
    with pytest.raises(CatalogError, match="no snapshot 99: the newest is"):
        catalog.streams(QuoteTick, GBPUSD, snapshot=99)
    old.close()


def test_a_file_that_is_lost_is_told_as_such(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(6))
    (stream,) = catalog.streams(QuoteTick, GBPUSD)
    stream.files[0].path.unlink()
    with pytest.raises(CatalogError, match="a file of the catalog is missing"):
        list(stream.batches())


def test_a_forked_process_leaves_the_signs_of_its_parent(tmp_path: Path) -> None:
    presence = Presence(tmp_path, snapshot=3)
    presence.enter()
    holds._leave(presence, os.getpid() + 1)
    assert ["3"] == signs(tmp_path)
    holds._leave(presence, os.getpid())
    assert [] == signs(tmp_path)


def test_to_hold_what_is_not_there_makes_no_folder(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    catalog = ParquetDataCatalog(folder)
    with catalog.hold() as read:
        assert 0 == read
    assert not folder.exists()


def test_nobody_reads_a_catalog_that_nobody_opened(lake: Lake) -> None:
    assert Counter() == holds.readers(lake)
