"""The trader: the components of a run."""

from __future__ import annotations

from itertools import count

from argosy.errors import DuplicateNameError
from argosy.kernel.clock import Clock
from argosy.model.enums import ComponentState
from argosy.model.identifiers import StrategyId
from argosy.strategy.actor import Actor
from argosy.strategy.floor import TradingFloor
from argosy.strategy.handlers import check_component, check_made, misspelt
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
        self._tags: dict[str, StrategyId] = {}
        self._numbers = count(1)
        self._classes: dict[type[Actor], tuple[str, ...]] = {}

    def add(self, component: Actor) -> None:
        """Add an actor or a strategy.

        A strategy without a tag of its own gets the next free number, so that no two give their
        orders the same ids.

        Raises
        ------
        DuplicateNameError : its id or its order id tag is taken
        ConfigError : its handlers cannot be called, or its base class was not initialized
        """
        warnings = self._warnings_of(component)
        if isinstance(component, Strategy):
            self._tag(component)
        if component.id in self._components:
            raise DuplicateNameError(
                f"two components have the id {component.id}",
                cure="Give one of them another component_id",
            )
        self.warnings[component.id] = warnings
        clock = Clock(self.floor.timeline, component.on_time_event, self.floor.bus)
        component.register(self.floor, clock, warnings)
        self._components[component.id] = component
        if isinstance(component, Strategy):
            self._tags[component.id.tag] = component.id
            oms_type = getattr(component.config, "oms_type", None)
            if oms_type is not None:
                self.floor.execution.positions.set_oms_type(component.id, oms_type)

    def _warnings_of(self, component: Actor) -> tuple[str, ...]:
        """Check a component, and a class once; return what is odd in how it is written."""
        class_ = type(component)
        if class_ in self._classes:
            check_made(component)
        else:
            check_component(component)
            self._classes[class_] = tuple(misspelt(component))
        return self._classes[class_]

    def _tag(self, strategy: Strategy) -> None:
        """Let the orders of a strategy be told from those of others."""
        taken = self._tags
        tag = strategy.id.tag
        if tag not in taken:
            return
        if strategy.is_tagged:
            raise DuplicateNameError(
                f"strategies {taken[tag]} and {strategy.id} have the same order id tag {tag!r}",
                cure="Give one of them another order_id_tag",
            )
        # What is taken stays so: the search goes on where it ended before.
        free = next(each for n in self._numbers if (each := f"{n:03d}") not in taken)
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
