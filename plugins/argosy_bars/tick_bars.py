"""Bars closed by a count of ticks: TICK."""

from __future__ import annotations

from argosy.kernel.aggregator import Aggregator


class TickAggregator(Aggregator):
    """Emit a bar at every `step` updates; a composite counts bars of its source type."""

    def tick(self, price: int, size: int, aggressor: int, ts_event: int, ts: int) -> int:
        """Take one tick."""
        self.update(price, size)
        return self.emit(ts_event, ts) if self.count >= self.step else 0

    def bar(
        self,
        open: int,
        high: int,
        low: int,
        close: int,
        volume: int,
        ts_event: int,
        ts: int,
    ) -> int:
        """Take one bar of the source type."""
        self.update_bar(open, high, low, close, volume)
        return self.emit(ts_event, ts) if self.count >= self.step else 0
