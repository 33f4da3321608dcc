"""Large orders run aground."""

from decimal import Decimal

from argosy import Order, PositionId
from argosy.config.settings import DecimalField, Settings
from argosy.parts.risk_rule import RiskContext, RiskRule


class ShoalSettings(Settings):
    """The greatest quantity that passes."""

    limit: DecimalField = Decimal(1_000_000)


class Shoal(RiskRule):
    """Deny large orders.

    Parameters
    ----------
    limit : the greatest quantity that passes
    """

    def __init__(self, context: RiskContext, limit: Decimal) -> None:
        super().__init__(context)
        self.limit = limit

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Return why an order may not be sent, or None."""
        if order.quantity.as_decimal() <= self.limit:
            return None
        return f"REEF_TOO_LARGE: quantity={order.quantity}, limit={self.limit}"
