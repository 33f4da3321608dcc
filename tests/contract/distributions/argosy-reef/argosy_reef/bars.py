"""Bars of a fixed range, interpreted."""

from argosy.parts.bar_aggregation import Aggregator

IS_COMPILED = False


class RangeAggregator(Aggregator):
    """Close a bar once its high and low are `step` price units apart."""

    def on_tick(self, price: int, size: int, aggressor: int, ts: int) -> None:
        """Add a tick, and close the bar if it made it wide enough."""
        self.update(price, size)
        if self.high - self.low >= self.step:
            self.emit(ts, ts)
