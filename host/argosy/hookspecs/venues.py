"""Hooks that bring venues and what they are made of; called when plugins are loaded."""

from typing import TYPE_CHECKING, Any

from argosy.hookspecs.marks import hookspec

if TYPE_CHECKING:
    from argosy.parts.fee_model import FeeModel
    from argosy.parts.fill_model import FillModel
    from argosy.parts.latency_model import LatencyModel
    from argosy.parts.margin_model import MarginModel
    from argosy.parts.registration import Register
    from argosy.parts.simulator import SimulatedVenue, SimulationContext


@hookspec
def register_venues(register: "Register[Any, [Any, Any]]") -> None:
    """Offer adapters of real venues.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings, context)`` builds the clients of one venue.
    Order: all answer; ``adapter = { use = ... }`` of a venue chooses one.
    Modes: sandbox (data) and live (data and orders).
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        def connect(settings, context):
            from exchange import Client
            return Client(settings, context)
        @hookimpl
        def register_venues(register):
            register("exchange", connect, capabilities={"data", "execution"})
    """


@hookspec
def register_simulators(register: "Register[SimulatedVenue, [Any, SimulationContext]]") -> None:
    """Offer simulated venues.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings, context)`` builds one venue, an
        `argosy.parts.simulator.SimulatedVenue`.
    Order: all answer; ``simulate = { use = ... }`` of a venue chooses one.
    Modes: backtest and sandbox.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        def build(settings, context):
            from dark_pool import Pool
            return Pool(settings, context)
        @hookimpl
        def register_simulators(register):
            register("dark_pool", build, doc="Match at the mid price.")
    """


@hookspec
def register_fill_models(register: "Register[FillModel]") -> None:
    """Offer fill models: whether and how far an order fills.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds an `argosy.parts.fill_model.FillModel`.
    Order: all answer; ``fill = { use = ... }`` of a simulated venue chooses one.
    Modes: backtest and sandbox.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        from argosy.parts.fill_model import FillModel
        class Lucky(FillModel):
            ignores_size = True
        @hookimpl
        def register_fill_models(register):
            register("lucky", lambda settings: Lucky())
    """


@hookspec
def register_fee_models(register: "Register[FeeModel]") -> None:
    """Offer fee models.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds an `argosy.parts.fee_model.FeeModel`.
    Order: all answer; ``fees = { use = ... }`` of a simulated venue chooses one.
    Modes: backtest and sandbox.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        from argosy.model.money import Money
        from argosy.parts.fee_model import FeeModel
        class Free(FeeModel):
            def commission(self, order, last_qty, last_px, liquidity_side, instrument):
                return Money(0, instrument.quote_currency)
        @hookimpl
        def register_fee_models(register):
            register("free", lambda settings: Free(), doc="Charge nothing.")
    """


@hookspec
def register_latency_models(register: "Register[LatencyModel]") -> None:
    """Offer latency models: how long commands and reports travel.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds an `argosy.parts.latency_model.LatencyModel`.
    Order: all answer; ``latency = { use = ... }`` of a simulated venue chooses one.
    Modes: backtest and sandbox.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        from argosy.parts.latency_model import LatencyModel
        class Wire(LatencyModel):
            insert_ns = modify_ns = cancel_ns = report_ns = 2_000_000
        @hookimpl
        def register_latency_models(register):
            register("wire", lambda settings: Wire(), doc="Take 2 ms each way.")
    """


@hookspec
def register_margin_models(register: "Register[MarginModel]") -> None:
    """Offer margin models: what orders and positions bind.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds an `argosy.parts.margin_model.MarginModel`.
    Order: all answer; ``margin_model`` of a simulated account chooses one.
    Modes: backtest and sandbox.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        from argosy.parts.margin_model import MarginModel
        class Full(MarginModel):
            def calculate_margin_init(self, instrument, quantity, price, leverage):
                return instrument.notional_value(quantity, price)
            calculate_margin_maint = calculate_margin_init
        @hookimpl
        def register_margin_models(register):
            register("full", lambda settings: Full(), doc="Bind all of it.")
    """


@hookspec
def register_simulation_modules(register: "Register[Any]") -> None:
    """Offer modules of simulated venues, such as rollover interest or funding.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds the module.
    Order: all answer; ``modules = [{ use = ... }]`` of a simulated venue lists them.
    Modes: backtest and sandbox.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        class Nothing:
            def process(self, ts): return []
        @hookimpl
        def register_simulation_modules(register):
            register("nothing", lambda settings: Nothing())
    """
