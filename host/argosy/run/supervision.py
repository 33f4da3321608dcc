"""The components of a run: started and stopped, and what becomes of one that raises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from argosy.errors import InputError, RunError, StrategyError
from argosy.kernel.bus import handler_error, owner_of
from argosy.model.enums import ComponentState
from argosy.run.core import Core
from argosy.strategy.actor import Actor


class Supervision:
    """Start and stop the components of a run.

    Parameters
    ----------
    core : with the components, and the bus that calls them
    stops_one : whether only the component that raised is stopped, and not the run

    Attributes
    ----------
    failures : what the stopped ones raised
    """

    def __init__(self, core: Core, *, stops_one: bool) -> None:
        self.failures: list[StrategyError] = []
        self._core = core
        self._stops_one = stops_one

    def start(self) -> None:
        """Start all components, in the order in which they were added, and settle.

        Raises
        ------
        StrategyError : a component raised, and ends the run with that
        """
        core = self._core
        if self._stops_one:
            core.bus.guard(self._stop_one)
        for component in core.trader.components():
            self._guarded(component.start)
        core.timeline.settle()

    def stop(self) -> None:
        """Stop those that run, in the same order, and settle."""
        for component in self._core.trader.components():
            if component.is_running:
                self._guarded(component.stop)
        self._core.timeline.settle()

    def _guarded(self, step: Callable[[], None]) -> None:
        try:
            step()
        except (RunError, InputError):
            raise
        except (Exception, SystemExit) as error:
            self._core.bus.fail(step, error)

    def _stop_one(self, handler: Any, error: BaseException) -> None:
        """Stop only the component that raised, and cancel its orders."""
        owner = owner_of(handler)
        if not isinstance(owner, Actor):
            raise handler_error(handler, error) from error
        if owner.state is ComponentState.FAULTED:
            return  # a handler that was under way when it failed has gone on
        failure = handler_error(handler, error)
        owner.log.error(f"stopped: {failure}")
        self.failures.append(failure)
        cache, execution = self._core.cache, self._core.execution
        resting = cache.orders_open(strategy_id=owner.id)
        for order in [*resting, *cache.orders_inflight(strategy_id=owner.id)]:
            execution.cancel(order)
        owner.fault()
