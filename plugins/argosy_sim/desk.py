"""The order desk: where the orders of one instrument come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.kernel.matching import UNSET
from argosy.kernel.trigger import Trigger
from argosy.model.enums import ContingencyType, OrderType, TimeInForce
from argosy.model.identifiers import PositionId, VenueOrderId
from argosy.model.naming import named
from argosy_sim import conditional, entry
from argosy_sim.execution import ExecutionDesk
from argosy_sim.resting import LimitTrigger
from argosy_sim.session import Session
from argosy_sim.work import Work, raw_at

if TYPE_CHECKING:
    from argosy.model.enums import MarketStatusAction
    from argosy.model.instruments import Instrument
    from argosy.model.orders.order import Order
    from argosy.model.values import Price, Quantity
    from argosy_sim.house import House

_UNSET = UNSET
_MARKET = OrderType.MARKET
_LIMIT = OrderType.LIMIT
_GTC = TimeInForce.GTC
_ALONE = ContingencyType.NO_CONTINGENCY


class OrderDesk(ExecutionDesk):
    """Take orders in and give them to the book, which says when they are reached.

    Parameters
    ----------
    instrument : its definition
    index : of the instrument at the venue, from 1
    house : what the venue's desks share
    """

    def __init__(self, instrument: Instrument, index: int, house: House) -> None:
        ExecutionDesk.__init__(self, instrument, index, house)
        self.matcher.attach(self)
        self.session = Session(instrument, rests=house.options.halts == "rest")
        self.waiting: list[tuple[Order, PositionId | None]] = []
        self.orders = 0
        self._waits_for_open = house.options.bar_orders == "next_open"
        self._acknowledges = house.options.use_market_order_acks
        self._sells_held = house.no_short_sales
        self._reduces = house.options.use_reduce_only
        self._order_prefix = f"{house.name}-{house.tag}-{index}-"

    # -- commands ---------------------------------------------------------------------------------

    def receive(self, order: Order, position_id: PositionId | None) -> int:
        """Take an order in; where bars say so, when the next one opens."""
        if self._waits_for_open and self.matcher.has_bars:
            self.waiting.append((order, position_id))
            self.matcher.set_awaits_open(True)
            return 0
        return self.enter(order, position_id)

    def opened(self) -> None:
        """Take in the orders that waited for this open."""
        waiting, self.waiting = self.waiting, []
        self.matcher.set_awaits_open(False)
        for order, position_id in waiting:
            self.enter(order, position_id)

    def withdraw(self, order: Order) -> None:
        """Cancel an order because its owner wants to, or refuse to."""
        reports, now = self.house.reports, self.house.timeline.now
        work = self.working.get(order.client_order_id)
        if work is not None:
            self.cancel(work)
            return
        for waiting in self.waiting:
            if waiting[0] is order:
                self.waiting.remove(waiting)
                reports.canceled(order, now)
                return
        reports.cancel_rejected(order, f"ORDER_NOT_FOUND: id={order.client_order_id}", now)

    def change_status(self, status: MarketStatusAction, *, of_venue: bool) -> None:
        """Halt, close or reopen; what rests is looked at again by the next row of data."""
        self.session.change(status, of_venue=of_venue)
        self.matcher.set_halted(self.session.halt is not None)

    def redefine(self, instrument: Instrument) -> None:
        """Trade by a new definition; orders whose prices are off its tick end."""
        self.define(instrument)
        self.session.define(instrument)
        tick = instrument.price_increment
        for work in list(self.working.values()):
            for raw in (work.price, work.trigger_price):
                if raw != _UNSET and raw % tick.raw and not work.is_done:
                    self.cancel(work, f"PRICE_OFF_TICK: price={self.price(raw)}, tick={tick}")

    def end(self) -> None:
        """End every order: the instrument has expired."""
        for work in list(self.working.values()):
            self.cancel(work, f"INSTRUMENT_EXPIRED: expiration={self.session.end_ns}")

    # -- orders come ------------------------------------------------------------------------------

    def enter(self, order: Order, position_id: PositionId | None) -> int:
        """Take an order in, or reject it."""
        self.orders += 1
        reason = self._refusal(order)
        if reason is not None:
            return self.reject(order, reason)
        quantity = 0 if order.is_quote_quantity else raw_at(order.quantity, self.size_precision)
        work = Work.__new__(Work)
        work.begin(
            order,
            named(VenueOrderId, f"{self._order_prefix}{self.orders}"),
            position_id,
            quantity,
        )
        if order.order_type is _MARKET:
            return self._enter_market(work)
        if order.order_type is _LIMIT:
            return self._enter_limit(work)
        conditional.enter(self, work)
        return 0

    def _refusal(self, order: Order) -> str | None:
        """Return why an order cannot be taken, whatever the market, or None."""
        if (
            order.order_type is _MARKET
            and order.time_in_force is _GTC
            and order.init.contingency_type is _ALONE
            and order.size_precision <= self.size_precision
            and not self.session.is_limited
        ):
            return None
        return entry.refusal(self, order)

    def _enter_market(self, work: Work) -> int:
        price = self.opposite(work)
        if price == _UNSET:
            return self.reject(work.order, f"NO_MARKET: side={work.order.side}")
        if self.admits(work, price):
            if self._acknowledges:
                self.accept(work)
            self.tell_quantity(work)
            self.fill_market(work, price)
        return 0

    def _enter_limit(self, work: Work) -> int:
        order = work.order
        work.price = self.raw_price(order.price)
        best = self.opposite(work)
        if order.is_post_only and self.crosses(work, best):
            return self.reject(order, entry.would_take(self, work, best), due_post_only=True)
        if self.admits(work, work.price):
            self.accept(work)
            self.tell_quantity(work)
            self.fill_limit(work, best)
        return 0

    def admits(self, work: Work, price: int) -> bool:
        """Settle the quantity of an order, or reject it.

        A quantity in the quote currency is converted, a reduce-only one trimmed to the position.

        Parameters
        ----------
        price : raw, to convert at; UNSET where that waits for a trigger
        """
        order = work.order
        reason = None
        if work.in_quote and price != _UNSET:
            reason = entry.convert(self, work, price)
        if reason is None and self._reduces and order.is_reduce_only:
            reason = entry.trim(self, work)
        if reason is None and self._sells_held and not work.is_buy:
            reason = entry.short_sale(self, work)
        if reason is None:
            return True
        self.reject(order, reason)
        return False

    # -- what the book says -----------------------------------------------------------------------

    def fired(self, trigger: Trigger, price: int) -> bool:
        """Act on a trigger that the book reached; return whether it rests on."""
        order = trigger.order
        work = self.working.get(order.client_order_id)
        if work is None:
            # It watched this instrument for an order in another one, which takes it up by itself.
            house = self.house
            house.send(conditional.release_at_market, house.desks[order.instrument_id], order)
            return False
        if isinstance(trigger, LimitTrigger):
            self.match(work, trigger, price)
            return not work.is_done
        return conditional.fired(self, work, trigger, price)

    def data_arrived(self) -> None:
        """Let commands that wait for data be processed after this row."""
        self.house.data_arrived()

    # -- prices and sizes -------------------------------------------------------------------------

    def opposite(self, work: Work) -> int:
        """Return the best price (raw) that an order could take, UNSET where there is none."""
        matcher = self.matcher
        if matcher.is_halted:
            return _UNSET
        return matcher.ask if work.is_buy else matcher.bid

    def raw_price(self, price: Price | None) -> int:
        """Return the raw of a price that was checked, UNSET for None."""
        return _UNSET if price is None else raw_at(price, self.price_precision)

    def raw_size(self, quantity: Quantity) -> int:
        """Return the raw of a quantity that was checked."""
        return raw_at(quantity, self.size_precision)
