"""Buy rebounds, and sell a number of bars later."""

import json
from decimal import Decimal
from pathlib import Path

from argosy import (
    Bar,
    BarType,
    InstrumentId,
    Order,
    OrderFilled,
    OrderSide,
    OrderType,
    Quantity,
    Strategy,
    StrategyConfig,
    TriggerType,
)


class DiverConfig(StrategyConfig, frozen=True, kw_only=True):
    """Settings of the strategy.

    Parameters
    ----------
    depth, rebound : how far below a close the wait begins, and how far up it ends
    hold_bars : how long a purchase is held
    diary : where the bars are written
    """

    instrument: InstrumentId
    bar_type: BarType
    trade_size: Quantity
    depth: Decimal
    rebound: Decimal
    hold_bars: int
    diary: Path


class Diver(Strategy):
    """Buy a rebound, hold for some bars, sell, and again."""

    def __init__(self, config: DiverConfig) -> None:
        super().__init__(config)
        self.bars: list[Bar] = []
        self.bought_at: int | None = None
        self.is_waiting = False

    def on_start(self) -> None:
        """Ask for bars."""
        self.subscribe_bars(self.config.bar_type)

    def on_bar(self, bar: Bar) -> None:
        """Sell what was held long enough, or wait for the next rebound."""
        self.bars.append(bar)
        if self.bought_at is not None:
            if len(self.bars) >= self.bought_at + self.config.hold_bars:
                self.bought_at = None
                self.is_waiting = False
                self.close_all_positions(self.config.instrument)
        elif not self.is_waiting:
            self.is_waiting = True
            self.submit_order(self.rebound_order(bar))

    def rebound_order(self, bar: Bar) -> Order:
        """Return an order of this plugin's own type."""
        instrument = self.cache.require_instrument(self.config.instrument)
        return self.order_factory.create(
            OrderType("REBOUND"),
            self.config.instrument,
            OrderSide.BUY,
            self.config.trade_size,
            trigger_price=instrument.make_price(bar.close.as_decimal() - self.config.depth),
            trigger_type=TriggerType.BID_ASK,
            options={"rebound": str(self.config.rebound)},
        )

    def on_order_filled(self, event: OrderFilled) -> None:
        """Remember when the rebound was bought."""
        if event.order_side is OrderSide.BUY:
            self.bought_at = len(self.bars)

    def on_stop(self) -> None:
        """Write the bars."""
        rows = [
            [*map(str, (each.open, each.high, each.low, each.close, each.volume)), each.ts_event]
            for each in self.bars
        ]
        self.config.diary.write_text(json.dumps(rows))
