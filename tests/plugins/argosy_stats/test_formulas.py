"""Every statistic is registered, is made late, and computes what its function does."""

import inspect
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

import argosy_stats
from argosy.model.enums import OrderSide
from argosy.parts.statistic import Number
from argosy.testing.statistics import check_statistic
from argosy_stats import curve, trades
from argosy_stats.formulas import FORMULAS, Formula

DAY_NS = 86_400_000_000_000


@dataclass(frozen=True)
class Closed:
    """A closed position."""

    entry: OrderSide


@dataclass(eq=False)
class Run:
    """Results of a run with something of everything."""

    currency: str = "USD"
    times: list[int] = field(default_factory=lambda: [DAY_NS * day for day in range(6)])
    equity: list[Decimal] = field(
        default_factory=lambda: [Decimal(value) for value in (100, 102, 99, 103, 101, 104)]
    )
    realized_pnls: list[Decimal] = field(default_factory=lambda: [Decimal(7), Decimal(-3)])
    positions: list[Closed] = field(
        default_factory=lambda: [Closed(OrderSide.BUY), Closed(OrderSide.SELL)]
    )
    orders: list[object] = field(default_factory=list)


def registered() -> dict[str, Callable[[], Formula]]:
    made: dict[str, Any] = {}

    def register(name: str, factory: Callable[[], Formula], *, doc: str = "") -> None:
        assert doc.endswith(".")
        made[name] = factory

    argosy_stats.register_statistics(register)  # type: ignore[arg-type]
    return made


@pytest.mark.parametrize("name", list(registered()))
def test_a_statistic_has_a_value_for_ordinary_results(name: str) -> None:
    statistic = registered()[name]()
    value: Number = statistic.calculate(Run())
    assert statistic.name == name
    assert isinstance(value, float | Decimal)


@pytest.mark.parametrize("name", list(registered()))
def test_a_statistic_keeps_to_the_contract(name: str) -> None:
    check_statistic(registered()[name])


@pytest.mark.parametrize("module", [curve, trades])
def test_each_formula_of_a_module_is_registered(module: ModuleType) -> None:
    formulas = {
        name
        for name, each in inspect.getmembers(module, inspect.isfunction)
        if each.__module__ == module.__name__ and not name.startswith("_")
    }
    found = {name for name, each in FORMULAS.items() if each.__module__ == module.__name__}
    assert formulas - {"curve_of"} == found


def test_what_is_registered_has_a_formula_in_the_same_order() -> None:
    assert list(argosy_stats.FORMULAS) == list(FORMULAS)


def test_loading_the_plugin_loads_no_formula() -> None:
    code = (
        "import sys, argosy_stats; print([n for n in sys.modules if n.startswith('argosy_stats.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_statistics_of_one_run_share_its_curve() -> None:
    results = Run()
    assert curve.curve_of(results) is curve.curve_of(results)
