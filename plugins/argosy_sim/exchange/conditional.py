"""Conditional orders: what they wait for, and what becomes of them when it happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec

from argosy.errors import InputError
from argosy.kernel.matching import UNSET
from argosy.kernel.trigger import WATCH_ASK, WATCH_BID, WATCH_LAST, WATCH_MID, Trigger
from argosy_sim.exchange.matcher import AT_ONCE, AT_OPEN, InstrumentMatcher

if TYPE_CHECKING:
    from argosy.config.choice import Choice
    from argosy.kernel.timeline import Timeline
    from argosy.model.events.order import OrderInitialized
    from argosy.model.identifiers import InstrumentId
    from argosy_sim.exchange.admission import Admission
    from argosy_sim.exchange.fills import Fills
    from argosy_sim.exchange.listing import Listing
    from argosy_sim.exchange.models import ExchangeModels
    from argosy_sim.exchange.order import VenueOrder
    from argosy_sim.exchange.reduce_only import ReduceOnly
    from argosy_sim.exchange.working import WorkingOrders

_RELEASES_LIMIT = "releases=LIMIT"
Market = tuple["Listing", InstrumentMatcher]


class Conditionals:
    """Take in, watch, move and release the conditional orders of one instrument.

    Parameters
    ----------
    market_of : the listing and the book of another instrument, None where it is not listed
    """

    def __init__(
        self,
        working: WorkingOrders,
        fills: Fills,
        admission: Admission,
        reduce_only: ReduceOnly,
        matcher: InstrumentMatcher,
        timeline: Timeline,
        models: ExchangeModels,
        market_of: Callable[[InstrumentId], Market | None],
    ) -> None:
        self._working = working
        self._fills = fills
        self._admission = admission
        self._reduce_only = reduce_only
        self._matcher = matcher
        self._timeline = timeline
        self._listing = working.listing
        self._reporting = working.reporting
        self._options = models.options
        self._is_stop_filled = models.fill.is_stop_filled
        self._order_types: Mapping[str, Choice] = models.order_types
        self._market_of = market_of

    def enter(self, order: VenueOrder) -> None:
        """Take a conditional order in, or reject it."""
        order.limit = self._listing.raw_price(order.price)
        order.level = self._listing.raw_price(order.trigger_price)
        host = self._watched(order)
        if host is None:
            self._reject(order, f"TRIGGER_INSTRUMENT_NOT_FOUND: id={order.trigger_instrument_id}")
            return
        matcher = host[1]
        trigger = self._make(order.init)
        if isinstance(trigger, str):
            self._reject(order, trigger)
            return
        if trigger.watch == WATCH_LAST and matcher.last == UNSET:
            kind = order.trigger_type
            self._reject(order, f"TRIGGER_PRICE_UNKNOWN: trigger_type={kind}, trades=none")
            return
        is_reached = matcher.is_reached(trigger, self._timeline.now)
        if is_reached and self._options.reject_stop_orders:
            self._reject(order, _in_the_market(host, order.init))
            return
        reason = self._admission.fit(order, UNSET)
        if reason is not None:
            self._reject(order, reason)
            return
        self._reporting.accepted(order, self._listing)
        self._working.tell_quantity(order)
        if is_reached:
            self.release(order, self._opposite(order))
        else:
            self._working.rest(order, trigger, matcher)

    def move(self, order: VenueOrder, quantity: int, limit: int, level: int) -> str | None:
        """Put a resting conditional order to other prices (raw); return why not, or None."""
        host = self._watched(order)
        listing = self._listing
        # What was sent still has the old prices: the trigger is made from a copy with the new.
        changed = msgspec.structs.replace(
            order.init,
            quantity=order.init.quantity if order.in_quote else listing.size(quantity),
            price=listing.price_or_none(limit),
            trigger_price=listing.price_or_none(level),
        )
        trigger = self._make(changed)
        if host is None or not isinstance(trigger, Trigger):
            return str(trigger)
        if host[1].is_reached(trigger, self._timeline.now):
            return _in_the_market(host, changed)
        self._working.unhook(order)
        order.limit = limit
        order.level = level
        self._working.rest(order, trigger, host[1])
        return None

    def fired(self, order: VenueOrder, trigger: Trigger, price: int) -> bool:
        """Act on a trigger that the book of its own instrument reached; return if it rests on."""
        is_chance = price == trigger.level and self._options.prob_fill_on_stop
        if is_chance and not self._is_stop_filled():
            return True
        order.trigger = None
        self.release(order, self._price_at(order, trigger))
        return False

    def release_at_market(self, order: VenueOrder) -> None:
        """Execute an order whose trigger fired in the book of another instrument."""
        order.trigger = None
        self.release(order, self._opposite(order))

    def release(self, order: VenueOrder, price: int) -> None:
        """Let a conditional order become what its type says, at a price (raw) of the moment."""
        order.is_triggered = True
        is_limit = _RELEASES_LIMIT in self._order_types[order.order_type].part.capabilities
        if is_limit:
            self._reporting.triggered(order, self._listing)
        elif price == UNSET:
            self._working.cancel(order, f"NO_MARKET: side={order.side}")
            return
        reason = self._convert(order, price) if order.in_quote else None
        if reason is not None:
            self._working.cancel(order, reason)
            return
        self._working.tell_quantity(order)
        if not is_limit:
            self._fills.fill_market(order, price)
        elif order.is_post_only and self._fills.crosses(order, price):
            self._working.close(order)
            reason = self._admission.would_take(order, price)
            self._reporting.rejected(order, self._listing, reason, due_post_only=True)
        else:
            self._fills.fill_limit(order, price)

    def _convert(self, order: VenueOrder, price: int) -> str | None:
        """Settle a quantity of the quote currency; return why nothing is left to trade, or None."""
        reason = self._admission.convert(order, price if order.limit == UNSET else order.limit)
        if reason is None and self._reduce_only.follows(order):
            order.quantity = min(order.quantity, self._reduce_only.reducible(order))
            return None if order.quantity else "REDUCE_ONLY_NO_POSITION"
        return reason

    def _reject(self, order: VenueOrder, reason: str) -> None:
        self._reporting.rejected(order, self._listing, reason, due_post_only=False)

    def _watched(self, order: VenueOrder) -> Market | None:
        """Return the market whose price triggers an order, None if it is not here."""
        other = order.trigger_instrument_id
        return (self._listing, self._matcher) if other is None else self._market_of(other)

    def _make(self, init: OrderInitialized) -> Trigger | str:
        """Return the trigger of an order, or why there can be none."""
        try:
            factory = self._order_types[init.order_type].factory
            made: Trigger = factory(init, self._listing.instrument)
        except InputError as error:
            return error.message
        return made

    def _opposite(self, order: VenueOrder) -> int:
        return self._matcher.opposite(order.sign > 0)

    def _price_at(self, order: VenueOrder, trigger: Trigger) -> int:
        """Return the price (raw) at which a market order that was just triggered begins to trade.

        It is the market of the moment; inside a bar that is where the path crossed the trigger.
        """
        matcher = self._matcher
        is_buy = order.sign > 0
        price: int = matcher.ask if is_buy else matcher.bid
        if matcher.step == AT_ONCE:
            return price
        if matcher.step == AT_OPEN and self._options.gap_fill == "open":
            return price
        watches_own_side = trigger.watch & (WATCH_ASK if is_buy else WATCH_BID)
        if trigger.watch & WATCH_MID or not (watches_own_side or matcher.bid == matcher.ask):
            return price
        before: int = matcher.ask_before if is_buy else matcher.bid_before
        is_crossed = min(before, price) <= trigger.level <= max(before, price)
        return trigger.level if is_crossed else price


def _in_the_market(host: Market, init: OrderInitialized) -> str:
    listing, matcher = host
    best = matcher.ask if init.is_buy else matcher.bid
    market = "none" if best == UNSET else str(listing.price(best))
    return f"TRIGGER_IN_THE_MARKET: trigger_price={init.trigger_price}, market={market}"
