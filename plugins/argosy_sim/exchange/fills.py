"""Fills: at which prices, and how far, the orders of an instrument are executed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.kernel.matching import UNSET
from argosy.model.enums import LiquiditySide, TimeInForce
from argosy.model.identifiers import PositionId, TradeId
from argosy.model.naming import numbered
from argosy.model.values import price_from_raw, quantity_from_raw
from argosy_sim.exchange.order import VenueOrder
from argosy_sim.exchange.resting import ANY_PRICE, LimitTrigger

if TYPE_CHECKING:
    from argosy.model.money import Money
    from argosy.model.values import Price, Quantity
    from argosy_sim.exchange.clearing import Clearing
    from argosy_sim.exchange.matcher import InstrumentMatcher
    from argosy_sim.exchange.models import ExchangeModels
    from argosy_sim.exchange.reduce_only import ReduceOnly
    from argosy_sim.exchange.working import WorkingOrders

_UNSET = UNSET
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
    working : the orders that rest
    matcher : the book
    models : rules and models of the exchange
    """

    def __init__(
        self,
        working: WorkingOrders,
        matcher: InstrumentMatcher,
        reduce_only: ReduceOnly,
        clearing: Clearing,
        models: ExchangeModels,
    ) -> None:
        options = models.options
        index = working.listing.index
        self.count = 0
        self.beyond_raw = 0
        self._working = working
        self._matcher = matcher
        self._reduce_only = reduce_only
        self._clearing = clearing
        self._reporting = working.reporting
        self._listing = working.listing
        self._charge = models.fees.commission
        self._charges_once = models.fee_is_once
        self._excess = options.l1_excess
        self._consumes = options.liquidity_consumption
        self._ignores_size = models.fill.ignores_size
        self._is_slipped = models.fill.is_slipped
        self._is_limit_filled = models.fill.is_limit_filled
        self._makes_positions = models.is_hedging and options.use_position_ids
        self._trade_prefix = f"T-{models.tag}-{index}-"
        self._position_prefix = f"{models.name}-{index}-"
        self._positions = 0

    # -- orders that take -------------------------------------------------------------------------

    def fill_market(self, order: VenueOrder, price: int) -> int:
        """Fill an order from a price (raw) on, whatever it is; the rest as `l1_excess` says."""
        left = order.quantity - order.filled
        shown = left if self._ignores_size else self._matcher.shown(order.sign > 0)
        time_in_force = order.time_in_force
        if shown < left and time_in_force is _FOK:
            return self._working.cancel(order, self._kill_reason(left, shown))
        if shown > 0:
            self._fill(order, self._slipped(order, price), min(left, shown), _TAKER)
        if shown < left and not order.is_done:
            if time_in_force is _IOC:
                return self._working.cancel(order, f"IMMEDIATE_OR_CANCEL: left={self.left(order)}")
            return self._exceed(order, price, shown)
        return 0

    def fill_limit(self, order: VenueOrder, best: int) -> int:
        """Take what there is at the limit or better; the rest waits in the book.

        Parameters
        ----------
        best : raw price of the other side, UNSET where there is none
        """
        time_in_force = order.time_in_force
        crosses = self.crosses(order, best)
        if crosses:
            left = order.quantity - order.filled
            shown = left if self._ignores_size else self._matcher.shown(order.sign > 0)
            if shown < left and time_in_force is _FOK:
                return self._working.cancel(order, self._kill_reason(left, shown))
            if shown > 0:
                self._fill(order, self._slipped(order, best), min(left, shown), _TAKER)
        if order.is_done:
            return 0
        if time_in_force is _FOK:
            return self._working.cancel(order, self._kill_reason(order.quantity - order.filled, 0))
        if time_in_force is _IOC:
            return self._working.cancel(order, f"IMMEDIATE_OR_CANCEL: left={self.left(order)}")
        return self._rest_at(order, order.limit, is_taker=crosses)

    def crosses(self, order: VenueOrder, best: int) -> bool:
        """Tell whether an order with a limit would take liquidity at a price (raw)."""
        if order.limit == _UNSET:
            return False
        return _UNSET < best <= order.limit if order.sign > 0 else best >= order.limit

    def _exceed(self, order: VenueOrder, price: int, shown: int) -> int:
        """Deal with what is left of a market order that took everything displayed."""
        if self._excess == "one_tick":
            self._walk(order, price, order.quantity - order.filled)
        elif self._excess == "per_level_ticks":
            self._walk(order, price, shown)
        elif self._excess == "next_quote":
            limit = ANY_PRICE if order.sign > 0 else -ANY_PRICE
            return self._rest_at(order, limit, is_taker=True)
        if not order.is_done:
            self._working.cancel(order, f"LIQUIDITY_EXHAUSTED: left={self.left(order)}")
        return 0

    def _walk(self, order: VenueOrder, price: int, size: int) -> int:
        """Fill so much at each level, every one a tick worse than the one before."""
        listing = self._listing
        tick = listing.tick if order.sign > 0 else -listing.tick
        protection = listing.protection
        best = price
        for _ in range(MOST_LEVELS):
            price += tick
            if price < listing.least or (protection and abs(price - best) > protection):
                return 0
            left = order.quantity - order.filled
            filled = order.filled
            beyond = self.beyond_raw
            self._fill(order, price, min(size, left) if size > 0 else left, _TAKER)
            # Nothing is displayed at these levels.
            self.beyond_raw = beyond + order.filled - filled
            if order.is_done:
                return 0
        return 0

    def _slipped(self, order: VenueOrder, price: int) -> int:
        """Return the price, one tick worse where the fill model says so, never past a limit."""
        if self._is_slipped is None or not self._is_slipped():
            return price
        listing = self._listing
        worse = price + listing.tick if order.sign > 0 else price - listing.tick
        if worse < listing.least:
            return price
        if order.limit == _UNSET:
            return worse
        return min(worse, order.limit) if order.sign > 0 else max(worse, order.limit)

    # -- orders that rest -------------------------------------------------------------------------

    def match(self, order: VenueOrder, trigger: LimitTrigger, price: int) -> int:
        """Fill a resting order that the market reached, as far as it did.

        Parameters
        ----------
        price : raw, of the other side: at the limit, or through it
        """
        matcher = self._matcher
        left = order.quantity - order.filled
        size = left if self._ignores_size else min(left, matcher.shown(order.sign > 0))
        if trigger.is_taker and not matcher.is_dragging:
            return self._fill(order, self._slipped(order, price), size, _TAKER) if size > 0 else 0
        if order.limit == _UNSET:
            return 0  # what is left of a market order takes quotes, not what others trade
        if price == order.limit:
            if not self._is_limit_filled():
                return 0
        elif not self._consumes:
            size = left  # the market went through the limit: all of it was met
        return self._fill(order, order.limit, size, _MAKER) if size > 0 else 0

    def _rest_at(self, order: VenueOrder, limit: int, *, is_taker: bool) -> int:
        trigger = LimitTrigger(order.init, is_buy=order.sign > 0, limit=limit, is_taker=is_taker)
        return self._working.rest(order, trigger, self._matcher)

    # -- one fill ---------------------------------------------------------------------------------

    def _fill(self, order: VenueOrder, price: int, quantity: int, side: LiquiditySide) -> int:
        """Fill an order, or as much of it as the account can pay."""
        if not self._clearing.pays:
            return self._trade(order, price, quantity, side)
        carried = self._carried(order, price, quantity, side)
        if carried:
            self._trade(order, price, carried, side)
        if carried < quantity and not order.is_done:
            self._working.cancel(order, f"INSUFFICIENT_BALANCE: left={self.left(order)}")
        return 0

    def _carried(self, order: VenueOrder, price: int, quantity: int, side: LiquiditySide) -> int:
        at = self._listing.price(price)

        def fee_of(size: Quantity) -> Money:
            return self._commission(order, size, at, side)

        return self._clearing.carried(order, self._listing, quantity, at, fee_of)

    def _trade(self, order: VenueOrder, price: int, quantity: int, side: LiquiditySide) -> int:
        """Fill an order and tell of it."""
        matcher = self._matcher
        listing = self._listing
        is_buy = order.sign > 0
        shown = matcher.shown(is_buy)
        if quantity > shown:
            self.beyond_raw += quantity - shown
        matcher.take(is_buy, quantity)
        self.count += 1
        last_px = price_from_raw(price, listing.price_precision)
        last_qty = quantity_from_raw(quantity, listing.size_precision)
        commission = self._commission(order, last_qty, last_px, side)
        if order.position_id is None and self._makes_positions:
            self._positions += 1
            order.position_id = PositionId(f"{self._position_prefix}{self._positions:03d}")
        order.take(quantity)
        if order.filled == order.quantity:
            self._working.close(order)
        self._reporting.filled(
            order,
            listing,
            numbered(TradeId, self._trade_prefix, self.count),
            last_qty,
            last_px,
            side,
            commission,
        )
        if self._working.reducing:
            self._reduce_only.follow(order)
        return 0

    def _commission(
        self, order: VenueOrder, last_qty: Quantity, last_px: Price, side: LiquiditySide
    ) -> Money:
        """Return what a fill costs; a fee for the whole order comes with its first."""
        fee: Money = self._charge(order.init, last_qty, last_px, side, self._listing.instrument)
        if self._charges_once and order.filled:
            return type(fee).zero(fee.currency)
        return fee

    def left(self, order: VenueOrder) -> Quantity:
        """Return what is left of an order."""
        return self._listing.size(order.quantity - order.filled)

    def _kill_reason(self, need: int, shown: int) -> str:
        listing = self._listing
        return f"FILL_OR_KILL: need={listing.size(need)}, shown={listing.size(shown)}"
