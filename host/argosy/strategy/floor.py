"""The trading floor: what the components of a run are connected to."""

from __future__ import annotations

from argosy.engine.cache import Cache
from argosy.engine.data import DataEngine
from argosy.engine.execution import ExecutionEngine
from argosy.engine.portfolio import Portfolio
from argosy.engine.requests import HistoryDesk
from argosy.kernel.bus import MessageBus
from argosy.kernel.timeline import Timeline
from argosy.model.events.ids import EventIds
from argosy.model.identifiers import TraderId
from argosy.model.orders.types import BUILT_IN, OrderClasses


class TradingFloor:
    """What components ask, subscribe to and send their orders through."""

    def __init__(
        self,
        trader_id: TraderId,
        timeline: Timeline,
        bus: MessageBus,
        cache: Cache,
        portfolio: Portfolio,
        *,
        data: DataEngine,
        execution: ExecutionEngine,
        requests: HistoryDesk,
        event_ids: EventIds,
        order_classes: OrderClasses = BUILT_IN,
    ) -> None:
        self.trader_id = trader_id
        self.timeline = timeline
        self.bus = bus
        self.cache = cache
        self.portfolio = portfolio
        self.data = data
        self.execution = execution
        self.requests = requests
        self.event_ids = event_ids
        self.order_classes = order_classes
