"""The core that all modes share: clock, bus, cache, engines and trader of one run, wired.

It is wired here and nowhere else. `Core` needs no plan; `core_of` makes that of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from argosy.engine.accounting import Accounting
from argosy.engine.cache import Cache
from argosy.engine.data import BEFORE_HANDLERS, AggregatorMaker, DataEngine
from argosy.engine.execution import ExecutionEngine
from argosy.engine.orders.risk import RiskEngine
from argosy.engine.orders.routing import Routes
from argosy.engine.portfolio import Portfolio
from argosy.engine.positions import PositionBook
from argosy.engine.requests import History, HistoryDesk
from argosy.errors import PluginError, UnknownNameError
from argosy.kernel import topics
from argosy.kernel.bus import MessageBus
from argosy.kernel.timeline import Timeline
from argosy.model.events.ids import EventIds
from argosy.model.orders import Order
from argosy.model.orders.types import BUILT_IN, OrderClasses
from argosy.parts.risk_rule import RiskContext
from argosy.run.ids import event_id_base
from argosy.serialization.eventlog import EventLog
from argosy.strategy.floor import TradingFloor
from argosy.strategy.trader import Trader

if TYPE_CHECKING:
    from argosy.config.plan import Plan
    from argosy.kernel.aggregator import Aggregator
    from argosy.model.bar_type import BarType
    from argosy.model.identifiers import TraderId, Venue
    from argosy.model.instruments import Instrument
    from argosy.parts.simulator import SimulatedVenue

STATUS_PRIORITY = 1_000
"""A venue hears of statuses and definitions before any component does."""


class Core:
    """What a run consists of, whatever its mode.

    Parameters
    ----------
    trader_id : of the run
    event_ids : counts its events
    make_aggregator : makes the aggregator of an internal bar type
    history : answers requests for past data; by default there are none
    order_classes : of which class the orders of each type are
    """

    def __init__(
        self,
        trader_id: TraderId,
        *,
        event_ids: EventIds,
        make_aggregator: AggregatorMaker,
        history: History | None = None,
        order_classes: OrderClasses = BUILT_IN,
    ) -> None:
        self.event_ids = event_ids
        self.timeline = Timeline()
        self.bus = MessageBus()
        self.cache = Cache()
        self.log = EventLog()
        self.portfolio = Portfolio(self.cache)
        self.positions = PositionBook(self.cache, event_ids, trader_id)
        self.accounting = Accounting(event_ids)
        self.routes = Routes(self.cache, self.bus)
        context = RiskContext(self.cache, self.portfolio, self.timeline, self.routes)
        self.risk = RiskEngine(context, self.bus, trader_id)
        self.execution = ExecutionEngine(
            self.timeline,
            self.bus,
            self.cache,
            self.log,
            event_ids,
            trader_id,
            routes=self.routes,
            risk=self.risk,
            accounting=self.accounting,
            positions=self.positions,
        )
        self.data = DataEngine(self.timeline, self.bus, self.cache, make_aggregator)
        self.bus.subscribe(topics.DEFINITIONS, self._take_definition, BEFORE_HANDLERS)
        self.requests = HistoryDesk(self.timeline, self.bus, history or _no_history)
        self.timeline.add_settler(self.requests)
        floor = TradingFloor(
            trader_id,
            self.timeline,
            self.bus,
            self.cache,
            self.portfolio,
            data=self.data,
            execution=self.execution,
            requests=self.requests,
            event_ids=event_ids,
            order_classes=order_classes,
        )
        self.trader = Trader(floor)

    def add_simulated(self, venue: Venue, made: SimulatedVenue) -> None:
        """Let a simulated venue take orders, hear of its market and settle with the rest."""
        client: Any = made  # an ExecutionClient and a Settler, too
        self.cache.add_account(venue, made.account)
        self.execution.add_client(client)
        self.timeline.add_settler(client)
        for pattern in (topics.venue_status(venue), topics.instrument_statuses(venue)):
            self.bus.subscribe(pattern, made.on_status, STATUS_PRIORITY)
        self.bus.subscribe(topics.instruments(venue), made.update_instrument, STATUS_PRIORITY)

    def _take_definition(self, instrument: Instrument) -> None:
        self.routes.forget(instrument.id)


def core_of(plan: Plan, history: History) -> Core:
    """Return the core of a run that a plan describes.

    Parameters
    ----------
    history : answers requests for past data
    """

    def make_aggregator(
        bar_type: BarType, price_precision: int, size_precision: int, rank: int
    ) -> Aggregator:
        known = plan.bar_aggregations
        choice = known.get(bar_type.spec.aggregation)
        if choice is None:
            raise UnknownNameError("bar aggregation", str(bar_type.spec.aggregation), known)
        options = plan.bars.options(bar_type)
        return choice.factory(bar_type, price_precision, size_precision, options, rank)

    core = Core(
        plan.system.trader_id,
        event_ids=EventIds(event_id_base(plan.system.seed)),
        make_aggregator=make_aggregator,
        history=history,
        order_classes=OrderClasses(_order_classes(plan)),
    )
    context = core.risk.context
    context.trading_state = plan.risk.trading_state
    core.risk.set_rules([each.build(context) for each in plan.risk.rules.values()])
    return core


def _order_classes(plan: Plan) -> dict[str, type[Order]]:
    """Load the classes that plugins bring for the orders of their types."""
    found = {}
    for name, choice in plan.order_types.items():
        kind = choice.part.class_of_orders()
        if kind is None:
            continue
        if not issubclass(kind, Order):
            raise PluginError(
                f"the order class of {choice.part.label} is {kind.__name__}, which is no Order",
                place=choice.part.plugin,
                cure="Derive it from argosy.model.orders.Order",
            )
        found[name] = kind
    return found


def _no_history(*_: Any) -> Iterator[Any]:
    return iter(())
