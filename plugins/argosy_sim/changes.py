"""Changes of resting orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy_sim import conditional, entry, reducing
from argosy_sim.resting import LimitTrigger

if TYPE_CHECKING:
    from argosy.model.orders.order import Order
    from argosy.model.values import Price, Quantity
    from argosy_sim.desk import OrderDesk
    from argosy_sim.work import Work


def change(
    desk: OrderDesk,
    order: Order,
    quantity: Quantity | None,
    price: Price | None,
    trigger_price: Price | None,
) -> None:
    """Give a resting order other values, or refuse to; None keeps what it has.

    A limit that now crosses the market takes liquidity at once. A new quantity alone keeps the
    place in the book, a new price loses it.
    """
    work = desk.working.get(order.client_order_id)
    if work is None:
        _refuse(desk, order, f"ORDER_NOT_FOUND: id={order.client_order_id}")
        return
    reason = entry.change_refusal(desk, work, quantity, price, trigger_price)
    if reason is not None:
        _refuse(desk, order, reason)
        return
    size = work.quantity if quantity is None else _size(desk, work, quantity)
    if size == work.filled and not work.in_quote:
        desk.cancel(work, f"QUANTITY_FILLED: filled={desk.size(work.filled)}")
        return
    limit = work.price if price is None else desk.raw_price(price)
    level = work.trigger_price if trigger_price is None else desk.raw_price(trigger_price)
    if limit == work.price and level == work.trigger_price:
        _tell(desk, work, size)
    elif isinstance(work.trigger, LimitTrigger):
        _move_limit(desk, work, size, limit)
    else:
        reason = conditional.move(desk, work, size, limit, level)
        if reason is None:
            _tell(desk, work, size)
        else:
            _refuse(desk, order, reason)


def _move_limit(desk: OrderDesk, work: Work, size: int, limit: int) -> None:
    best = desk.opposite(work)
    before = work.price
    work.price = limit
    if work.order.is_post_only and desk.crosses(work, best):
        reason = entry.would_take(desk, work, best)
        work.price = before
        _refuse(desk, work.order, reason)
        return
    desk.unhook(work)
    _tell(desk, work, size)
    desk.fill_limit(work, best)


def _size(desk: OrderDesk, work: Work, quantity: Quantity) -> int:
    """Return the new quantity (raw), at most what a reduce-only order may have."""
    size = desk.raw_size(quantity)
    if work.order.client_order_id in desk.reducing:
        return min(size, work.filled + reducing.reducible(desk, work))
    return size


def _tell(desk: OrderDesk, work: Work, size: int) -> None:
    work.quantity = work.told = size
    reports = desk.house.reports
    reports.updated(
        work.order,
        desk.house.timeline.now,
        quantity=None if work.in_quote else desk.size(size),
        price=desk.price(work.price) if work.has_price else None,
        trigger_price=desk.price(work.trigger_price) if work.has_trigger_price else None,
    )


def _refuse(desk: OrderDesk, order: Order, reason: str) -> None:
    desk.house.reports.modify_rejected(order, reason, desk.house.timeline.now)
