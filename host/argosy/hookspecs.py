"""Every hook of the host, in the order of a system's life.

A plugin is a module that an entry point of the group ``argosy`` names. It marks functions of these
names with ``hookimpl``; each may take fewer arguments than the hook has. The prefix tells the rule:

- ``register_*(register)``: all answer. Call ``register(name, factory, settings=..., doc=...,
  capabilities=..., reasons=...)`` once a part; a name that two plugins give is refused.
  ``settings`` is the pydantic model or the msgspec Struct of the part's own table in a system
  file, or a callable that returns it. ``reasons`` are the codes with which the part refuses or
  ends orders, each an ``argosy.Reason(name, meaning, cure)``; ``argosy reasons`` prints them.
- ``on_*``: told, and return nothing.

Keep the module light: import what is heavy inside factories and settings callables. Hooks are
called while a system is wired and when a run begins and ends, never for an event.
"""

from typing import TYPE_CHECKING, Protocol

import pluggy

if TYPE_CHECKING:
    from argosy.config.parts import Register
    from argosy.config.plan import Plan

GROUP = "argosy"
"""The entry-point group, and the name under which pluggy knows the project."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


class RunResult(Protocol):
    """What a finished run can tell a plugin, in every mode."""

    run_id: str

    def to_json(self) -> str:
        """Return the result as one JSON object."""
        ...


# When the command line starts


@hookspec
def register_commands(register: "Register") -> None:
    """Offer commands of the command line.

    When: ``argosy --help``, or a command that is not the host's own.
    Returns: nothing; ``factory()`` gives a ``click.Command``; `click.pass_obj` hands it `Parts`.
    Order: all answer; the host's own commands cannot be taken.
    Modes: outside of any.
    Since: 0.1.
    Example::

        import click
        from argosy.hookspecs import hookimpl
        @hookimpl
        def register_commands(register):
            hello = lambda: click.Command("hello", callback=lambda: click.echo("hello"))
            register("hello", hello, doc="Say hello.")
    """


# When plugins are loaded: where data comes from and where results go


@hookspec
def register_catalogs(register: "Register") -> None:
    """Offer catalogs: where stored data is read and runs are written.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` opens the catalog that [catalog] describes.
    Order: all answer; [catalog] chooses one by ``use``.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        def open_shelf(settings):
            from shelf import Catalog  # a heavy import belongs here
            return Catalog(settings)
        @hookimpl
        def register_catalogs(register):
            register("shelf", open_shelf, doc="Keep data on a shelf.")
    """


@hookspec
def register_loaders(register: "Register") -> None:
    """Offer loaders: file formats that ``argosy catalog ingest`` reads.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds a `argosy.parts.loader.Loader`. Its
        ``guess(sample)`` says why a file seems to be of the format, or None. Its ``load(load)``
        opens ``load.files`` with ``load.open`` and yields, as it reads, what the catalog keeps:
        instruments, `Rows` (a batch of one key and where its rows stand), other objects of market
        data such as status updates, and `Covered` spans. Rows of a key come sorted by ``ts_init``;
        what is wrong is a DataError with file and line. Settings whose fields all have defaults
        let it be guessed; with the capability "columns" only where columns are declared.
    Order: all answer; ``--loader`` chooses one by name, else the one that knows the file.
    Modes: outside of any.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        class Words:
            def guess(self, sample): return "its suffix" if ".words" in sample.name else None
            def load(self, load):
                from words import quotes  # a heavy import belongs here
                for path in load.files:
                    yield from quotes(load.open(path))
        @hookimpl
        def register_loaders(register):
            register("words", lambda settings: Words(), doc="Read quotes in words.")
    """


@hookspec
def register_stores(register: "Register") -> None:
    """Offer stores: where the state of components is kept between runs.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds the store.
    Order: all answer.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        @hookimpl
        def register_stores(register):
            register("memory", lambda settings: {}, doc="Forget at the end.")
    """


@hookspec
def register_sinks(register: "Register") -> None:
    """Offer sinks: what is told of a run while it goes on, such as a recorder.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds the sink, an ``argosy.parts.sink.Sink``, and
        touches nothing yet: ``begin`` does. It is told rows in whole batches that the kernel is
        through with, and messages of the topics that it names.
    Order: all answer; each [[sinks]] table chooses one by ``use``, and they are told in that order.
    Modes: backtest; sandbox and live once they are there.
    Since: 0.1.
    Example::

        from argosy.parts.sink import Sink
        from argosy.hookspecs import hookimpl
        class Screen(Sink):
            topics = ("events.order.*",)
            def tell(self, topic, message): print(message)
        @hookimpl
        def register_sinks(register):
            register("screen", lambda settings: Screen(), doc="Print each event of an order.")
    """


@hookspec
def register_calendars(register: "Register") -> None:
    """Offer calendars: when a venue's sessions begin and end.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds the calendar.
    Order: all answer; a venue's table chooses one by ``use``.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        class AlwaysOpen:
            def is_open(self, ts): return True
        @hookimpl
        def register_calendars(register):
            register("always_open", lambda settings: AlwaysOpen())
    """


# When plugins are loaded: venues and what they are made of


@hookspec
def register_venues(register: "Register") -> None:
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
def register_simulators(register: "Register") -> None:
    """Offer simulated venues.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings, context)`` builds one venue.
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
def register_fill_models(register: "Register") -> None:
    """Offer fill models: whether and how far an order fills.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds the model.
    Order: all answer; ``fill = { use = ... }`` of a simulated venue chooses one.
    Modes: backtest and sandbox.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        class Lucky:
            def is_limit_filled(self): return True
        @hookimpl
        def register_fill_models(register):
            register("lucky", lambda settings: Lucky())
    """


@hookspec
def register_fee_models(register: "Register") -> None:
    """Offer fee models.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds a model; its ``commission(order, last_qty,
        last_px, liquidity_side, instrument)`` gives Money, above zero for a cost.
    Order: all answer; ``fees = { use = ... }`` of a simulated venue chooses one.
    Modes: backtest and sandbox.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        from argosy.model.money import Money

        class Free:
            def commission(self, order, last_qty, last_px, liquidity_side, instrument):
                return Money(0, instrument.quote_currency)
        @hookimpl
        def register_fee_models(register):
            register("free", lambda settings: Free(), doc="Charge nothing.")
    """


@hookspec
def register_latency_models(register: "Register") -> None:
    """Offer latency models: how long commands and reports travel.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds the model.
    Order: all answer; ``latency = { use = ... }`` of a simulated venue chooses one.
    Modes: backtest and sandbox.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        class Wire:
            insert_ns = modify_ns = cancel_ns = report_ns = 2_000_000
        @hookimpl
        def register_latency_models(register):
            register("wire", lambda settings: Wire(), doc="Take 2 ms each way.")
    """


@hookspec
def register_margin_models(register: "Register") -> None:
    """Offer margin models: what orders and positions bind.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds the model.
    Order: all answer; ``margin_model`` of a simulated account chooses one.
    Modes: backtest and sandbox.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        class Full:
            def margin(self, notional, rate, leverage): return notional
        @hookimpl
        def register_margin_models(register):
            register("full", lambda settings: Full(), doc="Bind all of it.")
    """


@hookspec
def register_simulation_modules(register: "Register") -> None:
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


# When plugins are loaded: what orders, bars and components are made of


@hookspec
def register_order_types(register: "Register") -> None:
    """Offer order types beyond MARKET and LIMIT.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(order, instrument)`` builds the Trigger that watches the price. The
        capability "releases=MARKET" or "releases=LIMIT" says what a triggered order becomes.
    Order: all answer; the name is the order type.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        def trigger(order, instrument):
            from patient import PatientTrigger
            return PatientTrigger(order, instrument)
        @hookimpl
        def register_order_types(register):
            register("PATIENT_LIMIT", trigger, capabilities={"releases=LIMIT"})
    """


@hookspec
def register_bar_aggregations(register: "Register") -> None:
    """Offer bar aggregations.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(bar_type, price_precision, size_precision, options, rank)`` builds
        the Aggregator of one bar type: the precisions of what it is fed, the BarOptions that [bars]
        gives it, and its rank among timers (0 on ticks, n + 1 on bars of one of rank n).
    Order: all answer; the name is the aggregation in a bar type.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        def build(bar_type, price_precision, size_precision, options, rank):
            from renko import RenkoAggregator
            return RenkoAggregator(bar_type, price_precision, size_precision, rank)
        @hookimpl
        def register_bar_aggregations(register):
            register("RENKO", build, doc="Close a bar when the price moved by the step.")
    """


@hookspec
def register_risk_rules(register: "Register") -> None:
    """Offer risk rules.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings, context)`` builds the rule. With the capability "default"
        it applies unless [risk] disables it, else where [risk.NAME] stands. ``check`` of a rule
        gives None or a text ``CODE: key=value, ...``, the code one of ``reasons``.
    Order: all answer; rules are asked in the order of plugin names, then of registration.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy import Reason
        from argosy.hookspecs import hookimpl
        SALE = Reason("NO_SALES", "It is a sale.", "Buy, or [risk] disable = ['only_buys'].")
        def only_buys(settings, context):
            from buying import OnlyBuysRule
            return OnlyBuysRule(context)
        @hookimpl
        def register_risk_rules(register):
            register("only_buys", only_buys, doc="Deny every sale.", reasons=(SALE,))
    """


@hookspec
def register_strategies(register: "Register") -> None:
    """Offer strategies, actors and execution algorithms.

    When: once, when plugins are loaded.
    Returns: nothing; the factory is the class, called with its config. Without ``settings``, the
        config is the Struct that the first argument of ``__init__`` is annotated with.
    Order: all answer; ``use`` in [[strategies]], [[actors]] or [[exec_algorithms]] chooses one.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        def watcher(config):
            from watching import Watcher
            return Watcher(config)
        @hookimpl
        def register_strategies(register):
            register("watcher", watcher, doc="Only look.")
    """


@hookspec
def register_statistics(register: "Register") -> None:
    """Offer statistics of a run.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory()`` builds the statistic.
    Order: all answer, and all are computed.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        class Trades:
            def calculate(self, results): return len(results.positions)
        @hookimpl
        def register_statistics(register):
            register("trades", Trades, doc="Count closed positions.")
    """


# While a system lives


@hookspec
def on_system_loaded(plan: "Plan") -> None:
    """Hear that a system file was resolved.

    When: after every name was found and every setting checked, before anything is built.
    Returns: nothing; raise to refuse the system.
    Order: all are told.
    Modes: all; ``argosy check``, too.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        @hookimpl
        def on_system_loaded(plan):
            print(plan.system.name, plan.mode)
    """


@hookspec
def on_run_started(plan: "Plan", run_id: str) -> None:
    """Hear that a run begins.

    When: after everything was built, before the first datum.
    Returns: nothing; raise to stop the run.
    Order: all are told.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        @hookimpl
        def on_run_started(run_id):
            print("begins", run_id)
    """


@hookspec
def on_run_finished(plan: "Plan", result: RunResult) -> None:
    """Hear that a run ended.

    When: after the last event, once the run is written.
    Returns: nothing.
    Order: all are told.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        @hookimpl
        def on_run_finished(result):
            print(result.run_id)
    """
