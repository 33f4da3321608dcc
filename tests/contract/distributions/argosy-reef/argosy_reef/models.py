"""How orders fill, how long messages travel, and what positions bind."""

from decimal import Decimal

from argosy import Instrument, Money, Price, Quantity
from argosy.parts.fill_model import FillModel
from argosy.parts.latency_model import LatencyModel
from argosy.parts.margin_model import MarginModel


class Patient(FillModel):
    """Fill what the market goes through, nothing that it only touches."""

    def is_limit_filled(self) -> bool:
        """Return no."""
        return False


class Current(LatencyModel):
    """Take 5 ms to the venue."""

    insert_ns = 5_000_000


class Whole(MarginModel):
    """Bind the whole notional."""

    def calculate_margin_init(
        self, instrument: Instrument, quantity: Quantity, price: Price, leverage: Decimal
    ) -> Money:
        """Return what a working order holds."""
        return instrument.notional_value(quantity, price)

    def calculate_margin_maint(
        self, instrument: Instrument, quantity: Quantity, price: Price, leverage: Decimal
    ) -> Money:
        """Return what a position holds."""
        return instrument.notional_value(quantity, price)
