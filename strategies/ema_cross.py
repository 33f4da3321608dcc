"""EMA cross: long while the fast average is above the slow one, else flat or short."""

from __future__ import annotations

from decimal import Decimal

from argosy import (
    Bar,
    BarType,
    ExponentialMovingAverage,
    InstrumentId,
    OrderSide,
    Quantity,
    Strategy,
    StrategyConfig,
)


class EMACrossConfig(StrategyConfig, frozen=True):
    """Settings of the EMA cross.

    Parameters
    ----------
    instrument : what is traded
    bar_type : the bars that it looks at
    fast, slow : periods of the two averages
    trade_size : what is held while long, or short
    short : whether it goes short instead of flat
    """

    instrument: InstrumentId
    bar_type: BarType
    trade_size: Quantity
    fast: int = 10
    slow: int = 20
    short: bool = False


class EMACross(Strategy):
    """Trade the crosses of two exponential moving averages of the close."""

    def __init__(self, config: EMACrossConfig) -> None:
        super().__init__(config)
        if config.fast >= config.slow:
            raise ValueError(f"fast was {config.fast}; it must be below slow ({config.slow})")
        self.fast = ExponentialMovingAverage(config.fast)
        self.slow = ExponentialMovingAverage(config.slow)
        self.is_above: bool | None = None

    def on_start(self) -> None:
        """Let the averages follow the bars, and get each bar after them."""
        self.register_indicator_for_bars(self.config.bar_type, self.fast)
        self.register_indicator_for_bars(self.config.bar_type, self.slow)
        self.subscribe_bars(self.config.bar_type)

    def on_bar(self, bar: Bar) -> None:
        """Trade when the averages have crossed."""
        if not self.slow.initialized:
            return
        is_above = self.fast.value > self.slow.value
        if is_above is self.is_above:
            return
        self.is_above = is_above
        if is_above:
            self.hold(self.config.trade_size.as_decimal())
        else:
            self.hold(-self.config.trade_size.as_decimal() if self.config.short else Decimal(0))

    def on_stop(self) -> None:
        """Leave nothing open."""
        self.cancel_all_orders(self.config.instrument)
        self.close_all_positions(self.config.instrument)

    def hold(self, target: Decimal) -> None:
        """Bring the position to `target` with one market order, where it is not there already."""
        instrument_id = self.config.instrument
        change = target - self.portfolio.net_position(instrument_id)
        if change == 0:
            return
        instrument = self.cache.require_instrument(instrument_id)
        order = self.order_factory.market(
            instrument_id,
            OrderSide.BUY if change > 0 else OrderSide.SELL,
            instrument.make_qty(abs(change)),
        )
        self.submit_order(order)
