"""A stranger's plugin: one part of every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy import Reason
from argosy.hookspecs import hookimpl

if TYPE_CHECKING:
    from argosy import BarType, Instrument, OrderInitialized
    from argosy.hookspecs import Register
    from argosy.parts.bar_aggregation import Aggregator, BarOptions
    from argosy.parts.catalog import Catalog
    from argosy.parts.command import Command
    from argosy.parts.fee_model import FeeModel
    from argosy.parts.fill_model import FillModel
    from argosy.parts.latency_model import LatencyModel
    from argosy.parts.loader import Loader
    from argosy.parts.margin_model import MarginModel
    from argosy.parts.order_type import Trigger
    from argosy.parts.risk_rule import RiskContext, RiskRule
    from argosy.parts.sink import Sink
    from argosy.parts.statistic import Statistic
    from argosy.parts.strategy import Component
    from argosy_reef.catalog import AtollSettings
    from argosy_reef.fees import TicketSettings
    from argosy_reef.risk import ShoalSettings
    from argosy_reef.sink import LogbookSettings
    from argosy_reef.strategy import DiverConfig

INCOMPLETE = Reason("REBOUND_INCOMPLETE", "A price or the offset is missing.", "Give both.")
SHALLOW = Reason("REEF_TOO_LARGE", "The order does not pass the shoal.", "Order less.")


@hookimpl
def register_commands(register: Register[Command, []]) -> None:
    """Offer ``argosy reef``."""
    register("reef", _command, doc="List what the reef brings.")


@hookimpl
def register_catalogs(register: Register[Catalog]) -> None:
    """Offer a catalog of one CSV file."""
    register("atoll", _catalog, settings=_catalog_settings, doc="Read quotes from a CSV file.")


@hookimpl
def register_loaders(register: Register[Loader]) -> None:
    """Offer a loader of tide tables."""
    register("tide", _loader, doc="Read quotes from tide tables.")


@hookimpl
def register_sinks(register: Register[Sink]) -> None:
    """Offer a sink that counts."""
    register("logbook", _sink, settings=_sink_settings, doc="Count what happens to orders.")


@hookimpl
def register_fill_models(register: Register[FillModel]) -> None:
    """Offer fills at the end of the queue."""
    register("patient", lambda settings: _fill(), doc="Fill what the market goes through.")


@hookimpl
def register_fee_models(register: Register[FeeModel]) -> None:
    """Offer a fee for each fill, whatever its size."""
    register("ticket", _fees, settings=_fee_settings, doc="Charge the same for every fill.")


@hookimpl
def register_latency_models(register: Register[LatencyModel]) -> None:
    """Offer a current that slows messages down."""
    register("current", lambda settings: _latency(), doc="Take 5 ms to the venue.")


@hookimpl
def register_margin_models(register: Register[MarginModel]) -> None:
    """Offer a margin of all that is traded."""
    register("whole", lambda settings: _margin(), doc="Bind the whole notional.")


@hookimpl
def register_order_types(register: Register[Trigger, [OrderInitialized, Instrument]]) -> None:
    """Offer an order that waits for a rebound."""
    register(
        "REBOUND",
        _trigger,
        capabilities={"releases=MARKET"},
        doc="Buy once the ask fell to a price and then rose by an offset.",
        reasons=(INCOMPLETE,),
    )


@hookimpl
def register_bar_aggregations(
    register: Register[Aggregator, [BarType, int, int, BarOptions, int]],
) -> None:
    """Offer bars of a fixed range."""
    register("RANGE", _aggregator, doc="Close a bar once high and low are a step apart.")


@hookimpl
def register_risk_rules(register: Register[RiskRule, [ShoalSettings, RiskContext]]) -> None:
    """Offer a rule that applies where [risk.shoal] stands."""
    register("shoal", _rule, settings=_rule_settings, doc="Deny large orders.", reasons=(SHALLOW,))


@hookimpl
def register_strategies(register: Register[Component, ...]) -> None:
    """Offer a strategy that uses all of it."""
    register("diver", _strategy, settings=_strategy_settings, doc="Buy rebounds, sell later.")


@hookimpl
def register_statistics(register: Register[Statistic, []]) -> None:
    """Offer a count of dives."""
    register("dives", _statistic, doc="Count closed positions.")


def _command() -> Command:
    from argosy_reef.command import reef

    return reef


def _catalog(settings: AtollSettings) -> Catalog:
    from argosy_reef.catalog import Atoll

    return Atoll(settings.path)


def _catalog_settings() -> type[AtollSettings]:
    from argosy_reef.catalog import AtollSettings

    return AtollSettings


def _loader(settings: None) -> Loader:
    from argosy_reef.loader import TideLoader

    return TideLoader()


def _sink(settings: LogbookSettings) -> Sink:
    from argosy_reef.sink import Logbook

    return Logbook(settings.path)


def _sink_settings() -> type[LogbookSettings]:
    from argosy_reef.sink import LogbookSettings

    return LogbookSettings


def _fill() -> FillModel:
    from argosy_reef.models import Patient

    return Patient()


def _latency() -> LatencyModel:
    from argosy_reef.models import Current

    return Current()


def _margin() -> MarginModel:
    from argosy_reef.models import Whole

    return Whole()


def _fees(settings: TicketSettings) -> FeeModel:
    from argosy_reef.fees import Ticket

    return Ticket(settings.amount)


def _fee_settings() -> type[TicketSettings]:
    from argosy_reef.fees import TicketSettings

    return TicketSettings


def _trigger(order: OrderInitialized, instrument: Instrument) -> Trigger:
    from argosy_reef.orders import Rebound

    return Rebound(order, instrument)


def _aggregator(
    bar_type: BarType, price_precision: int, size_precision: int, options: BarOptions, rank: int
) -> Aggregator:
    from argosy_reef.bars import RangeAggregator

    return RangeAggregator(bar_type, price_precision, size_precision, rank)


def _rule(settings: ShoalSettings, context: RiskContext) -> RiskRule:
    from argosy_reef.risk import Shoal

    return Shoal(context, settings.limit)


def _rule_settings() -> type[ShoalSettings]:
    from argosy_reef.risk import ShoalSettings

    return ShoalSettings


def _strategy(config: DiverConfig) -> Component:
    from argosy_reef.strategy import Diver

    return Diver(config)


def _strategy_settings() -> type[DiverConfig]:
    from argosy_reef.strategy import DiverConfig

    return DiverConfig


def _statistic() -> Statistic:
    from argosy_reef.statistic import Dives

    return Dives()
