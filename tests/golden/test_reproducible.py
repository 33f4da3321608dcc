"""Equal systems, data and seeds give equal event logs, byte for byte, however they are run."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.kit import Project
from tests.golden.kit import SYSTEM, batches_of, load, run, run_apart

LEAST_FILLS = 1_000


@pytest.fixture(scope="module")
def golden(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with the data of the golden system."""
    return load(tmp_path_factory.mktemp("golden"), project)


@pytest.fixture(scope="module")
def first(golden: Project) -> Any:
    """The run that all others are compared with."""
    return run(golden)


def test_the_run_trades_enough_to_mean_something(first: Any) -> None:
    assert LEAST_FILLS <= first.fills
    assert first.is_complete
    assert {"OrderFilled", "OrderExpired", "OrderCanceled", "OrderDenied"} <= {
        kind for _, _, kind, _ in first.log.rows()
    }


@pytest.mark.parametrize("rows", [1, pytest.param(7, marks=pytest.mark.slow), 65_536])
def test_the_size_of_batches_does_not_matter(golden: Project, first: Any, rows: int) -> None:
    assert first.log.to_bytes() == run(golden, batches_of(rows)).log.to_bytes()


@pytest.mark.parametrize("seed", [pytest.param("0", marks=pytest.mark.slow), "1"])
def test_neither_the_process_nor_its_hash_order_matters(
    golden: Project, first: Any, seed: str
) -> None:
    result = run_apart(golden, SYSTEM, PYTHONHASHSEED=seed)
    assert first.event_log_hash == result["event_log_hash"]
    assert (first.orders, first.fills, first.positions) == tuple(
        result[name] for name in ("orders", "fills", "positions")
    )


def test_nothing_that_does_not_act_matters(golden: Project, tmp_path: Path, first: Any) -> None:
    elsewhere = tmp_path / "a folder of another name"
    shutil.copytree(golden.folder, elsewhere, symlinks=True)
    text = SYSTEM.replace("# A comment.", "# Another one,\n# of two lines.")
    text = text.replace('name = "golden"', 'name = "gilded"')
    text = text.replace("[run]\n", '[run]\nequity_interval = "1h"\n')
    result = run(Project(elsewhere), text, name="config/deep/inside/gilded.toml")
    assert first.event_log_hash == result.event_log_hash
    assert first.run_id != result.run_id
