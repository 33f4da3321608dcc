"""``argosy catalog verify``, as the command line runs it."""

import json
from pathlib import Path

from argosy_catalog import ParquetDataCatalog
from tests.catalog.commands.conftest import Run
from tests.catalog.samples import quotes


def test_a_broken_file_ends_with_exit_code_1_its_place_and_a_cure(
    run: Run, catalog: ParquetDataCatalog, folder: Path
) -> None:
    catalog.write_data(quotes(2))
    line = ("catalog", "verify", "--catalog", folder)
    assert (0, "", "1 files with 2 rows: all of them right\n") == run(*line)
    (file,) = folder.rglob("*.parquet")
    whole = file.read_bytes()
    file.write_bytes(whole[:-1])
    code, out, err = run(*line, "--format", "json")
    (row,) = json.loads(out)
    assert (1, "broken", str(file)) == (code, row["state"], row["place"])
    assert f"it has {len(whole) - 1:,} bytes" in row["problem"]
    assert row["cure"].startswith("Put the file back from a backup: it holds quotes of GBP/USD.SIM")
    assert "1 files with 2 rows: 1 broken\n" == err
    file.write_bytes(whole)
    assert 0 == run(*line)[0]


def test_what_was_forgotten_is_said_and_does_not_fail_again(
    run: Run, catalog: ParquetDataCatalog, folder: Path
) -> None:
    catalog.write_data(quotes(2))
    catalog.close()
    (file,) = folder.rglob("*.parquet")
    file.unlink()
    line = ("catalog", "verify", "--catalog", folder)
    assert 1 == run(*line)[0]
    code, out, err = run(*line, "--forget-broken")
    assert (0, "GBP/USD.SIM: 2 quotes are lost; load them again") == (code, out.splitlines()[0])
    assert "1 files with 2 rows: 1 forgotten\n" == err
    code, out, _ = run(*line, "--format", "json")
    (row,) = json.loads(out)
    assert (0, "forgotten") == (code, row["state"])
    assert row["problem"].startswith("forgotten: the file is missing; only snapshots before")
    assert "--forget-broken" not in row["cure"]
