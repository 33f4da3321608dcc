import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from argosy.cli import stored
from tests.host.cli.conftest import Line

ROWS = [
    {
        "run_id": "r2",
        "name": "demo",
        "mode": "backtest",
        "started": "2026-01-02 03:04:05.678901",
        "is_complete": False,
        "events": 12,
        "event_log_hash": "ab",
    }
]


class Shelf:
    """A catalog that keeps what it was asked."""

    asked: Any = None

    def __enter__(self) -> "Shelf":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def sql(self, query: str, parameters: Any) -> Any:
        Shelf.asked = parameters
        return pa.Table.from_pylist(ROWS)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "open_catalog", lambda folder: Shelf())


@pytest.mark.usefixtures("shelf")
def test_runs_are_listed_newest_first(line: Line) -> None:
    result = line("runs", "--limit", "3")
    assert 0 == result.exit_code
    assert "r2" in result.stdout
    assert "2026-01-02 03:04:05" in result.stdout
    assert "incomplete" in result.stdout
    assert {"limit": 3} == Shelf.asked


@pytest.mark.usefixtures("shelf")
def test_runs_as_json(line: Line) -> None:
    assert {"runs": ROWS} == json.loads(line("runs", "--json").stdout)


def test_a_missing_catalog_is_named_with_the_cure(line: Line) -> None:
    result = line("runs", "--catalog", "nowhere")
    assert 2 == result.exit_code
    assert result.stderr.startswith("error: nowhere: no catalog here. Load data with")


def test_the_environment_may_name_the_catalog(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOSY_CATALOG", "elsewhere")
    assert "error: elsewhere: no catalog here" in line("runs").stderr
    assert not Path("elsewhere").exists()
