"""A strategy that uses much of the host at once; scratch projects find it in strategies/."""

from __future__ import annotations

from datetime import timedelta

from argosy import (
    Bar,
    BarType,
    InstrumentId,
    OrderFilled,
    OrderSide,
    PositionClosed,
    Price,
    Quantity,
    QuoteTick,
    Strategy,
    StrategyConfig,
    TimeEvent,
    TimeInForce,
)


class StormConfig(StrategyConfig, frozen=True):
    """Settings of the storm."""

    instrument: InstrumentId
    bar_type: BarType
    every: int = 40


class Storm(Strategy):
    """Market orders at bars; limits and stops around the quotes; timers that tidy up."""

    def __init__(self, config: StormConfig) -> None:
        super().__init__(config)
        self.quotes = 0
        self.closed = 0

    def on_start(self) -> None:
        self.subscribe_quote_ticks(self.config.instrument)
        self.subscribe_bars(self.config.bar_type)
        self.clock.set_timer("tidy", timedelta(minutes=7))

    def on_bar(self, bar: Bar) -> None:
        side = OrderSide.BUY if bar.close >= bar.open else OrderSide.SELL
        size = Quantity.from_int(700_000 + self.closed % 3 * 300_000)
        self.submit_order(self.order_factory.market(self.config.instrument, side, size))

    def on_quote_tick(self, tick: QuoteTick) -> None:
        self.quotes += 1
        if self.quotes % self.config.every:
            return
        self.cancel_all_orders(self.config.instrument)
        for side, limit, stop in (
            (OrderSide.BUY, tick.bid_price.raw - 2, tick.ask_price.raw + 4),
            (OrderSide.SELL, tick.ask_price.raw + 2, tick.bid_price.raw - 4),
        ):
            self.rest(side, Price.from_raw(limit, 5), Price.from_raw(stop, 5))

    def rest(self, side: OrderSide, limit: Price, stop: Price) -> None:
        """Let a limit and a stop wait."""
        size = Quantity.from_int(20_000)
        make, pair = self.order_factory, self.config.instrument
        expire = self.clock.utc_now() + timedelta(minutes=1)
        gtd = TimeInForce.GTD
        self.submit_order(make.limit(pair, side, size, limit, gtd, expire, post_only=True))
        self.submit_order(make.stop_market(pair, side, size, stop))

    def on_order_filled(self, event: OrderFilled) -> None:
        if event.last_qty.raw == 20_000 and event.order_side is OrderSide.SELL:
            self.cancel_all_orders(self.config.instrument, OrderSide.SELL)

    def on_position_closed(self, event: PositionClosed) -> None:
        self.closed += 1

    def on_event(self, event: object) -> None:
        if isinstance(event, TimeEvent):
            self.close_all_positions(self.config.instrument)
