"""``argosy runs``, as the command line runs it."""

import json
from pathlib import Path

import pytest

from argosy_catalog import ParquetDataCatalog
from tests.catalog.commands.conftest import Run
from tests.catalog.samples import SECOND, T0


@pytest.fixture
def held(catalog: ParquetDataCatalog, folder: Path) -> Path:
    """A catalog with three runs, the newest of which did not end."""
    for number in (1, 2, 3):
        run = {
            "run_id": f"r{number}",
            "name": "demo",
            "mode": "backtest",
            "started_at": T0 + number * SECOND,
            "is_complete": number < 3,
            "events": 12,
            "event_log_hash": "ab",
        }
        catalog.write_run(run, {})
    return folder


def test_runs_are_listed_newest_first(run: Run, held: Path) -> None:
    code, out, _ = run("runs", "--catalog", held, "--limit", 2)
    assert 0 == code
    title, newest, before = (line.split() for line in out.splitlines())
    assert ["run", "system", "mode", "started", "(UTC)", "events", "state"] == title
    assert ["r3", "demo", "backtest", "2024-01-01", "00:00:03", "12", "incomplete"] == newest
    assert ["r2", "complete"] == [before[0], before[-1]]


def test_runs_as_json(run: Run, held: Path) -> None:
    _, out, _ = run("runs", "--json", "--catalog", held, "--limit", 1)
    expected = {
        "run_id": "r3",
        "name": "demo",
        "mode": "backtest",
        "started": "2024-01-01 00:00:03",
        "is_complete": False,
        "events": 12,
        "event_log_hash": "ab",
    }
    assert {"runs": [expected]} == json.loads(out)


def test_a_missing_catalog_is_named_with_the_cure(run: Run, tmp_path: Path) -> None:
    code, _, err = run("runs", "--catalog", tmp_path / "nowhere")
    assert 2 == code
    assert f"error: {tmp_path / 'nowhere'}: no catalog here. Load data with `argosy" in err


def test_the_environment_may_name_the_catalog(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARGOSY_CATALOG", "elsewhere")
    assert "error: elsewhere: no catalog here" in run("runs")[2]
    assert not Path("elsewhere").exists()
