"""The same fee for every fill."""

from argosy import Instrument, LiquiditySide, Money, Order, Price, Quantity
from argosy.config.settings import MoneyField, Settings


class TicketSettings(Settings):
    """What a fill costs."""

    amount: MoneyField


class Ticket:
    """Charge the same for every fill."""

    def __init__(self, amount: Money) -> None:
        self.amount = amount

    def commission(
        self,
        order: Order,
        last_qty: Quantity,
        last_px: Price,
        liquidity_side: LiquiditySide,
        instrument: Instrument,
    ) -> Money:
        """Return what one fill costs."""
        return self.amount
