"""Rebalance: hold several instruments at fixed weights, and restore the weights now and then."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from argosy import (
    BarType,
    InstrumentId,
    OrderFilled,
    OrderSide,
    PriceType,
    Strategy,
    StrategyConfig,
    TimeEvent,
)


class RebalanceConfig(StrategyConfig, frozen=True):
    """Settings of the rebalancing.

    Parameters
    ----------
    weights : instrument -> part of the equity, together at most 1
    bar_types : the bars that keep the prices of the instruments known
    every_days : how often the weights are restored
    tolerance : a holding that is off by less than this part of the equity is left alone
    """

    weights: dict[InstrumentId, Decimal]
    bar_types: list[BarType]
    every_days: int = 30
    tolerance: Decimal = Decimal("0.01")


class Rebalance(Strategy):
    """Sell what has grown beyond its weight, then buy what has fallen below."""

    def __init__(self, config: RebalanceConfig) -> None:
        super().__init__(config)
        if sum(config.weights.values()) > 1:
            raise ValueError("the weights add up to more than 1")

    def on_start(self) -> None:
        """Follow the prices, and set the timer."""
        for bar_type in self.config.bar_types:
            self.subscribe_bars(bar_type)
        self.clock.set_timer("rebalance", timedelta(days=self.config.every_days))

    def on_event(self, event: object) -> None:
        """Rebalance when the timer fires: sales first, for they pay for the purchases."""
        if isinstance(event, TimeEvent) and not self.trade(OrderSide.SELL):
            self.trade(OrderSide.BUY)

    def on_order_filled(self, event: OrderFilled) -> None:
        """Buy once everything is sold."""
        sales = {"strategy_id": self.id, "side": OrderSide.SELL}
        is_selling = self.cache.orders_open(**sales) or self.cache.orders_inflight(**sales)
        if event.order_side is OrderSide.SELL and not is_selling:
            self.trade(OrderSide.BUY)

    def trade(self, side: OrderSide) -> int:
        """Send a market order for each instrument that changes to this side; return how many."""
        changes = {each: self.change_of(each) for each in self.config.weights}
        wanted = {
            each: int(abs(change))
            for each, change in changes.items()
            if int(change) and (change > 0) == (side is OrderSide.BUY)
        }
        for instrument_id, units in wanted.items():
            quantity = self.cache.require_instrument(instrument_id).make_qty(units)
            self.submit_order(self.order_factory.market(instrument_id, side, quantity))
        return len(wanted)

    def change_of(self, instrument_id: InstrumentId) -> Decimal:
        """Return how many units are missing (> 0) or too many (< 0); 0 without a price."""
        price = self.cache.price(instrument_id, PriceType.LAST)
        if price is None:
            return Decimal(0)
        instrument = self.cache.require_instrument(instrument_id)
        equity = self.portfolio.equity(instrument_id.venue)[instrument.quote_currency].as_decimal()
        target = equity * self.config.weights[instrument_id] / price.as_decimal()
        change = target - self.portfolio.net_position(instrument_id)
        is_small = abs(change) * price.as_decimal() < self.config.tolerance * equity
        return Decimal(0) if is_small else change
