"""Fills: at which prices, and how far, orders are executed on the venue's book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.kernel.matching import UNSET
from argosy.model.enums import LiquiditySide, TimeInForce
from argosy.model.identifiers import TradeId
from argosy.model.values import price_from_raw, quantity_from_raw
from argosy_sim.resting import ANY_PRICE, LimitTrigger

if TYPE_CHECKING:
    from argosy_sim.desk import OrderDesk
    from argosy_sim.work import Work

_MAKER = LiquiditySide.MAKER
_TAKER = LiquiditySide.TAKER
_IOC = TimeInForce.IOC
_FOK = TimeInForce.FOK
MOST_LEVELS = 1_000
"""How many levels of its own making an order walks before the rest is canceled."""


class Fills:
    """Execute the orders of one instrument.

    Parameters
    ----------
    desk : whose orders these are
    trade_prefix : of the ids of its trades
    """

    def __init__(self, desk: OrderDesk, trade_prefix: str) -> None:
        house = desk.house
        instrument = desk.instrument
        self.desk = desk
        self.matcher = desk.matcher
        self.beyond_raw = 0
        self.count = 0
        self._house = house
        self._price_precision = instrument.price_precision
        self._size_precision = instrument.size_precision
        self._tick = instrument.price_increment.raw
        self._least = -ANY_PRICE if instrument.allows_negative_price else self._tick
        self._model = house.fill
        self._excess = house.options.l1_excess
        self._protection = house.options.price_protection_points * self._tick
        self._trade_prefix = trade_prefix

    # -- orders that take -------------------------------------------------------------------------

    def market(self, work: Work, price: int) -> None:
        """Execute an order at a price, whatever it is; the rest as `l1_excess` says."""
        left = work.quantity - work.filled
        shown = left if self._model.ignores_size else self.matcher.shown(work.is_buy)
        time_in_force = work.order.time_in_force
        if shown < left and time_in_force is _FOK:
            self.desk.cancel(
                work, f"FILL_OR_KILL: shown={self._size(shown)}, need={self._size(left)}"
            )
            return
        if shown:
            self._execute(work, self._slipped(work, price), min(left, shown), _TAKER)
        if shown < left and not work.is_done:
            if time_in_force is _IOC:
                self.desk.cancel(work, f"IMMEDIATE_OR_CANCEL: left={self._size(work.left)}")
            else:
                self._exceed(work, price, shown)

    def _exceed(self, work: Work, price: int, shown: int) -> None:
        """Deal with what is left of a market order that took everything displayed."""
        if self._excess == "one_tick":
            self._walk(work, price, work.left)
        elif self._excess == "per_level_ticks":
            self._walk(work, price, shown)
        elif self._excess == "next_quote":
            self._rest(work, ANY_PRICE if work.is_buy else -ANY_PRICE, is_taker=True)
            return
        if not work.is_done:
            self.desk.cancel(work, f"LIQUIDITY_EXHAUSTED: left={self._size(work.left)}")

    def _walk(self, work: Work, price: int, size: int) -> None:
        """Execute so much at each level, every one a tick worse than the one before."""
        tick = self._tick if work.is_buy else -self._tick
        best = price
        for _ in range(MOST_LEVELS):
            price += tick
            is_protected = self._protection and abs(price - best) > self._protection
            if price < self._least or is_protected:
                return
            self._execute(work, price, min(size, work.left) or work.left, _TAKER)
            if work.is_done:
                return

    def limit(self, work: Work, best: int) -> None:
        """Take what is there at the limit or better, let the rest wait in the book.

        Parameters
        ----------
        best : raw price of the other side, UNSET where there is none
        """
        order = work.order
        crosses = self.crosses(work, best)
        if crosses:
            left = work.quantity - work.filled
            shown = left if self._model.ignores_size else self.matcher.shown(work.is_buy)
            if shown < left and order.time_in_force is _FOK:
                reason = f"FILL_OR_KILL: shown={self._size(shown)}, need={self._size(left)}"
                self.desk.cancel(work, reason)
                return
            if shown:
                self._execute(work, self._slipped(work, best), min(left, shown), _TAKER)
        if work.is_done:
            return
        if order.time_in_force is _IOC or order.time_in_force is _FOK:
            code = "FILL_OR_KILL" if order.time_in_force is _FOK else "IMMEDIATE_OR_CANCEL"
            self.desk.cancel(work, f"{code}: left={self._size(work.left)}")
        else:
            self._rest(work, work.price or 0, is_taker=crosses)

    def crosses(self, work: Work, best: int) -> bool:
        """Tell whether a limit order would take liquidity."""
        if best == UNSET or work.price is None:
            return False
        return best <= work.price if work.is_buy else best >= work.price

    def _rest(self, work: Work, limit: int, *, is_taker: bool) -> None:
        trigger = LimitTrigger(work.order, is_buy=work.is_buy, limit=limit, is_taker=is_taker)
        self.desk.rest(work, trigger)

    # -- orders that rest -------------------------------------------------------------------------

    def match(self, work: Work, trigger: LimitTrigger, price: int) -> None:
        """Execute a resting order that the market reached, as far as it did.

        Parameters
        ----------
        price : raw, of the other side: at the limit, or through it
        """
        matcher = self.matcher
        left = work.quantity - work.filled
        shown = matcher.shown(work.is_buy)
        at_most = left if self._model.ignores_size else min(left, shown)
        if trigger.is_taker and not matcher.is_dragging:
            if at_most:
                self._execute(work, self._slipped(work, price), at_most, _TAKER)
            return
        limit = work.price
        if limit is None:
            return  # what is left of a market order takes quotes, not the trades of others
        if price == limit:
            if not self._model.is_limit_filled():
                return
        elif not self._house.options.liquidity_consumption:
            at_most = left  # the market went through the limit: all of it was met
        if at_most:
            self._execute(work, limit, at_most, _MAKER)

    # -- one execution ----------------------------------------------------------------------------

    def _slipped(self, work: Work, price: int) -> int:
        """Return the price, one tick worse where the fill model says so, never past a limit."""
        if not self._model.is_slipped():
            return price
        worse = price + self._tick if work.is_buy else price - self._tick
        if worse < self._least:
            return price
        if work.price is None:
            return worse
        return min(worse, work.price) if work.is_buy else max(worse, work.price)

    def _execute(self, work: Work, price: int, quantity: int, side: LiquiditySide) -> None:
        """Fill an order, or as much of it as the account can pay, and tell the host."""
        desk = self.desk
        house = self._house
        carried = quantity
        if house.purse is not None:
            carried = house.purse.carried(desk, work, price, quantity, side)
        if carried:
            self._trade(work, price, carried, side)
        if carried < quantity and not work.is_done:
            desk.cancel(work, f"INSUFFICIENT_BALANCE: left={self._size(work.left)}")

    def _trade(self, work: Work, price: int, quantity: int, side: LiquiditySide) -> None:
        desk = self.desk
        house = self._house
        shown = self.matcher.shown(work.is_buy)
        if quantity > shown:
            self.beyond_raw += quantity - shown
        self.matcher.take(work.is_buy, quantity)
        self.count = number = self.count + 1
        last_px = price_from_raw(price, self._price_precision)
        last_qty = quantity_from_raw(quantity, self._size_precision)
        commission = desk.commission(work, last_qty, last_px, side)
        position_id = desk.position_id(work)
        if house.is_late:
            house.promise(desk, work, price, quantity, side)
        work.filled += quantity
        if work.filled == work.quantity:
            desk.close(work)
        house.reports.filled(
            work.order,
            work.venue_order_id,
            str.__new__(TradeId, f"{self._trade_prefix}{number}"),
            last_qty,
            last_px,
            side,
            commission,
            house.timeline.now,
            position_id,
        )
        if desk.reducing:
            desk.follow_position(work)

    def _size(self, raw: int) -> str:
        return str(quantity_from_raw(raw, self._size_precision))
