"""Old snapshots go; what a run has read stays, and so does the work of living writers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy.model.data import QuoteTick
from argosy.serialization.arrow import to_batch
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.kinds import QUOTES, Table
from argosy_catalog.lake.lake import METADATA, CommitError
from argosy_catalog.upkeep.expiry import ago
from argosy_catalog.write.writer import MarketWriter
from tests.catalog.samples import GBPUSD, SECOND, T0, event_rows, files_under, quotes

TABLE = Table.of(QUOTES, 5, 0)
DIE = """
import os, signal, sys
from argosy.serialization.arrow import to_batch
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.kinds import QUOTES, Table
from tests.catalog.samples import GBPUSD, quotes

writer = ParquetDataCatalog(sys.argv[1]).writer()
writer.append(Table.of(QUOTES, 5, 0), GBPUSD, to_batch(quotes(9)))
for series in writer._series.values():
    series.end()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_snapshot_that_a_run_has_read_survives_and_replays(
    catalog: ParquetDataCatalog, folder: Path
) -> None:
    catalog.write_data(quotes(6))
    read = catalog.snapshot()
    before = catalog.quote_ticks()
    catalog.write_run({"run_id": "r", "snapshot": read}, {}, [event_rows(2)])
    catalog.delete(QuoteTick, "GBP/USD.SIM", T0, T0 + 2 * SECOND)
    catalog.compact()
    catalog.delete(QuoteTick, "GBP/USD.SIM", T0 + 4 * SECOND)
    would = catalog.expire(ago(0), dry_run=True)
    found = catalog.expire(ago(0))
    assert [read] == found.named_by_runs
    assert (would.snapshots, []) == (found.snapshots, would.files)
    assert 1 == len(found.files)
    kept = [each.number for each in catalog.history()]
    assert read in kept
    (stream,) = catalog.at(read).streams(QuoteTick, "GBP/USD.SIM")
    assert before == catalog.at(read).quote_ticks()
    assert 6 == sum(batch.num_rows for batch in stream.batches())
    with pytest.raises(CatalogError, match=f"no snapshot {found.snapshots[-1]}"):
        catalog.at(found.snapshots[-1])
    assert [] == catalog.verify().findings


def test_young_snapshots_and_the_newest_stay(catalog: ParquetDataCatalog) -> None:
    catalog.write_data(quotes(1))
    assert [] == catalog.expire().snapshots
    assert [] == catalog.expire(ago(0), keep=3).snapshots
    assert [0] == catalog.expire(ago(0), keep=2).snapshots
    assert [1, 2] == [each.number for each in catalog.history()]


@pytest.mark.slow
def test_files_of_a_dead_writer_go_those_of_a_living_one_stay(
    catalog: ParquetDataCatalog, folder: Path, project: Path
) -> None:
    command = [sys.executable, "-c", DIE, str(folder)]
    assert -9 == subprocess.run(command, cwd=project, check=False).returncode
    (orphan,) = files_under(folder)
    foreign = folder / "data" / "market" / "mine.parquet"
    foreign.write_bytes(b"mine")
    living = catalog.writer()
    living.append(TABLE, GBPUSD, to_batch(quotes(3)))
    for series in living._series.values():
        series.end()
    assert [] == catalog.clear_orphans()  # a day old they are not
    assert [orphan] == [Path(path).name for path in catalog.clear_orphans(ago(0), dry_run=True)]
    assert [orphan] == [Path(path).name for path in catalog.clear_orphans(ago(0))]
    assert 3 == living.commit()
    assert 3 == len(catalog.quote_ticks())
    assert foreign.exists()
    assert [] == catalog.clear_orphans(ago(0))
    assert [] == list((folder / "writing").iterdir())


def test_files_that_other_metadata_lists_are_never_removed(
    catalog: ParquetDataCatalog, folder: Path, tmp_path: Path
) -> None:
    catalog.write_data(quotes(3))
    catalog.close()
    other = tmp_path / "other.sqlite"
    shutil.copy(folder / METADATA, other)  # as from an old backup
    catalog.write_data(quotes(3, start=T0 + 100 * SECOND))
    catalog.close()
    with ParquetDataCatalog(folder, metadata=other) as stranger:
        assert 1 == len(stranger.unlisted())
        assert [] == stranger.clear_orphans("2100-01-01")
        stranger.expire("2100-01-01")
    assert 6 == len(catalog.quote_ticks())
    assert [] == catalog.unlisted()


def test_a_commit_of_unknown_end_leaves_files_that_can_be_cleared_away(
    catalog: ParquetDataCatalog, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: MarketWriter) -> None:
        raise CommitError("the commit failed")

    with monkeypatch.context() as patch:
        patch.setattr(MarketWriter, "_register", fail)
        with pytest.raises(CommitError):
            catalog.write_data(quotes(3))
    (file,) = (folder / "data").rglob("*.parquet")
    assert [] == catalog.unlisted()
    assert [str(file)] == catalog.clear_orphans("2100-01-01")


def test_age_protects_where_no_sign_can(
    catalog: ParquetDataCatalog, folder: Path, tmp_path: Path
) -> None:
    file = folder / "data" / "market" / f"2024-01-01-{'0' * 16}-00000000.parquet"
    file.parent.mkdir()
    file.write_bytes(b"")
    (folder / "writing").mkdir()
    (folder / "writing" / ("0" * 16)).touch()  # its lock is held on another machine
    os.utime(file, (T0 // SECOND, T0 // SECOND))
    assert [] == catalog.clear_orphans("2023-12-31")
    assert [str(file)] == catalog.clear_orphans("2024-01-02")
