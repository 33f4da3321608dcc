"""Which prices a conditional order watches, and at which raw price it fires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.errors import InputError
from argosy.model.enums import TriggerType
from argosy.parts.order_type import WATCH_ASK, WATCH_BID, WATCH_LAST, WATCH_MID

if TYPE_CHECKING:
    from argosy.model.events.order import OrderInitialized
    from argosy.model.instruments import Instrument
    from argosy.parts.order_type import Trigger

OWN_SIDE = 0
"""Stands for the ask of a buy and the bid of a sell: what the order would trade against."""

SOURCES = {
    TriggerType.DEFAULT: (OWN_SIDE,),
    TriggerType.BID_ASK: (OWN_SIDE,),
    TriggerType.DOUBLE_BID_ASK: (OWN_SIDE,),
    TriggerType.LAST_PRICE: (WATCH_LAST,),
    TriggerType.DOUBLE_LAST: (WATCH_LAST,),
    TriggerType.LAST_OR_BID_ASK: (WATCH_LAST, OWN_SIDE),
    TriggerType.MID_POINT: (WATCH_MID,),
}
"""Trigger type -> the prices that it watches. MARK_PRICE and INDEX_PRICE have no source."""

DOUBLED = frozenset({TriggerType.DOUBLE_LAST, TriggerType.DOUBLE_BID_ASK})
"""Trigger types that fire at the second update in a row that meets the price."""


def watched(order: OrderInitialized) -> int:
    """Return the prices that an order watches, as a sum of WATCH_* bits.

    Raises
    ------
    InputError : the code TRIGGER_TYPE_WITHOUT_SOURCE, and the types that have one
    """
    sources = SOURCES.get(order.trigger_type)
    if sources is None:
        known = ", ".join(SOURCES)
        raise InputError(
            f"TRIGGER_TYPE_WITHOUT_SOURCE: nothing quotes a {order.trigger_type}",
            cure=f"Give trigger_type one of {known}",
        )
    own_side = WATCH_ASK if order.is_buy else WATCH_BID
    return sum(source or own_side for source in sources)


def trigger_level(order: OrderInitialized, instrument: Instrument) -> int:
    """Return the trigger price of an order in the raw unit of what it watches.

    Raises
    ------
    InputError : the code TRIGGER_PRICE_MISSING or TRIGGER_PRICE_PRECISION
    """
    price = order.trigger_price
    if price is None:
        raise InputError(
            f"TRIGGER_PRICE_MISSING: a {order.order_type} order has no trigger_price",
            cure="Give it one",
        )
    shift: int = instrument.price_precision - price.precision
    raw, rest = divmod(price.raw, int(10 ** max(-shift, 0)))
    if rest:
        raise InputError(
            f"TRIGGER_PRICE_PRECISION: {price} has more than {instrument.price_precision} decimals",
            cure=f"Round it with make_price of {instrument.id}",
        )
    raw *= int(10 ** max(shift, 0))
    # The mid is watched as bid + ask.
    return 2 * raw if order.trigger_type is TriggerType.MID_POINT else raw


def is_in_market(trigger: Trigger, bid: int | None, ask: int | None, last: int | None) -> bool:
    """Tell whether a price (raw, None where unknown) has reached what a new trigger waits for."""
    mid = None if bid is None or ask is None else bid + ask
    prices = {WATCH_BID: bid, WATCH_ASK: ask, WATCH_LAST: last, WATCH_MID: mid}
    return any(
        price >= trigger.above or price <= trigger.below
        for source, price in prices.items()
        if trigger.watch & source and price is not None
    )
