"""An order that buys after a rebound."""

from decimal import Decimal

from argosy import InputError, Instrument, OrderInitialized
from argosy.parts.order_type import WATCH_ASK, Trigger


class Rebound(Trigger):
    """Wait until the ask falls to the trigger price, then until it is an offset above its low."""

    def __init__(self, order: OrderInitialized, instrument: Instrument) -> None:
        if order.trigger_price is None or order.options is None:
            raise InputError("REBOUND_INCOMPLETE: needs=trigger_price and rebound")
        level = instrument.make_price(order.trigger_price).raw
        super().__init__(order, is_buy=True, watch=WATCH_ASK, level=level, below=level)
        rebound = Decimal(order.options["rebound"])
        self.offset = int(rebound.scaleb(instrument.price_precision))
        self.low = level + 1

    def on_touch(self, price: int, ts: int) -> bool:
        """Follow the ask down; fire at the rebound."""
        if price < self.low:
            self.low = price
            self.move(above=price + self.offset, below=price - 1)
            return False
        return self.low <= self.level and price >= self.low + self.offset
