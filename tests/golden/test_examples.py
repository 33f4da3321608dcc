"""Each system in config/ runs as a backtest once the demo data are loaded, and gives its hash.

The hashes hold for every machine of one platform. Where a change is meant to alter results, write
them anew with ``ARGOSY_RENEW_GOLDEN=1 pytest tests/golden/test_examples.py``, and say why in the
commit.
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


@pytest.fixture(scope="module")
def loaded(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project's systems, with the demo data."""
    folder = tmp_path_factory.mktemp("examples")
    for name in ("config", "strategies"):
        (folder / name).symlink_to(project / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        demo.main()
    return Project(folder)


@pytest.fixture(scope="module")
def results(loaded: Project) -> dict[str, dict[str, Any]]:
    """What each example comes to, by its name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(loaded.folder)
        found = {name: loaded.json("run", f"config/{name}.toml") for name in EXAMPLES}
    if RENEW:
        hashes = {name: each["event_log_hash"] for name, each in found.items()}
        HASHES.write_text(json.dumps(hashes, indent=2) + "\n")
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_runs_to_its_end(results: dict[str, dict[str, Any]], name: str) -> None:
    result = results[name]
    assert (True, None) == (result["is_complete"], result["error"])
    assert 100 < result["fills"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_gives_the_event_log_it_always_gave(
    results: dict[str, dict[str, Any]], name: str
) -> None:
    assert json.loads(HASHES.read_text())[name] == results[name]["event_log_hash"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_checked_without_a_warning(
    loaded: Project, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(loaded.folder)
    result = loaded.line("check", f"config/{name}.toml")
    assert (0, "ok", "") == (result.exit_code, result.stdout.splitlines()[-1], result.stderr)


def test_one_example_has_more_than_a_thousand_fills(results: dict[str, dict[str, Any]]) -> None:
    assert 1_000 < max(result["fills"] for result in results.values())


def test_every_run_is_in_the_catalog(loaded: Project, results: dict[str, dict[str, Any]]) -> None:
    rows = loaded.sql("SELECT name, event_log_hash, is_complete FROM runs ORDER BY name")
    assert [(name, results[name]["event_log_hash"], True) for name in EXAMPLES] == [
        (row["name"], row["event_log_hash"], row["is_complete"]) for row in rows
    ]
