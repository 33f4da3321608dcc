"""Throttles: so many commands in a sliding window, and what is more is denied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.kernel.ring import Ring
from argosy.parts.risk_rule import RiskContext, RiskRule

if TYPE_CHECKING:
    from argosy.model.identifiers import PositionId
    from argosy.model.orders.order import Order
    from argosy.model.values import Price, Quantity
    from argosy_risk.settings import RateSettings


class Window:
    """Count what was let pass in the last `interval_ns`."""

    limit: int
    interval_ns: int

    def __init__(self, settings: RateSettings) -> None:
        self.limit = settings.limit
        self.interval_ns = settings.interval_ns
        self._passed = Ring(1, self.limit) if self.limit else None

    def lets_pass(self, now_ns: int) -> bool:
        """Return whether one may pass at `now_ns`, and count it if so."""
        passed = self._passed
        if passed is None:
            return False
        limit = self.limit
        if len(passed) == limit and passed.value(limit - 1, 0) > now_ns - self.interval_ns:
            return False
        passed.push(now_ns)
        return True


class SubmitRateRule(RiskRule):
    """No more orders than `limit` in any `interval`."""

    def __init__(self, context: RiskContext, settings: RateSettings) -> None:
        RiskRule.__init__(self, context)
        self._window = Window(settings)

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Return that the rate is exceeded, or let the order pass and count it."""
        if self._window.lets_pass(self.context.timeline.now):
            return None
        return _reason("submit", self._window)


class ModifyRateRule(RiskRule):
    """No more changes of orders than `limit` in any `interval`."""

    def __init__(self, context: RiskContext, settings: RateSettings) -> None:
        RiskRule.__init__(self, context)
        self._window = Window(settings)

    def check_modify(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
    ) -> str | None:
        """Return that the rate is exceeded, or let the change pass and count it."""
        if self._window.lets_pass(self.context.timeline.now):
            return None
        return _reason("modify", self._window)


def _reason(command: str, window: Window) -> str:
    return (
        f"RATE_LIMIT_EXCEEDED: command={command}, limit={window.limit},"
        f" interval_ns={window.interval_ns}"
    )
