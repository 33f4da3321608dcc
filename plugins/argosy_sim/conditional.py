"""Conditional orders: what they wait for, and what becomes of them when it happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from argosy.errors import InputError
from argosy.kernel.matching import UNSET
from argosy.kernel.trigger import WATCH_ASK, WATCH_BID, WATCH_LAST, WATCH_MID, Trigger
from argosy.model.orders.types import order_from
from argosy_sim import entry, reducing
from argosy_sim.matcher import AT_ONCE, AT_OPEN

if TYPE_CHECKING:
    from argosy.model.orders.order import Order
    from argosy_sim.desk import OrderDesk
    from argosy_sim.work import Work

_RELEASES_LIMIT = "releases=LIMIT"


def enter(desk: OrderDesk, work: Work) -> None:
    """Take a conditional order in, or reject it."""
    order = work.order
    work.price = desk.raw_price(order.price)
    work.trigger_price = desk.raw_price(order.trigger_price)
    host = watched_desk(desk, order)
    if host is None:
        desk.reject(order, f"TRIGGER_INSTRUMENT_NOT_FOUND: id={order.trigger_instrument_id}")
        return
    trigger = _make(desk, order)
    if isinstance(trigger, str):
        desk.reject(order, trigger)
        return
    if trigger.watch == WATCH_LAST and host.matcher.last == UNSET:
        desk.reject(order, f"TRIGGER_PRICE_UNKNOWN: trigger_type={order.trigger_type}, trades=none")
        return
    is_reached = host.matcher.is_reached(trigger, desk.house.timeline.now)
    if is_reached and desk.house.options.reject_stop_orders:
        desk.reject(order, _in_the_market(host, order))
    elif desk.admits(work, UNSET):
        desk.accept(work)
        desk.tell_quantity(work)
        if is_reached:
            release(desk, work, desk.opposite(work))
        else:
            desk.rest(work, trigger, host.matcher)


def move(desk: OrderDesk, work: Work, quantity: int, price: int, trigger_price: int) -> str | None:
    """Put a resting conditional order to other prices (raw); return why not, or None."""
    host = watched_desk(desk, work.order)
    # The host's order still has the old prices: the trigger is made from a copy with the new.
    changed = order_from(
        msgspec.structs.replace(
            work.order.init,
            quantity=work.order.quantity if work.in_quote else desk.size(quantity),
            price=None if price == UNSET else desk.price(price),
            trigger_price=None if trigger_price == UNSET else desk.price(trigger_price),
        )
    )
    trigger = _make(desk, changed)
    if host is None or not isinstance(trigger, Trigger):
        return str(trigger)
    if host.matcher.is_reached(trigger, desk.house.timeline.now):
        return _in_the_market(host, changed)
    desk.unhook(work)
    work.price = price
    work.trigger_price = trigger_price
    desk.rest(work, trigger, host.matcher)
    return None


def fired(desk: OrderDesk, work: Work, trigger: Trigger, price: int) -> bool:
    """Act on a trigger that the book of its own instrument reached; return whether it rests on."""
    house = desk.house
    is_chance = price == trigger.level and house.options.prob_fill_on_stop
    if is_chance and not house.fill.is_stop_filled():
        return True
    work.trigger = None
    release(desk, work, _price_at(desk, work, trigger))
    return False


def release_at_market(desk: OrderDesk, order: Order) -> None:
    """Execute an order whose trigger fired in the book of another instrument."""
    work = desk.working.get(order.client_order_id)
    if work is not None:
        work.trigger = None
        release(desk, work, desk.opposite(work))


def release(desk: OrderDesk, work: Work, price: int) -> None:
    """Let a conditional order become what its type says, at a price (raw) of the moment."""
    order = work.order
    now = desk.house.timeline.now
    work.is_triggered = True
    is_limit = _RELEASES_LIMIT in desk.house.order_types[order.order_type].part.capabilities
    if is_limit:
        # Who waits for the answer to a cancel cannot take this news: see LateReports.
        if desk.house.is_late or not order.is_pending_cancel:
            desk.house.reports.triggered(order, now)
    elif price == UNSET:
        desk.cancel(work, f"NO_MARKET: side={order.side}")
        return
    reason = _convert(desk, work, price) if work.in_quote else None
    if reason is not None:
        desk.cancel(work, reason)
        return
    desk.tell_quantity(work)
    if not is_limit:
        desk.fill_market(work, price)
    elif order.is_post_only and desk.crosses(work, price):
        desk.close(work)
        desk.reject(order, entry.would_take(desk, work, price), due_post_only=True)
    else:
        desk.fill_limit(work, price)


def _convert(desk: OrderDesk, work: Work, price: int) -> str | None:
    """Settle a quantity of the quote currency; return why nothing is left to trade, or None."""
    reason = entry.convert(desk, work, work.price if work.has_price else price)
    if reason is None and work.order.client_order_id in desk.reducing:
        work.quantity = min(work.quantity, reducing.reducible(desk, work))
        return None if work.quantity else "REDUCE_ONLY_NO_POSITION"
    return reason


def watched_desk(desk: OrderDesk, order: Order) -> OrderDesk | None:
    """Return the desk of the instrument whose price triggers an order, None if it is not here."""
    other = order.trigger_instrument_id
    return desk if other is None else desk.house.desks.get(other)


def _make(desk: OrderDesk, order: Order) -> Trigger | str:
    """Return the trigger of an order, or why there can be none."""
    try:
        made: Trigger = desk.house.order_types[order.order_type].factory(order, desk.instrument)
    except InputError as error:
        return error.message
    return made


def _in_the_market(host: OrderDesk, order: Order) -> str:
    matcher = host.matcher
    best = matcher.ask if order.is_buy else matcher.bid
    market = "none" if best == UNSET else str(host.price(best))
    return f"TRIGGER_IN_THE_MARKET: trigger_price={order.trigger_price}, market={market}"


def _price_at(desk: OrderDesk, work: Work, trigger: Trigger) -> int:
    """Return the price (raw) at which a market order that was just triggered begins to trade.

    It is the market of the moment; inside a bar that is where the path crossed the trigger.
    """
    matcher = desk.matcher
    price = matcher.ask if work.is_buy else matcher.bid
    if matcher.step == AT_ONCE:
        return price
    if matcher.step == AT_OPEN and desk.house.options.gap_fill == "open":
        return price
    watches_own_side = trigger.watch & (WATCH_ASK if work.is_buy else WATCH_BID)
    if trigger.watch & WATCH_MID or not (watches_own_side or matcher.bid == matcher.ask):
        return price
    before = matcher.ask_before if work.is_buy else matcher.bid_before
    is_crossed = min(before, price) <= trigger.level <= max(before, price)
    return trigger.level if is_crossed else price
