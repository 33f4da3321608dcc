"""A type checker tells a stranger whether a part is what its kind asks for, from the wheel."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from argosy.parts.registration import LABELS
from tests.contract.scratch import Scratch
from tests.contract.sources import DISTRIBUTIONS

pytestmark = pytest.mark.slow

WITHOUT_CONTRACT = {
    "stores",
    "calendars",
    "venues",
    "simulation_modules",
    "simulators",
    "data_kinds",
}
"""Kinds whose contract comes with their first part, or lies elsewhere."""
CONTRACTS = {
    "commands": ("command", "Command", "[]"),
    "catalogs": ("catalog", "Catalog", None),
    "loaders": ("loader", "Loader", None),
    "sinks": ("sink", "Sink", None),
    "fill_models": ("fill_model", "FillModel", None),
    "fee_models": ("fee_model", "FeeModel", None),
    "latency_models": ("latency_model", "LatencyModel", None),
    "margin_models": ("margin_model", "MarginModel", None),
    "order_types": ("order_type", "Trigger", "[OrderInitialized, Instrument]"),
    "bar_aggregations": (
        "bar_aggregation",
        "Aggregator",
        "[BarType, int, int, BarOptions, int]",
    ),
    "risk_rules": ("risk_rule", "RiskRule", "[Any, RiskContext]"),
    "strategies": ("strategy", "Component", "..."),
    "statistics": ("statistic", "Statistic", "[]"),
}
"""Kind -> file, class and what a factory gets, where it is not its settings."""
HEAD = """\
from typing import Any

from argosy import BarType, Instrument, OrderInitialized
from argosy.hookspecs import Register, hookimpl
from argosy.parts.bar_aggregation import BarOptions
from argosy.parts.risk_rule import RiskContext
from argosy.parts.{file} import {contract}


class Wrong:
    pass


def build({arguments}) -> Wrong:
    return Wrong()


@hookimpl
def register_{kind}(register: "Register[{types}]") -> None:
    register("wrong", build)
"""


@pytest.fixture(scope="module")
def scratch(make_scratch: Callable[[], Scratch]) -> Scratch:
    return make_scratch()


def check(scratch: Scratch, folder: Path, *what: str) -> subprocess.CompletedProcess[str]:
    """Run mypy over sources, against what a venv has installed."""
    line = ["-m", "mypy", "--strict", "--python-executable", str(scratch.python), *what]
    cache = ["--cache-dir", str(scratch.folder / "types")]
    return subprocess.run(
        [sys.executable, *line, *cache], cwd=folder, capture_output=True, text=True, check=False
    )


def test_a_part_of_every_kind_type_checks_against_the_contracts(scratch: Scratch) -> None:
    done = check(scratch, DISTRIBUTIONS / "argosy-reef", "argosy_reef")
    assert 0 == done.returncode, done.stdout


def test_a_factory_of_another_type_is_refused_for_every_kind(
    scratch: Scratch, tmp_path: Path
) -> None:
    for kind, (file, contract, gets) in CONTRACTS.items():
        many = "settings: Any" if gets is None else "*given: Any"
        types = contract if gets is None else f"{contract}, {gets}"
        words = {"file": file, "contract": contract, "kind": kind, "types": types}
        (tmp_path / f"{kind}.py").write_text(HEAD.format(arguments=many, **words))
    done = check(scratch, tmp_path, *(f"{kind}.py" for kind in CONTRACTS))
    assert 1 == done.returncode, done.stdout
    for kind, (_, contract, _gets) in CONTRACTS.items():
        refused = rf"{kind}\.py:\d+: error: Argument 2 .* incompatible type .*Wrong.*{contract}"
        assert re.search(refused, done.stdout), f"{kind}: {done.stdout}"


def test_a_factory_that_takes_other_arguments_is_refused(scratch: Scratch, tmp_path: Path) -> None:
    text = (DISTRIBUTIONS / "argosy-reef/argosy_reef/__init__.py").read_text()
    twisted = text.replace(
        "def _trigger(order: OrderInitialized, instrument: Instrument)",
        "def _trigger(instrument: Instrument, order: OrderInitialized)",
    )
    assert text != twisted
    (tmp_path / "twisted.py").write_text(twisted)
    done = check(scratch, tmp_path, "twisted.py")
    expected = 'expected "Callable[[OrderInitialized, Instrument], Trigger]"'
    assert expected in done.stdout


def test_every_kind_with_a_contract_is_tried() -> None:
    assert LABELS.keys() == CONTRACTS.keys() | WITHOUT_CONTRACT
