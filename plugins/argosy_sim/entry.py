"""What an order must satisfy to get into the venue, with a coded reason for each refusal."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from argosy.errors import ValueRangeError
from argosy.model.enums import ContingencyType, OrderType, TimeInForce
from argosy_sim import reducing

if TYPE_CHECKING:
    from argosy.model.orders import Order
    from argosy.model.values import Price, Quantity
    from argosy_sim.desk import OrderDesk
    from argosy_sim.work import Work

_GTC = TimeInForce.GTC
_GTD = TimeInForce.GTD
_AUCTIONS = (TimeInForce.AT_THE_OPEN, TimeInForce.AT_THE_CLOSE)
_PRIMITIVE = (OrderType.MARKET, OrderType.LIMIT)
_ALONE = ContingencyType.NO_CONTINGENCY


def refusal(desk: OrderDesk, order: Order) -> str | None:
    """Return why an order cannot be taken, whatever the market, or None."""
    if order.time_in_force is not _GTC:
        reason = _time_refusal(desk, order)
        if reason is not None:
            return reason
    if order.init.contingency_type is not _ALONE:
        return f"UNSUPPORTED_CONTINGENCY: contingency_type={order.contingency_type}"
    if order.order_type not in _PRIMITIVE and order.order_type not in desk.house.order_types:
        return f"UNSUPPORTED_ORDER_TYPE: order_type={order.order_type}"
    reason = desk.session.refusal(desk.house.timeline.now, order)
    if reason is not None:
        return reason
    quantity = None if order.is_quote_quantity else order.quantity
    return precision_refusal(desk, quantity, order.price, order.trigger_price)


def _time_refusal(desk: OrderDesk, order: Order) -> str | None:
    if order.time_in_force in _AUCTIONS:
        return f"UNSUPPORTED_TIME_IN_FORCE: time_in_force={order.time_in_force}, calendar=none"
    now = desk.house.timeline.now
    if order.time_in_force is _GTD and order.expire_time_ns <= now:
        return f"EXPIRE_TIME_IN_PAST: expire_time={order.expire_time_ns}, now={now}"
    return None


def precision_refusal(
    desk: OrderDesk, quantity: Quantity | None, price: Price | None, trigger_price: Price | None
) -> str | None:
    """Return which value has decimals that the instrument does not have, or None."""
    if quantity is not None and not _fits(quantity, desk.size_precision):
        return f"QUANTITY_PRECISION: quantity={quantity}, precision={desk.size_precision}"
    if price is not None and not _fits(price, desk.price_precision):
        return f"PRICE_PRECISION: price={price}, precision={desk.price_precision}"
    if trigger_price is not None and not _fits(trigger_price, desk.price_precision):
        return f"TRIGGER_PRICE_PRECISION: price={trigger_price}, precision={desk.price_precision}"
    return None


def _fits(value: Price | Quantity, precision: int) -> bool:
    if value.precision <= precision:
        return True
    return value.raw % int(10 ** (value.precision - precision)) == 0


def is_admitted(desk: OrderDesk, work: Work, price: int | None) -> bool:
    """Settle the quantity of an order that comes in, or reject it.

    A quantity in the quote currency is converted, a reduce-only one trimmed to the position.

    Parameters
    ----------
    price : raw, to convert at; None where that waits for a trigger
    """
    order = work.order
    reason = None
    if work.in_quote and price is not None:
        reason = convert(desk, work, price)
    if reason is None and order.is_reduce_only and desk.house.options.use_reduce_only:
        reason = _trim(desk, work)
    if reason is None and desk.house.no_short_sales and not work.is_buy:
        reason = _short_sale(desk, work)
    if reason is None:
        return True
    desk.reject(order, reason)
    return False


def convert(desk: OrderDesk, work: Work, price: int) -> str | None:
    """Turn a quantity of the quote currency into one of the instrument; return why not, or None."""
    instrument = desk.instrument
    quantity = work.order.quantity
    if not instrument.is_inverse:
        try:
            quantity = instrument.calculate_base_quantity(quantity, desk.price(price))
        except ValueRangeError as error:
            return f"QUANTITY_NOT_CONVERTIBLE: {error}"
    size = instrument.make_qty(Decimal(str(quantity)))
    work.quantity = size.raw - size.raw % instrument.size_increment.raw
    work.in_quote = False
    if work.quantity == 0:
        return f"QUANTITY_TOO_SMALL: quantity={work.order.quantity}, price={desk.price(price)}"
    return None


def _trim(desk: OrderDesk, work: Work) -> str | None:
    most = reducing.reducible(desk, work)
    if most == 0:
        held = reducing.held(desk, work)
        side = "LONG" if held > 0 else "SHORT" if held < 0 else "FLAT"
        return f"REDUCE_ONLY_WOULD_INCREASE_POSITION: side={work.order.side}, position={side}"
    if not work.in_quote:
        work.quantity = min(work.quantity, most)
    return None


def _short_sale(desk: OrderDesk, work: Work) -> str | None:
    if desk.is_delivered:
        return None
    held = max(reducing.held_by_all(desk), 0)
    if work.quantity <= held:
        return None
    return f"SHORT_SELLING_NOT_PERMITTED: held={desk.size(held)}, quantity={work.order.quantity}"


def would_take(desk: OrderDesk, work: Work, best: int) -> str:
    """Say that a post-only order would take liquidity."""
    limit = None if work.price is None else desk.price(work.price)
    return f"POST_ONLY_WOULD_TAKE: price={limit}, best={desk.price(best)}"


def change_refusal(
    desk: OrderDesk,
    work: Work,
    quantity: Quantity | None,
    price: Price | None,
    trigger_price: Price | None,
) -> str | None:
    """Return why a resting order cannot have other values, or None."""
    if price is not None and work.price is None:
        return f"PRICE_NOT_MODIFIABLE: order_type={work.order.order_type}"
    if trigger_price is not None and work.trigger_price is None:
        return f"TRIGGER_PRICE_NOT_MODIFIABLE: order_type={work.order.order_type}"
    if trigger_price is not None and work.is_triggered:
        return "ORDER_TRIGGERED: only price and quantity can change"
    if quantity is not None and work.in_quote:
        return "QUANTITY_NOT_MODIFIABLE: quote_quantity=true"
    reason = precision_refusal(desk, quantity, price, trigger_price)
    if reason is not None or quantity is None:
        return reason
    if desk.raw_size(quantity) < work.filled:
        return f"QUANTITY_BELOW_FILLED: quantity={quantity}, filled={desk.size(work.filled)}"
    return None
