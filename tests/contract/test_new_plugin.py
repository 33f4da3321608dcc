"""What ``argosy new plugin`` writes passes the project's own checks, installs and is used."""

import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.contract import reef
from tests.contract.scratch import Scratch
from tests.contract.sources import BUY_ONCE, CURRENCY_PAIR, ingest, system

pytestmark = pytest.mark.slow

RATE = Decimal("0.0005")


@pytest.fixture(scope="module")
def scratch(make_scratch: Callable[[], Scratch]) -> Scratch:
    return make_scratch()


@pytest.fixture(scope="module")
def plugin(scratch: Scratch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the command wrote."""
    folder = tmp_path_factory.mktemp("new")
    scratch.argosy("new", "plugin", "harbour-dues", "--part", "fee_model", cwd=folder)
    return folder / "argosy-harbour-dues"


@pytest.mark.parametrize(
    "line",
    [
        ("ruff", "check", "--config", "RULES", "."),
        ("ruff", "format", "--config", "RULES", "--check", "."),
        ("mypy", "."),
        ("pytest", "-q", "-W", "error"),
    ],
    ids=lambda line: "-".join(line[:2]).strip("-."),
)
def test_a_new_plugin_passes(line: tuple[str, ...], plugin: Path, project: Path) -> None:
    rules = str(project / "pyproject.toml")
    done = subprocess.run(
        [sys.executable, "-m", *(rules if each == "RULES" else each for each in line)],
        cwd=plugin,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout + done.stderr


def test_a_new_plugin_installs_and_a_system_uses_it(
    scratch: Scratch, plugin: Path, tmp_path: Path
) -> None:
    scratch.install(plugin)
    rows = reef.quotes(100)
    ingest(scratch, rows, tmp_path)
    fees = f'fees = {{ use = "harbour_dues", rate = "{RATE}" }}'
    (tmp_path / "strategies").mkdir()
    (tmp_path / "strategies/buy_once.py").write_text(BUY_ONCE)
    (tmp_path / "new.toml").write_text(
        system(CURRENCY_PAIR, '[[strategies]]\nuse = "buy_once"\n', fees=fees)
    )
    scratch.argosy("run", "new.toml", cwd=tmp_path)
    (fill,) = scratch.argosy(
        "sql", "SELECT last_px, last_qty, commission FROM fills", "--format", "json", cwd=tmp_path
    ).json
    notional = Decimal(fill["last_px"]) * Decimal(fill["last_qty"])
    assert (notional * RATE).quantize(Decimal("0.01")) == Decimal(fill["commission"])
