"""Hooks that bring what orders, bars and components are made of; called when plugins load."""

from typing import TYPE_CHECKING, Any

from argosy.hookspecs.marks import hookspec

if TYPE_CHECKING:
    from argosy.model.bar_type import BarType
    from argosy.parts.bar_aggregation import Aggregator, BarOptions
    from argosy.parts.order_type import RegisterOrderType
    from argosy.parts.registration import Register
    from argosy.parts.risk_rule import RiskContext, RiskRule
    from argosy.parts.statistic import Statistic
    from argosy.parts.strategy import Component


@hookspec
def register_order_types(register: "RegisterOrderType") -> None:
    """Offer order types beyond MARKET and LIMIT.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(order, instrument)`` builds the `argosy.parts.order_type.Trigger`
        that watches the price. The capability "releases=MARKET" or "releases=LIMIT" says what a
        triggered order becomes; ``order_class`` gives its orders a class of their own.
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
def register_bar_aggregations(
    register: "Register[Aggregator, [BarType, int, int, BarOptions, int]]",
) -> None:
    """Offer bar aggregations.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(bar_type, price_precision, size_precision, options, rank)`` builds
        the `argosy.parts.bar_aggregation.Aggregator` of one bar type.
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
def register_risk_rules(register: "Register[RiskRule, [Any, RiskContext]]") -> None:
    """Offer risk rules.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings, context)`` builds an `argosy.parts.risk_rule.RiskRule`.
        With the capability "default" it applies unless [risk] disables it, else where [risk.NAME]
        stands. The codes that its ``check`` gives are those of ``reasons``.
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
def register_strategies(register: "Register[Component, ...]") -> None:
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
def register_statistics(register: "Register[Statistic, []]") -> None:
    """Offer statistics of a run.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory()`` builds an `argosy.parts.statistic.Statistic`.
    Order: all answer, and all are computed.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        from argosy.parts.statistic import Statistic
        class Trades(Statistic):
            def calculate(self, results): return len(results.positions)
        @hookimpl
        def register_statistics(register):
            register("trades", Trades, doc="Count closed positions.")
    """
