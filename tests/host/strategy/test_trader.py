"""The trader holds the components of a run, and starts and stops them in order."""

import pytest

from argosy.errors import ConfigError, DuplicateNameError
from argosy.model.enums import ComponentState, OmsType
from argosy.model.identifiers import ComponentId, StrategyId
from argosy.strategy.actor import Actor
from argosy.strategy.config import ActorConfig, StrategyConfig
from argosy.strategy.strategy import Strategy
from argosy.strategy.trader import Trader
from tests.host.engine.kit import Desk

STEPS: list[str] = []


class Noted:
    """Notes when it is started and stopped."""

    id: str

    def on_start(self) -> None:
        """Note it."""
        STEPS.append(f"start {self.id}")

    def on_stop(self) -> None:
        """Note it."""
        STEPS.append(f"stop {self.id}")

    def on_reset(self) -> None:
        """Note it."""
        STEPS.append(f"reset {self.id}")


class Watcher(Noted, Actor):
    """An actor."""


class Cross(Noted, Strategy):
    """A strategy."""


class Other(Strategy):
    """Another one."""


@pytest.fixture
def trader() -> Trader:
    STEPS.clear()
    return Desk().trader()


def tagged(tag: str) -> StrategyConfig:
    return StrategyConfig(order_id_tag=tag)


def test_components_are_known_by_their_id_in_the_order_of_coming(trader: Trader) -> None:
    watcher, cross = Watcher(), Cross()
    for component in (watcher, cross):
        trader.add(component)
    assert [watcher, cross] == trader.components()
    assert [cross] == trader.strategies()
    assert [watcher] == trader.actors()
    assert watcher is trader.component("Watcher")
    assert cross is trader.component("Cross-000")
    assert trader.component("None") is None
    assert {ComponentState.READY} == {each.state for each in trader.components()}


def test_components_start_stop_and_reset_in_order(trader: Trader) -> None:
    for component in (Watcher(), Cross()):
        trader.add(component)
    trader.start()
    trader.stop()
    trader.reset()
    names = ["Watcher", "Cross-000"]
    assert [f"{step} {name}" for step in ("start", "stop", "reset") for name in names] == STEPS


def test_only_what_runs_is_stopped(trader: Trader) -> None:
    running, idle, faulted = (
        Watcher(ActorConfig(component_id=ComponentId(name))) for name in ("R", "I", "F")
    )
    for component in (running, idle, faulted):
        trader.add(component)
    for component in (running, faulted):
        component.start()
    faulted.fault()
    running.degrade()
    trader.stop()
    assert [ComponentState.STOPPED, ComponentState.READY, ComponentState.FAULTED] == [
        component.state for component in trader.components()
    ]


def test_two_actors_cannot_have_one_id(trader: Trader) -> None:
    trader.add(Watcher())
    with pytest.raises(DuplicateNameError, match=r"id Watcher. Give one of them another"):
        trader.add(Watcher())


def test_strategies_without_a_tag_get_the_next_free_number(trader: Trader) -> None:
    for strategy in (Cross(), Cross(), Other(), Cross(tagged("004")), Other()):
        trader.add(strategy)
    assert ["Cross-000", "Cross-001", "Other-002", "Cross-004", "Other-003"] == [
        strategy.id for strategy in trader.strategies()
    ]
    orders = {strategy.order_factory.strategy_id for strategy in trader.strategies()}
    assert 5 == len(orders)


def test_two_strategies_cannot_give_their_orders_the_same_ids(trader: Trader) -> None:
    trader.add(Cross(tagged("A")))
    message = r"strategies Cross-A and Other-A have the same order id tag 'A'. Give one"
    with pytest.raises(DuplicateNameError, match=message):
        trader.add(Other(tagged("A")))
    with pytest.raises(DuplicateNameError, match="same order id tag 'A'"):
        trader.add(Other(StrategyConfig(strategy_id=StrategyId("Mine-A"))))


def test_a_strategy_may_keep_its_positions_in_its_own_way() -> None:
    desk = Desk()
    trader = desk.trader()
    strategy = Cross(StrategyConfig(oms_type=OmsType.HEDGING))
    trader.add(strategy)
    for _ in range(2):
        order = strategy.order_factory.market(
            desk.instrument.id, desk.buy(1).side, desk.buy(1000).quantity
        )
        strategy.submit_order(order)
        desk.fill(order)
    assert 2 == len(desk.cache.positions())


class Bare(Strategy):
    """Forgets its base class."""

    def __init__(self) -> None:
        pass


def test_a_component_that_was_not_made_whole_is_refused(trader: Trader) -> None:
    with pytest.raises(ConfigError, match=r"Begin it with super\(\)\.__init__\(config\)"):
        trader.add(Bare())
    assert [] == trader.components()


class Misspelt(Strategy):
    """Has a name that is almost that of a handler."""

    def on_bars(self, bar: object) -> None:
        """Never be called."""


def test_a_misspelt_handler_is_told_at_the_start(
    trader: Trader, caplog: pytest.LogCaptureFixture
) -> None:
    trader.add(Misspelt())
    [warning] = trader.warnings["Misspelt-000"]
    assert "" == caplog.text
    trader.start()
    assert "did you mean 'on_bar'?" in warning
    assert f"Misspelt-000: {warning}" in caplog.text
