"""A class for each built-in order type; each says what an order of its type needs.

A plugin that brings a type may bring a class for it; without one its orders are plain `Order`.
Which of these classes a run knows is its own affair: two runs in one process may mean different
things by one name.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NoReturn

from argosy.errors import DuplicateNameError, ValueRangeError
from argosy.model.enums import OrderType, TimeInForce, TrailingOffsetType
from argosy.model.events.order import OrderInitialized
from argosy.model.orders.order import Order

_MARKET = OrderType.MARKET
_GTD = TimeInForce.GTD
_AT_THE_OPEN = TimeInForce.AT_THE_OPEN
_AT_THE_CLOSE = TimeInForce.AT_THE_CLOSE


class MarketOrder(Order):
    """Buys or sells at once, at whatever the market offers."""

    def validate(self) -> int:
        """Raise ValueRangeError for what the type does not allow."""
        _check_type(self, _MARKET)
        if self.time_in_force is _GTD:
            _refuse(self, "a market order does not wait for a date", "Use a limit order for GTD")
        return 0


class LimitOrder(Order):
    """Buys or sells at its price or better."""

    def validate(self) -> int:
        """Raise ValueRangeError for what the type does not allow."""
        _check_type(self, OrderType.LIMIT)
        _check_limit(self)
        return _check_expiry(self)


class StopMarketOrder(Order):
    """Becomes a market order when the market moves against it, to its trigger price."""

    def validate(self) -> int:
        """Raise ValueRangeError for what the type does not allow."""
        _check_type(self, OrderType.STOP_MARKET)
        return _check_trigger(self)


class StopLimitOrder(Order):
    """Becomes a limit order when the market moves against it, to its trigger price."""

    def validate(self) -> int:
        """Raise ValueRangeError for what the type does not allow."""
        _check_type(self, OrderType.STOP_LIMIT)
        _check_limit(self)
        return _check_trigger(self)


class MarketToLimitOrder(Order):
    """A market order whose rest stays as a limit order at the price of its first fill."""

    def validate(self) -> int:
        """Raise ValueRangeError for what the type does not allow."""
        _check_type(self, OrderType.MARKET_TO_LIMIT)
        _check_display(self)
        return _check_expiry(self)


class MarketIfTouchedOrder(Order):
    """Becomes a market order when the market comes to its trigger price, which is a better one."""

    def validate(self) -> int:
        """Raise ValueRangeError for what the type does not allow."""
        _check_type(self, OrderType.MARKET_IF_TOUCHED)
        return _check_trigger(self)


class LimitIfTouchedOrder(Order):
    """Becomes a limit order when the market comes to its trigger price, which is a better one."""

    def validate(self) -> int:
        """Raise ValueRangeError for what the type does not allow."""
        _check_type(self, OrderType.LIMIT_IF_TOUCHED)
        _check_limit(self)
        return _check_trigger(self)


class TrailingStopMarketOrder(Order):
    """A stop whose trigger price follows the market when it moves in favour."""

    def validate(self) -> int:
        """Raise ValueRangeError for what the type does not allow."""
        _check_type(self, OrderType.TRAILING_STOP_MARKET)
        return _check_trail(self)


class TrailingStopLimitOrder(Order):
    """A stop limit order whose trigger and limit follow the market when it moves in favour."""

    def validate(self) -> int:
        """Raise ValueRangeError for what the type does not allow."""
        _check_type(self, OrderType.TRAILING_STOP_LIMIT)
        if self.init.limit_offset is None:
            _refuse(
                self, "limit_offset is missing", "Give how far the limit stays from the trigger"
            )
        _check_display(self)
        return _check_trail(self)


_BUILT_IN: Mapping[str, type[Order]] = MappingProxyType(
    {
        OrderType.MARKET: MarketOrder,
        OrderType.LIMIT: LimitOrder,
        OrderType.STOP_MARKET: StopMarketOrder,
        OrderType.STOP_LIMIT: StopLimitOrder,
        OrderType.MARKET_TO_LIMIT: MarketToLimitOrder,
        OrderType.MARKET_IF_TOUCHED: MarketIfTouchedOrder,
        OrderType.LIMIT_IF_TOUCHED: LimitIfTouchedOrder,
        OrderType.TRAILING_STOP_MARKET: TrailingStopMarketOrder,
        OrderType.TRAILING_STOP_LIMIT: TrailingStopLimitOrder,
    }
)


class OrderClasses:
    """Say of which class the orders of each type are, in one run.

    Parameters
    ----------
    added : the classes of types that plugins bring

    Raises
    ------
    DuplicateNameError : one is for a built-in type, whose class is known
    """

    def __init__(self, added: Mapping[str, type[Order]] = MappingProxyType({})) -> None:
        for name in added:
            if name in _BUILT_IN:
                raise DuplicateNameError(
                    f"orders of type {name} are {_BUILT_IN[name].__name__} already",
                    cure="Choose another name for the order type",
                )
        self._known = {**_BUILT_IN, **added}

    def of(self, order_type: OrderType) -> type[Order]:
        """Return the class of a type's orders: `Order` where nobody brought one."""
        return self._known.get(order_type, Order)

    def order(self, init: OrderInitialized) -> Order:
        """Return the order that an event makes, of the class of its type."""
        return self.of(init.order_type)(init)


BUILT_IN = OrderClasses()


def order_class(order_type: OrderType) -> type[Order]:
    """Return the class of a built-in type's orders, `Order` for any other; see `OrderClasses`."""
    return BUILT_IN.of(order_type)


def order_from(init: OrderInitialized) -> Order:
    """Return the order that an event makes, of the class of its built-in type, or an `Order`."""
    return BUILT_IN.order(init)


def _refuse(order: Order, what: str, cure: str) -> NoReturn:
    raise ValueRangeError(f"{order.order_type} order {order.client_order_id}: {what}. {cure}")


def _check_type(order: Order, order_type: OrderType) -> int:
    if order.order_type is not order_type:
        _refuse(order, f"{type(order).__name__} is for {order_type}", "Use `order_from`")
    return 0


def _check_expiry(order: Order) -> int:
    expires = order.init.expire_time_ns > 0
    if expires and order.time_in_force is not _GTD:
        _refuse(order, f"{order.time_in_force} with an expire_time", "Use GTD, or leave it out")
    if not expires and order.time_in_force is _GTD:
        _refuse(order, "GTD without an expire_time", "Give expire_time")
    return 0


def _check_display(order: Order) -> int:
    shown = order.init.display_qty
    if shown is not None and shown > order.quantity:
        _refuse(order, f"display_qty {shown} of {order.quantity}", "Show at most the quantity")
    return 0


def _check_limit(order: Order) -> int:
    if order.price is None:
        _refuse(order, "price is missing", "Give the limit price")
    return _check_display(order)


def _check_trigger(order: Order) -> int:
    if order.trigger_price is None:
        _refuse(order, "trigger_price is missing", "Give the price that triggers it")
    return _check_stop(order)


def _check_stop(order: Order) -> int:
    if order.time_in_force in (_AT_THE_OPEN, _AT_THE_CLOSE):
        _refuse(order, f"{order.time_in_force} cannot be triggered", "Use GTC, DAY or GTD")
    return _check_expiry(order)


def _check_trail(order: Order) -> int:
    if order.init.trailing_offset is None or order.init.trailing_offset <= 0:
        _refuse(order, f"trailing_offset is {order.init.trailing_offset}", "Give one above zero")
    if order.init.trailing_offset_type is TrailingOffsetType.NO_TRAILING_OFFSET:
        _refuse(order, "trailing_offset_type is missing", "Give the unit of the offset")
    return _check_stop(order)
