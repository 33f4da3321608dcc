"""Plain twin of bar feeds."""

from typing import Any

from argosy.kernel.aggregator import Aggregator, BarSink
from argosy.kernel.bus import Topic
from argosy.kernel.ring import Ring
from argosy.model.data import bar_from_raw

MID = 3


class BarFeed(BarSink):
    def __init__(self, bar_type: Any, market: Any, topic: Topic, capacity: int) -> None:
        self.bar_type = bar_type
        self.market = market
        self.price_type = bar_type.spec.price_type.code
        more = int(self.price_type == MID and bar_type.is_internally_aggregated())
        self.price_precision = min(market.price_precision + more, 18)
        self.size_precision = min(market.size_precision + more, 18)
        self.executes = False
        self.ring = Ring(8, capacity)
        self.topic = topic
        self.indicators: list[Any] = []
        self.aggregators: list[Aggregator] = []
        self.aggregator: Aggregator | None = None

    def set_executes(self, executes: bool) -> None:  # noqa: FBT001
        self.executes = executes

    def set_aggregator(self, aggregator: Aggregator) -> None:
        self.aggregator = aggregator
        self.price_precision = aggregator.price_precision
        self.size_precision = aggregator.size_precision

    def add_indicator(self, indicator: Any) -> None:
        self.indicators = [*self.indicators, indicator]

    def add_aggregator(self, aggregator: Aggregator) -> None:
        self.aggregators = [*self.aggregators, aggregator]

    def remove_aggregator(self, aggregator: Aggregator) -> None:
        self.aggregators = [each for each in self.aggregators if each is not aggregator]

    def bar(self, back: int = 0) -> Any:
        return self._make(*self.ring[back]) if 0 <= back < len(self.ring) else None

    def take(self, *row: int) -> None:
        if self.aggregator is None:
            self.market.note_bar(self)
        self.push(*row, 0)

    def push(self, *row: int) -> int:
        self.observe(*row)
        return self.tell(*row)

    def observe(self, *row: int) -> None:
        self.ring.append(tuple(map(int, row)))

    def tell(self, *row: int) -> int:
        first, high, low, last, volume, ts_event, ts_init, _ = row
        for indicator in self.indicators:
            prices = [each / 10.0**self.price_precision for each in (first, high, low, last)]
            indicator.update_bar(*prices, volume / 10.0**self.size_precision, ts_init)
        for aggregator in self.aggregators:
            aggregator.bar(first, high, low, last, volume, ts_event, ts_init)
        if self.topic.handlers:
            self.topic.publish(self._make(*row))
        return 0

    def _make(self, *row: int) -> Any:
        precisions = self.price_precision, self.size_precision
        return bar_from_raw(self.bar_type, *row[:5], *precisions, row[5], row[6], bool(row[7]))
