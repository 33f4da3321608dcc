"""Strategies, actors and execution algorithms: the components of a run.

.. code-block:: python

    class HelloConfig(StrategyConfig, frozen=True):
        instrument: InstrumentId

    class Hello(Strategy):
        def __init__(self, config: HelloConfig) -> None:
            super().__init__(config)

        def on_start(self) -> None:
            self.subscribe_quote_ticks(self.config.instrument)

        def on_quote_tick(self, tick: QuoteTick) -> None:
            self.submit_order(self.order_factory.market(tick.instrument_id, OrderSide.BUY, ...))

    @hookimpl
    def register_strategies(register: Register[Component, ...]) -> None:
        register("hello", Hello, doc="Buy at each quote.")

and in a system file ``[[strategies]] use = "hello"``; a file in ``strategies/`` needs no hook.
`argosy.testing.strategies.check_strategy` checks one.

Derive from `argosy.Actor` (data and time, no orders) or `argosy.Strategy` and override the ``on_``
methods that you need: they have everything below. The factory is the class, or a function that
imports it, called with the config that the table was checked against: ``settings`` of the
registration, else the Struct that the first argument of ``__init__`` is annotated with; without
either it is called with nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import msgspec

    from argosy.model.enums import ComponentState


class Component(Protocol):
    """What the host asks of a component; `argosy.Actor` and `argosy.Strategy` answer all of it.

    *Who calls it when*: the trader, `register` once before the run, `start` before the first datum
    in the order of the system file, `stop` after the last; between them the bus calls the handlers
    that the component has subscribed, one at a time, in the order of events. Times are ns of the
    run, never of the wall clock.

    *What it may raise*: anything; the run ends with a StrategyError that names the component, or
    only the component does, as ``[run] on_error`` says.

    *What it promises*: to depend on nothing but what it is given: no wall clock, no unseeded
    randomness, no order of a set. Equal runs have equal event logs.

    Attributes
    ----------
    component_kind : "actor", "strategy" or "exec_algorithm": the section that may list it
    id : tells it from all others of the run
    config : what it was made with
    """

    component_kind: str
    id: Any
    config: Any

    @property
    def config_class(self) -> type[msgspec.Struct]:
        """The config that ``__init__`` takes where it is annotated with none."""
        ...

    @property
    def state(self) -> ComponentState:
        """Where in its life it is; a verb below that does not fit it raises a RunError."""
        ...

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not been stopped."""
        ...

    def register(self, trader: Any, clock: Any) -> None:
        """Take what connects it to the run: clock, cache, portfolio, bus, and how to trade."""
        ...

    def start(self) -> None:
        """Begin: subscribe, set timers."""
        ...

    def stop(self) -> None:
        """End: cancel timers and subscriptions."""
        ...

    def reset(self) -> None:
        """Return to the state before the first start."""
        ...

    def fault(self) -> None:
        """Stop for good, after an error of its own."""
        ...

    def on_time_event(self, event: Any) -> None:
        """Take a timer that has no callback of its own."""
        ...
