from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from argosy import BacktestNode, Strategy, StrategyError
from argosy.config.choice import Choice
from argosy.config.plan import ComponentPlan
from argosy.modes.backtest.node import build_engine
from argosy.parts.registration import Part
from tests.host.run.kit import PAIR
from tests.host.run.test_assembly import Quotes, plan

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Ledger(Quotes):
    """A catalog that keeps what is written into it."""

    runs: list[tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=list)

    def write_run(self, run: dict[str, Any], tables: dict[str, Any], events: Any) -> None:
        self.runs.append((run, tables))

    def snapshot(self) -> int:
        return 7

    @contextmanager
    def hold(self) -> Iterator[int]:
        yield 7

    def close(self) -> None:
        pass


class Failing(Strategy):
    """Raises at its start."""

    def on_start(self) -> None:
        raise ValueError("no")


def node(catalog: Ledger, *strategies: type[Strategy]) -> BacktestNode:
    choice = Choice(Part("catalogs", "ledger", lambda settings: catalog))
    components = tuple(
        ComponentPlan("strategies", number, Choice(Part("strategies", kind.__name__, kind)))
        for number, kind in enumerate(strategies)
    )
    return BacktestNode(replace(plan(), catalog=choice, components=components))


def test_an_engine_has_everything_that_a_plan_names() -> None:
    engine = build_engine(plan(), Quotes(), 3)
    assert (["SIM"], [PAIR], 3) == (
        list(engine.venues),
        engine.cache.instrument_ids(),
        engine.snapshot,
    )
    assert [PAIR] == [each.key for each in engine.sources.streams]


def test_a_run_is_written_into_the_catalog_of_its_plan() -> None:
    catalog = Ledger()
    result = node(catalog).run()
    [(row, tables)] = catalog.runs
    assert (result.run_id, 7, True) == (row["run_id"], row["snapshot"], row["is_complete"])
    assert "orders" in tables


def test_a_run_that_failed_is_written_as_incomplete() -> None:
    catalog = Ledger()
    with pytest.raises(StrategyError):
        node(catalog, Failing).run()
    [(row, _)] = catalog.runs
    assert not row["is_complete"]


def test_a_check_runs_nothing() -> None:
    catalog = Ledger()
    assert ["how long the data is cannot be told before the run"] == node(catalog).check()
    assert [] == catalog.runs
