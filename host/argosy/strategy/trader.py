"""The trader: the components of a run."""

from __future__ import annotations

from itertools import count

from argosy.errors import DuplicateNameError
from argosy.kernel.clock import Clock
from argosy.model.enums import ComponentState
from argosy.model.identifiers import StrategyId
from argosy.strategy.actor import Actor
from argosy.strategy.floor import TradingFloor
from argosy.strategy.handlers import check_component, misspelt
from argosy.strategy.strategy import Strategy


class Trader:
    """Hold the actors and strategies of a run, and start and stop them in order.

    Parameters
    ----------
    floor : what they are connected to

    Attributes
    ----------
    warnings : id of a component -> what is odd in how it is written
    """

    def __init__(self, floor: TradingFloor) -> None:
        self.floor = floor
        self.warnings: dict[str, tuple[str, ...]] = {}
        self._components: dict[str, Actor] = {}

    def add(self, component: Actor) -> None:
        """Add an actor or a strategy.

        A strategy without a tag of its own gets the next free number, so that no two give their
        orders the same ids.

        Raises
        ------
        DuplicateNameError : its id or its order id tag is taken
        ConfigError : its handlers cannot be called, or its base class was not initialized
        """
        check_component(component)
        if isinstance(component, Strategy):
            self._tag(component)
        if component.id in self._components:
            raise DuplicateNameError(
                f"two components have the id {component.id}",
                cure="Give one of them another component_id",
            )
        warnings = self.warnings[component.id] = tuple(misspelt(component))
        clock = Clock(self.floor.timeline, component.on_time_event, self.floor.bus)
        component.register(self.floor, clock, warnings)
        self._components[component.id] = component
        if isinstance(component, Strategy):
            oms_type = getattr(component.config, "oms_type", None)
            if oms_type is not None:
                self.floor.execution.positions.set_oms_type(component.id, oms_type)

    def _tag(self, strategy: Strategy) -> None:
        """Let the orders of a strategy be told from those of others."""
        taken = {each.id.tag: each.id for each in self.strategies()}
        tag = strategy.id.tag
        if tag not in taken:
            return
        if strategy.is_tagged:
            raise DuplicateNameError(
                f"strategies {taken[tag]} and {strategy.id} have the same order id tag {tag!r}",
                cure="Give one of them another order_id_tag",
            )
        free = next(f"{n:03d}" for n in count(1) if f"{n:03d}" not in taken)
        strategy.id = StrategyId(f"{type(strategy).__name__}-{free}")

    def components(self) -> list[Actor]:
        """Return all components, in the order in which they were added."""
        return list(self._components.values())

    def strategies(self) -> list[Strategy]:
        """Return the strategies, in the order in which they were added."""
        return [each for each in self._components.values() if isinstance(each, Strategy)]

    def actors(self) -> list[Actor]:
        """Return the components that are not strategies."""
        return [each for each in self._components.values() if not isinstance(each, Strategy)]

    def component(self, component_id: str) -> Actor | None:
        """Return a component by its id."""
        return self._components.get(component_id)

    def start(self) -> None:
        """Start all components, in the order in which they were added."""
        for component in self.components():
            component.start()

    def stop(self) -> None:
        """Stop the components that run, in the order in which they were added."""
        for component in self.components():
            if component.state in (ComponentState.RUNNING, ComponentState.DEGRADED):
                component.stop()

    def reset(self) -> None:
        """Return all components to the state before their first start."""
        for component in self.components():
            component.reset()
