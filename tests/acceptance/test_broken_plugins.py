"""A plugin that cannot be imported is listed with its error and blocks only who needs it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.kit import Project
from tests.acceptance.small import PLACE, SYSTEM

FEES = """\
import a_module_that_nobody_has

from argosy.hookspecs import hookimpl


@hookimpl
def register_fee_models(register):
    register("wrecked", lambda settings: None)
"""


@pytest.fixture
def wreck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install a distribution whose plugin fails to import, the way pip leaves it."""
    site = tmp_path / "site"
    info = site / "argosy_wreck-0.1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: argosy-wreck\nVersion: 0.1\n")
    (info / "entry_points.txt").write_text("[argosy]\nwreck = argosy_wreck\n")
    (site / "argosy_wreck.py").write_text(FEES)
    monkeypatch.syspath_prepend(str(site))
    yield
    sys.modules.pop("argosy_wreck", None)


@pytest.mark.usefixtures("wreck")
def test_it_is_listed_with_its_error(scratch: Project) -> None:
    result = scratch.line("plugins")
    assert 0 == result.exit_code
    shown = " ".join(result.output.split())
    assert "wreck" in shown
    assert "a_module_that_nobody_has" in shown


@pytest.mark.usefixtures("wreck")
def test_systems_that_do_not_need_it_run(small: Project) -> None:
    assert small.json("run", PLACE)["is_complete"]


@pytest.mark.usefixtures("wreck")
def test_systems_that_name_its_part_are_told_why_there_is_none(scratch: Project) -> None:
    scratch.write(PLACE, SYSTEM.replace('use = "maker_taker"', 'use = "wrecked"'))
    result = scratch.line("run", PLACE)
    assert (2, "") == (result.exit_code, result.stdout)
    shown = " ".join(result.stderr.split())
    assert f"error: {PLACE}:10: venues.SIM.simulate.fees.use: unknown fee model 'wrecked'" in shown
    assert "wreck" in shown.replace("wrecked", "")
    assert "a_module_that_nobody_has" in shown
    assert "Traceback" not in shown


def test_a_strategy_file_that_cannot_be_imported_is_named(scratch: Project) -> None:
    scratch.write("strategies/broken.py", "from argosy import NoSuchName\n")
    scratch.write(PLACE, SYSTEM.replace('use = "ema_cross"', 'use = "broken"'))
    result = scratch.line("run", PLACE)
    assert (2, "") == (result.exit_code, result.stdout)
    assert "strategies/broken.py" in result.stderr
    assert "NoSuchName" in result.stderr
    assert "Traceback" not in result.stderr
