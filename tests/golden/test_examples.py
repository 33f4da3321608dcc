"""Each system in config/ runs as a backtest once the demo data are loaded, and gives its hash.

The hashes hold for every machine of one platform. Where a change is meant to alter results, write
them anew with ``ARGOSY_RENEW_GOLDEN=1 pytest -m "" tests/golden/test_examples.py``, and say why in
the commit. The default suite trades a part of the generated series, ``make slow`` all of it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from argosy.testing import demo
from tests.acceptance.kit import Project
from tests.pure import PROJECT

EXAMPLES = sorted(path.stem for path in (PROJECT / "config").glob("*.toml"))
HASHES = PROJECT / "tests/golden/hashes.json"
RENEW = os.environ.get("ARGOSY_RENEW_GOLDEN", "0") not in {"", "0"}


PART = 30_000
"""Quotes of the series that the default suite trades."""


def load(folder: Path, project: Path, quotes: int) -> Project:
    """Make a copy of the project's systems, with the demo data."""
    for name in ("config", "strategies"):
        (folder / name).symlink_to(project / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(demo, "QUOTES", quotes)
        demo.main()
    return Project(folder)


def hash_of(name: str, found: str) -> str:
    """Return the hash that is expected under a name; the one found where they are renewed."""
    hashes: dict[str, str] = json.loads(HASHES.read_text())
    if RENEW:
        hashes[name] = found
        HASHES.write_text(json.dumps(hashes, indent=2) + "\n")
    return hashes[name]


@pytest.fixture(scope="module")
def loaded(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project's systems, with the demo data and a part of the series."""
    return load(tmp_path_factory.mktemp("examples"), project, PART)


@pytest.fixture(scope="module")
def results(loaded: Project) -> dict[str, dict[str, Any]]:
    """What each example comes to, by its name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(loaded.folder)
        return {name: loaded.json("run", f"config/{name}.toml") for name in EXAMPLES}


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_runs_to_its_end(results: dict[str, dict[str, Any]], name: str) -> None:
    result = results[name]
    assert (True, None) == (result["is_complete"], result["error"])
    assert 100 < result["fills"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_gives_the_event_log_it_always_gave(
    results: dict[str, dict[str, Any]], name: str
) -> None:
    found = results[name]["event_log_hash"]
    assert hash_of(name, found) == found


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_checked_without_a_warning(
    loaded: Project, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(loaded.folder)
    result = loaded.line("check", f"config/{name}.toml")
    assert (0, "ok", "") == (result.exit_code, result.stdout.splitlines()[-1], result.stderr)


@pytest.mark.slow
def test_the_whole_series_has_more_than_a_thousand_fills(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = load(tmp_path, project, demo.QUOTES)
    monkeypatch.chdir(tmp_path)
    result = made.json("run", "config/series.toml")
    assert 1_000 < result["fills"]
    assert hash_of("series, whole", result["event_log_hash"]) == result["event_log_hash"]


def test_every_run_is_in_the_catalog(loaded: Project, results: dict[str, dict[str, Any]]) -> None:
    rows = loaded.sql("SELECT name, event_log_hash, is_complete FROM runs ORDER BY name")
    assert [(name, results[name]["event_log_hash"], True) for name in EXAMPLES] == [
        (row["name"], row["event_log_hash"], row["is_complete"]) for row in rows
    ]
