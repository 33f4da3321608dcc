"""``argosy catalog expire``, as the command line runs it."""

from pathlib import Path

from argosy.model.data import QuoteTick
from argosy_catalog import ParquetDataCatalog
from tests.catalog.commands.conftest import Run
from tests.catalog.samples import T0, event_rows, files_under, quotes


def test_it_says_what_goes_and_what_stays_for_runs(
    run: Run, catalog: ParquetDataCatalog, folder: Path
) -> None:
    catalog.write_data(quotes(2))
    catalog.write_run({"run_id": "r", "snapshot": 2}, {}, [event_rows(1)])
    catalog.delete(QuoteTick, "GBP/USD.SIM", T0, T0)
    (event, *data) = sorted(files_under(folder), key=lambda name: name[:4] == "2024")
    orphan = folder / "data" / "market" / f"2024-01-01-{'0' * 16}-00000000.parquet"
    orphan.write_bytes(b"")
    sign = folder / "writing" / ("0" * 16)
    sign.touch()
    line = ("catalog", "expire", "--catalog", folder, "--older-than", "0d")
    code, out, _ = run(*line, "--dry-run", "--orphans-older-than", "0d")
    lines = ["snapshots would go: 0, 1, 3", "kept for runs: 2", f"would go: {orphan}"]
    assert (0, lines) == (code, out.splitlines())
    code, out, _ = run(*line)
    assert (0, ["snapshots gone: 0, 1, 3", "kept for runs: 2"]) == (code, out.splitlines())
    assert orphan.exists()
    sign.unlink()
    code, out, err = run(*line, "--orphans-older-than", "0d")
    assert (0, True) == (code, orphan.exists())
    assert f"kept: 1 files, such as {orphan}: no snapshot here knows them" in err
    sign.touch()
    assert f"gone: {orphan}" in run(*line, "--orphans-older-than", "0d")[1]
    assert sorted([event, *data]) == files_under(folder)


def test_fewer_than_none_cannot_be_kept(run: Run, folder: Path) -> None:
    code, _, err = run("catalog", "expire", "--catalog", folder, "--keep", "-3")
    assert (2, True) == (code, "-3 is not in the range x>=0" in err)


def test_it_says_what_is_being_read(run: Run, catalog: ParquetDataCatalog, folder: Path) -> None:
    catalog.write_data(quotes(2))
    streams = catalog.streams(QuoteTick)
    catalog.delete(QuoteTick, "GBP/USD.SIM", T0, T0)
    line = ("catalog", "expire", "--catalog", folder, "--older-than", "0d")
    code, out, _ = run(*line)
    lines = ["snapshots gone: 0, 1", "held by 1 run in progress: 2"]
    assert (0, lines) == (code, out.splitlines())
    del streams
    _, out, _ = run(*line)
    assert "snapshots gone: 2" == out.splitlines()[0]
