"""Orders and their state machine."""

from argosy.model.orders.lists import OrderList
from argosy.model.orders.order import Order
from argosy.model.orders.types import (
    LimitIfTouchedOrder,
    LimitOrder,
    MarketIfTouchedOrder,
    MarketOrder,
    MarketToLimitOrder,
    OrderClasses,
    StopLimitOrder,
    StopMarketOrder,
    TrailingStopLimitOrder,
    TrailingStopMarketOrder,
    order_class,
    order_from,
)

__all__ = [
    "LimitIfTouchedOrder",
    "LimitOrder",
    "MarketIfTouchedOrder",
    "MarketOrder",
    "MarketToLimitOrder",
    "Order",
    "OrderClasses",
    "OrderList",
    "StopLimitOrder",
    "StopMarketOrder",
    "TrailingStopLimitOrder",
    "TrailingStopMarketOrder",
    "order_class",
    "order_from",
]
