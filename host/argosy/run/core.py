"""The core that all modes share: clock, bus, cache, engines and trader of one run, wired."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from argosy.engine.accounting import Accounting
from argosy.engine.cache import Cache
from argosy.engine.data import BEFORE_HANDLERS, DataEngine
from argosy.engine.execution import ExecutionEngine
from argosy.engine.portfolio import Portfolio
from argosy.engine.positions import PositionBook
from argosy.engine.requests import History, HistoryDesk
from argosy.engine.risk import RiskEngine
from argosy.errors import UnknownNameError
from argosy.kernel import topics
from argosy.kernel.bus import MessageBus
from argosy.kernel.timeline import Timeline
from argosy.model.events.ids import EventIds
from argosy.parts.risk_rule import RiskContext
from argosy.serialization.eventlog import EventLog
from argosy.strategy.trader import Trader

if TYPE_CHECKING:
    from argosy.config.plan import Plan
    from argosy.kernel.aggregator import Aggregator
    from argosy.model.bar_type import BarType
    from argosy.model.instruments import Instrument


class Core:
    """What a run consists of, whatever its mode.

    Parameters
    ----------
    plan : the resolved system
    history : answers requests for past data
    """

    def __init__(self, plan: Plan, history: History) -> None:
        system = plan.system
        self.plan = plan
        self.timeline = Timeline()
        self.bus = MessageBus()
        self.cache = Cache()
        self.log = EventLog()
        self.event_ids = EventIds(event_id_base(system.seed))
        self.portfolio = Portfolio(self.cache)
        self.positions = PositionBook(self.cache, self.event_ids, system.trader_id)
        self.accounting = Accounting(self.cache, self.event_ids, self.timeline)
        self.risk = RiskEngine(
            RiskContext(self.cache, self.portfolio, self.timeline), self.bus, system.trader_id
        )
        self.risk.context.trading_state = plan.risk.trading_state
        self.risk.set_rules([each.build(self.risk.context) for each in plan.risk.rules.values()])
        self.execution = ExecutionEngine(
            self.timeline,
            self.bus,
            self.cache,
            self.log,
            self.event_ids,
            system.trader_id,
            risk=self.risk,
            accounting=self.accounting,
            positions=self.positions,
        )
        self.data = DataEngine(self.timeline, self.bus, self.cache, self._aggregator)
        self.bus.subscribe(topics.DEFINITIONS, self._take_definition, BEFORE_HANDLERS)
        self.requests = HistoryDesk(self.timeline, self.bus, history)
        self.timeline.add_settler(self.requests)
        self.trader = Trader(
            system.trader_id,
            self.timeline,
            self.bus,
            self.cache,
            self.portfolio,
            data=self.data,
            execution=self.execution,
            requests=self.requests,
            event_ids=self.event_ids,
        )

    def _take_definition(self, instrument: Instrument) -> None:
        self.accounting.forget(instrument.id)

    def _aggregator(
        self, bar_type: BarType, price_precision: int, size_precision: int, rank: int
    ) -> Aggregator:
        known = self.plan.bar_aggregations
        choice = known.get(bar_type.spec.aggregation)
        if choice is None:
            raise UnknownNameError("bar aggregation", str(bar_type.spec.aggregation), known)
        options = self.plan.bars.options(bar_type)
        made: Any = choice.factory(bar_type, price_precision, size_precision, options, rank)
        aggregator: Aggregator = made
        return aggregator


def event_id_base(seed: int) -> int:
    """Return the number above which a run counts its events: ids tell seeds apart."""
    digest = hashlib.sha256(f"events/{seed}".encode()).digest()
    return (int.from_bytes(digest[:4], "big") & 0x3FFFFFFF) << 32
