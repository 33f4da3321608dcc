"""Types of what a strategy meets."""

from typing import reveal_type

from argosy import (
    BarType,
    ExponentialMovingAverage,
    InstrumentId,
    OrderFilled,
    OrderSide,
    Price,
    Quantity,
    Strategy,
    StrategyConfig,
)


class ExampleConfig(StrategyConfig, frozen=True):
    instrument: InstrumentId
    bar_type: BarType
    fast: int = 10


class Example(Strategy):
    def __init__(self, config: ExampleConfig) -> None:
        super().__init__(config)
        self.settings = config
        self.average = ExponentialMovingAverage(config.fast)

    def on_start(self) -> None:
        instrument_id = self.settings.instrument
        reveal_type(instrument_id)  # InstrumentId
        reveal_type(self.settings.fast)  # int
        reveal_type(self.clock.timestamp_ns())  # int
        reveal_type(self.cache.instrument(instrument_id))  # Instrument | None
        reveal_type(self.cache.quote_tick(instrument_id))  # QuoteTick | None
        reveal_type(self.cache.orders_open())  # list[Order]
        reveal_type(self.portfolio.is_flat(instrument_id))  # bool
        reveal_type(self.portfolio.net_position(instrument_id))  # Decimal
        self.subscribe_bars(self.settings.bar_type, params=None)
        self.subscribe_bars(self.settings.bar_type, params={"speed": 1})  # type: ignore[arg-type]
        self.subscribe_bars(self.settings.bar_type, await_partial=True)  # type: ignore[call-arg]
        market = self.order_factory.market(instrument_id, OrderSide.BUY, Quantity(1))
        reveal_type(market)  # MarketOrder
        limit = self.order_factory.limit(instrument_id, OrderSide.BUY, Quantity(1), Price("1.1"))
        reveal_type(limit)  # LimitOrder
        factory = self.order_factory
        stop = factory.stop_market(
            instrument_id, OrderSide.SELL, Quantity(1), Price("1.0"), reduce_only=True, tags=["out"]
        )
        reveal_type(stop)  # StopMarketOrder
        factory.limit(instrument_id, OrderSide.BUY, Quantity(1), Price("1"), post_only="yes")  # type: ignore[arg-type]
        factory.market_to_limit(instrument_id, OrderSide.BUY, Quantity(1), post_only=True)  # type: ignore[call-arg]
        reveal_type(limit.quantity)  # Quantity
        reveal_type(limit.price)  # Price | None
        reveal_type(limit.status)  # OrderStatus
        reveal_type(self.average.value)  # float

    def on_order_filled(self, event: OrderFilled) -> None:
        reveal_type(event.last_px)  # Price
        reveal_type(event.commission)  # Money
        reveal_type(event.order_side)  # OrderSide
