"""Execution: at which prices, and how far, orders are filled on the venue's book, and their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.kernel.matching import UNSET
from argosy.kernel.trigger import Trigger
from argosy.model.enums import LiquiditySide, TimeInForce
from argosy.model.identifiers import ClientOrderId, PositionId, TradeId
from argosy.model.naming import named
from argosy.model.terms import terms_of
from argosy.model.values import Price, Quantity, price_from_raw, quantity_from_raw
from argosy_sim import reducing
from argosy_sim.expiry import start_expiry
from argosy_sim.matcher import InstrumentMatcher
from argosy_sim.resting import ANY_PRICE, LimitTrigger
from argosy_sim.work import Work

if TYPE_CHECKING:
    from argosy.model.instruments import Instrument
    from argosy.model.money import Money
    from argosy.model.orders.order import Order
    from argosy_sim.house import House

_UNSET = UNSET
_MAKER = LiquiditySide.MAKER
_TAKER = LiquiditySide.TAKER
_GTC = TimeInForce.GTC
_IOC = TimeInForce.IOC
_FOK = TimeInForce.FOK
MOST_LEVELS = 1_000
"""How many levels of its own making an order walks before the rest is canceled."""


class ExecutionDesk:
    """Fill and end the orders of one instrument.

    Parameters
    ----------
    instrument : its definition
    index : of the instrument at the venue, from 1
    house : what the venue's desks share
    """

    def __init__(self, instrument: Instrument, index: int, house: House) -> None:
        options = house.options
        self.house = house
        self.matcher = InstrumentMatcher(instrument.size_increment.raw, options)
        self.working: dict[ClientOrderId, Work] = {}
        self.reducing: dict[ClientOrderId, Work] = {}
        self.fills = 0
        self.beyond_raw = 0
        self._timeline = house.timeline
        self._filled = house.reports.filled
        self._charge = house.fees.commission
        self._charges_once = house.fee_is_once
        self._is_late = house.is_late
        self._excess = options.l1_excess
        self._consumes = options.liquidity_consumption
        self._ignores_size = house.fill.ignores_size
        self._is_slipped = house.fill.is_slipped
        self._is_plain = house.purse is None and not house.is_late
        self._makes_positions = house.is_hedging and options.use_position_ids
        self._trade_prefix = f"T-{house.tag}-{index}-"
        self._position_prefix = f"{house.name}-{index}-"
        self._positions = 0
        self.define(instrument)

    def define(self, instrument: Instrument) -> None:
        """Trade by a definition of the instrument; the precisions never change."""
        house = self.house
        self.instrument = instrument
        self.price_precision = instrument.price_precision
        self.size_precision = instrument.size_precision
        self.is_delivered = terms_of(instrument).delivers and house.account.base_currency is None
        self.matcher.set_increment(instrument.size_increment.raw)
        self._tick = instrument.price_increment.raw
        self._least = -ANY_PRICE if instrument.allows_negative_price else self._tick
        self._protection = house.options.price_protection_points * self._tick

    # -- orders that take -------------------------------------------------------------------------

    def fill_market(self, work: Work, price: int) -> int:
        """Fill an order from a price (raw) on, whatever it is; the rest as `l1_excess` says."""
        left = work.quantity - work.filled
        shown = left if self._ignores_size else self.matcher.shown(work.is_buy)
        time_in_force = work.order.time_in_force
        if shown < left and time_in_force is _FOK:
            return self.cancel(work, self._kill_reason(left, shown))
        if shown > 0:
            self._fill(work, self._slipped(work, price), min(left, shown), _TAKER)
        if shown < left and not work.is_done:
            if time_in_force is _IOC:
                return self.cancel(work, f"IMMEDIATE_OR_CANCEL: left={self.left(work)}")
            return self._exceed(work, price, shown)
        return 0

    def fill_limit(self, work: Work, best: int) -> int:
        """Take what there is at the limit or better; the rest waits in the book.

        Parameters
        ----------
        best : raw price of the other side, UNSET where there is none
        """
        time_in_force = work.order.time_in_force
        crosses = self.crosses(work, best)
        if crosses:
            left = work.quantity - work.filled
            shown = left if self._ignores_size else self.matcher.shown(work.is_buy)
            if shown < left and time_in_force is _FOK:
                return self.cancel(work, self._kill_reason(left, shown))
            if shown > 0:
                self._fill(work, self._slipped(work, best), min(left, shown), _TAKER)
        if work.is_done:
            return 0
        if time_in_force is _FOK:
            return self.cancel(work, self._kill_reason(work.quantity - work.filled, 0))
        if time_in_force is _IOC:
            return self.cancel(work, f"IMMEDIATE_OR_CANCEL: left={self.left(work)}")
        return self._rest_at(work, work.price, is_taker=crosses)

    def crosses(self, work: Work, best: int) -> bool:
        """Tell whether an order with a limit would take liquidity at a price (raw)."""
        if work.price == _UNSET:
            return False
        return _UNSET < best <= work.price if work.is_buy else best >= work.price

    def _exceed(self, work: Work, price: int, shown: int) -> int:
        """Deal with what is left of a market order that took everything displayed."""
        if self._excess == "one_tick":
            self._walk(work, price, work.quantity - work.filled)
        elif self._excess == "per_level_ticks":
            self._walk(work, price, shown)
        elif self._excess == "next_quote":
            limit = ANY_PRICE if work.is_buy else -ANY_PRICE
            return self._rest_at(work, limit, is_taker=True)
        if not work.is_done:
            self.cancel(work, f"LIQUIDITY_EXHAUSTED: left={self.left(work)}")
        return 0

    def _walk(self, work: Work, price: int, size: int) -> int:
        """Fill so much at each level, every one a tick worse than the one before."""
        tick = self._tick if work.is_buy else -self._tick
        best = price
        for _ in range(MOST_LEVELS):
            price += tick
            if price < self._least or (self._protection and abs(price - best) > self._protection):
                return 0
            left = work.quantity - work.filled
            filled = work.filled
            beyond = self.beyond_raw
            self._fill(work, price, min(size, left) if size > 0 else left, _TAKER)
            # Nothing is displayed at these levels.
            self.beyond_raw = beyond + work.filled - filled
            if work.is_done:
                return 0
        return 0

    def _slipped(self, work: Work, price: int) -> int:
        """Return the price, one tick worse where the fill model says so, never past a limit."""
        if self._is_slipped is None or not self._is_slipped():
            return price
        worse = price + self._tick if work.is_buy else price - self._tick
        if worse < self._least:
            return price
        if work.price == _UNSET:
            return worse
        return min(worse, work.price) if work.is_buy else max(worse, work.price)

    # -- orders that rest -------------------------------------------------------------------------

    def match(self, work: Work, trigger: LimitTrigger, price: int) -> int:
        """Fill a resting order that the market reached, as far as it did.

        Parameters
        ----------
        price : raw, of the other side: at the limit, or through it
        """
        left = work.quantity - work.filled
        size = left if self._ignores_size else min(left, self.matcher.shown(work.is_buy))
        if trigger.is_taker and not self.matcher.is_dragging:
            return self._fill(work, self._slipped(work, price), size, _TAKER) if size > 0 else 0
        if work.price == _UNSET:
            return 0  # what is left of a market order takes quotes, not what others trade
        if price == work.price:
            if not self.house.fill.is_limit_filled():
                return 0
        elif not self._consumes:
            size = left  # the market went through the limit: all of it was met
        return self._fill(work, work.price, size, _MAKER) if size > 0 else 0

    def _rest_at(self, work: Work, limit: int, *, is_taker: bool) -> int:
        trigger = LimitTrigger(work.order, is_buy=work.is_buy, limit=limit, is_taker=is_taker)
        return self.rest(work, trigger, self.matcher)

    def rest(self, work: Work, trigger: Trigger, matcher: InstrumentMatcher) -> int:
        """Let an order wait in a book."""
        self.accept(work)
        work.trigger = trigger
        work.matcher = matcher
        order = work.order
        if order.client_order_id not in self.working:
            self.working[order.client_order_id] = work
            if order.is_reduce_only and self.house.options.use_reduce_only:
                self.reducing[order.client_order_id] = work
            if order.time_in_force is not _GTC:
                start_expiry(self, work)
        matcher.add(trigger)
        return 0

    def unhook(self, work: Work) -> int:
        """Take an order out of the book; it is still the venue's."""
        if work.trigger is not None and work.matcher is not None:
            work.matcher.remove(work.trigger)
        work.trigger = None
        return 0

    # -- one fill ---------------------------------------------------------------------------------

    def _fill(self, work: Work, price: int, quantity: int, side: LiquiditySide) -> int:
        """Fill an order, or as much of it as the account can pay."""
        if self._is_plain:
            return self._trade(work, price, quantity, side)
        house = self.house
        carried = quantity
        if house.purse is not None:
            carried = house.purse.carried(self, work, price, quantity, side)
        if carried:
            self._trade(work, price, carried, side)
        if carried < quantity and not work.is_done:
            self.cancel(work, f"INSUFFICIENT_BALANCE: left={self.left(work)}")
        return 0

    def _trade(self, work: Work, price: int, quantity: int, side: LiquiditySide) -> int:
        """Fill an order and tell the host."""
        shown = self.matcher.shown(work.is_buy)
        if quantity > shown:
            self.beyond_raw += quantity - shown
        self.matcher.take(work.is_buy, quantity)
        self.fills += 1
        last_px = price_from_raw(price, self.price_precision)
        last_qty = quantity_from_raw(quantity, self.size_precision)
        commission = self.commission(work, last_qty, last_px, side)
        if work.position_id is None and self._makes_positions:
            self._positions += 1
            work.position_id = PositionId(f"{self._position_prefix}{self._positions:03d}")
        if self._is_late:
            self.house.promise(self, work, price, quantity, side)
        work.is_accepted = True
        work.filled += quantity
        if work.filled == work.quantity:
            self.close(work)
        self._filled(
            work.order,
            work.venue_order_id,
            named(TradeId, f"{self._trade_prefix}{self.fills}"),
            last_qty,
            last_px,
            side,
            commission,
            self._timeline.stamp(),
            work.position_id,
        )
        if self.reducing:
            reducing.follow(self, work)
        return 0

    def commission(
        self, work: Work, last_qty: Quantity, last_px: Price, side: LiquiditySide
    ) -> Money:
        """Return what a fill costs; a fee for the whole order comes with its first."""
        fee: Money = self._charge(work.order, last_qty, last_px, side, self.instrument)
        if self._charges_once and work.filled:
            return type(fee).zero(fee.currency)
        return fee

    # -- what the host is told --------------------------------------------------------------------

    def accept(self, work: Work) -> int:
        """Tell the host that the venue has an order, unless it knows."""
        if not work.is_accepted:
            work.is_accepted = True
            now = self._timeline.stamp()
            self.house.reports.accepted(work.order, work.venue_order_id, now)
        return 0

    def tell_quantity(self, work: Work) -> int:
        """Tell the host of a quantity that the venue converted or trimmed."""
        if (work.quantity == work.told and not work.was_in_quote) or work.in_quote:
            return 0
        work.told = work.quantity
        work.was_in_quote = False
        quantity = self.size(work.quantity)
        now = self._timeline.stamp()
        self.house.reports.updated(work.order, now, quantity=quantity, is_quote_quantity=False)
        return 0

    def reject(self, order: Order, reason: str, *, due_post_only: bool = False) -> int:
        """Refuse an order."""
        now = self._timeline.stamp()
        self.house.reports.rejected(order, reason, now, due_post_only=due_post_only)
        return 0

    def cancel(self, work: Work, reason: str = "") -> int:
        """End an order."""
        self.close(work)
        self.house.reports.canceled(work.order, self._timeline.stamp(), reason)
        return 0

    def expire(self, work: Work) -> int:
        """End an order whose time is over."""
        self.close(work)
        self.house.reports.expired(work.order, self._timeline.stamp())
        return 0

    def close(self, work: Work) -> int:
        """Forget an order: nothing of it rests any more."""
        work.is_done = True
        if work.alarm is not None:
            work.alarm.cancel()
        if work.trigger is not None:
            self.unhook(work)
        if self.working:
            self.working.pop(work.order.client_order_id, None)
            self.reducing.pop(work.order.client_order_id, None)
        return 0

    # -- prices and sizes -------------------------------------------------------------------------

    def price(self, raw: int) -> Price:
        """Return the price of a raw."""
        return price_from_raw(raw, self.price_precision)

    def size(self, raw: int) -> Quantity:
        """Return the quantity of a raw."""
        return quantity_from_raw(raw, self.size_precision)

    def left(self, work: Work) -> Quantity:
        """Return what is left of an order."""
        return self.size(work.quantity - work.filled)

    def _kill_reason(self, need: int, shown: int) -> str:
        return f"FILL_OR_KILL: need={self.size(need)}, shown={self.size(shown)}"
