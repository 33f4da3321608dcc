"""The same fee for every fill."""

from argosy import Instrument, LiquiditySide, Money, OrderInitialized, Price, Quantity
from argosy.config.settings import MoneyField, Settings
from argosy.parts.fee_model import FeeModel


class TicketSettings(Settings):
    """What a fill costs."""

    amount: MoneyField


class Ticket(FeeModel):
    """Charge the same for every fill."""

    def __init__(self, amount: Money) -> None:
        self.amount = amount

    def commission(
        self,
        order: OrderInitialized,
        last_qty: Quantity,
        last_px: Price,
        liquidity_side: LiquiditySide,
        instrument: Instrument,
    ) -> Money:
        """Return what one fill costs."""
        return self.amount
