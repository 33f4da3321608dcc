from typing import Any

from argosy.kernel.aggregator import Aggregator, BarSink
from argosy.kernel.bus import Topic
from argosy.kernel.indicator import Indicator
from argosy.kernel.ring import Ring
from argosy.model.bar_type import BarType
from argosy.model.data import Bar

class BarFeed(BarSink):
    bar_type: BarType
    market: Any  # MarketState, which knows its feeds
    price_type: int
    price_precision: int
    size_precision: int
    executes: bool
    ring: Ring
    topic: Topic
    indicators: list[Indicator]
    aggregators: list[Aggregator]
    aggregator: Aggregator | None
    def __init__(self, bar_type: BarType, market: Any, topic: Topic, capacity: int) -> None: ...
    def set_executes(self, executes: bool) -> None: ...
    def set_aggregator(self, aggregator: Aggregator) -> None: ...
    def add_indicator(self, indicator: Indicator) -> None: ...
    def add_aggregator(self, aggregator: Aggregator) -> None: ...
    def remove_aggregator(self, aggregator: Aggregator) -> None: ...
    def bar(self, back: int = 0) -> Bar | None: ...
    def take(
        self,
        open: int,
        high: int,
        low: int,
        close: int,
        volume: int,
        ts_event: int,
        ts_init: int,
    ) -> None: ...
