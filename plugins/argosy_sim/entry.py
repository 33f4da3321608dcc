"""What an order must satisfy to get into the venue, with a coded reason for each refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.errors import ValueRangeError
from argosy.model.enums import ContingencyType, OrderType, TimeInForce
from argosy_sim import reducing
from argosy_sim.work import fits

if TYPE_CHECKING:
    from argosy.model.orders.order import Order
    from argosy.model.values import Price, Quantity
    from argosy_sim.desk import OrderDesk
    from argosy_sim.work import Work

_GTD = TimeInForce.GTD
_AUCTIONS = (TimeInForce.AT_THE_OPEN, TimeInForce.AT_THE_CLOSE)
_PRIMITIVE = (OrderType.MARKET, OrderType.LIMIT)
_ALONE = ContingencyType.NO_CONTINGENCY


def refusal(desk: OrderDesk, order: Order) -> str | None:
    """Return why an order cannot be taken, whatever the market, or None."""
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
    if quantity is not None and not fits(quantity, desk.size_precision):
        return f"QUANTITY_PRECISION: quantity={quantity}, precision={desk.size_precision}"
    if price is not None and not fits(price, desk.price_precision):
        return f"PRICE_PRECISION: price={price}, precision={desk.price_precision}"
    if trigger_price is not None and not fits(trigger_price, desk.price_precision):
        return f"TRIGGER_PRICE_PRECISION: price={trigger_price}, precision={desk.price_precision}"
    return None


def convert(desk: OrderDesk, work: Work, price: int) -> str | None:
    """Turn a quantity of the quote currency into one of the instrument; return why not, or None."""
    instrument = desk.instrument
    quantity = work.order.quantity
    if instrument.is_inverse:
        # Its contracts are in the quote currency already.
        if not fits(quantity, desk.size_precision):
            return precision_refusal(desk, quantity, None, None)
        size = desk.raw_size(quantity)
    else:
        try:
            size = instrument.calculate_base_quantity(quantity, desk.price(price)).raw
        except ValueRangeError as error:
            return f"QUANTITY_NOT_CONVERTIBLE: {error}"
    work.quantity = size - size % instrument.size_increment.raw
    work.in_quote = False
    if work.quantity == 0:
        return f"QUANTITY_TOO_SMALL: quantity={quantity}, price={desk.price(price)}"
    return None


def trim(desk: OrderDesk, work: Work) -> str | None:
    """Cut a reduce-only order to its position; return why there is nothing to reduce, or None."""
    most = reducing.reducible(desk, work)
    if most == 0:
        held = reducing.held(desk, work)
        side = "LONG" if held > 0 else "SHORT" if held < 0 else "FLAT"
        return f"REDUCE_ONLY_WOULD_INCREASE_POSITION: side={work.order.side}, position={side}"
    if not work.in_quote:
        work.quantity = min(work.quantity, most)
    return None


def short_sale(desk: OrderDesk, work: Work) -> str | None:
    """Return why a sale of what a cash account does not hold is refused, or None."""
    if desk.is_delivered:
        return None
    held = max(reducing.held_by_all(desk), 0)
    if work.quantity <= held:
        return None
    return f"SHORT_SELLING_NOT_PERMITTED: held={desk.size(held)}, quantity={work.order.quantity}"


def would_take(desk: OrderDesk, work: Work, best: int) -> str:
    """Say that a post-only order would take liquidity."""
    return f"POST_ONLY_WOULD_TAKE: price={desk.price(work.price)}, best={desk.price(best)}"


def change_refusal(
    desk: OrderDesk,
    work: Work,
    quantity: Quantity | None,
    price: Price | None,
    trigger_price: Price | None,
) -> str | None:
    """Return why a resting order cannot have other values, or None."""
    order_type = work.order.order_type
    reason = precision_refusal(desk, quantity, price, trigger_price)
    if price is not None and not work.has_price:
        reason = f"PRICE_NOT_MODIFIABLE: order_type={order_type}"
    elif trigger_price is not None and not work.has_trigger_price:
        reason = f"TRIGGER_PRICE_NOT_MODIFIABLE: order_type={order_type}"
    elif trigger_price is not None and work.is_triggered:
        reason = f"ORDER_TRIGGERED: order_type={order_type}"
    elif quantity is not None and work.in_quote:
        reason = "QUANTITY_NOT_MODIFIABLE: quote_quantity=true"
    elif quantity is not None and reason is None and desk.raw_size(quantity) < work.filled:
        reason = f"QUANTITY_BELOW_FILLED: quantity={quantity}, filled={desk.size(work.filled)}"
    return reason
