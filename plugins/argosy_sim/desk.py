"""The order desk: the orders of one instrument at the venue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.kernel.matching import UNSET
from argosy.kernel.trigger import Trigger
from argosy.model.enums import OrderType
from argosy.model.identifiers import ClientOrderId, PositionId, VenueOrderId
from argosy.model.terms import terms_of
from argosy.model.values import Price, Quantity, price_from_raw, quantity_from_raw
from argosy_sim import conditional, entry, reducing
from argosy_sim.expiry import start_expiry
from argosy_sim.fills import Fills
from argosy_sim.matcher import InstrumentMatcher
from argosy_sim.resting import LimitTrigger
from argosy_sim.session import Session
from argosy_sim.work import Work, raw_at

if TYPE_CHECKING:
    from argosy.model.enums import LiquiditySide, MarketStatusAction
    from argosy.model.instruments import Instrument
    from argosy.model.money import Money
    from argosy.model.orders import Order
    from argosy_sim.house import House

_MARKET = OrderType.MARKET
_LIMIT = OrderType.LIMIT


class OrderDesk:
    """Take, execute and end the orders of one instrument.

    Parameters
    ----------
    instrument : its definition
    index : of the instrument at the venue, from 1
    house : what the venue's desks share
    """

    def __init__(self, instrument: Instrument, index: int, house: House) -> None:
        self.instrument = instrument
        self.house = house
        self.price_precision = instrument.price_precision
        self.size_precision = instrument.size_precision
        self.matcher = InstrumentMatcher(instrument.size_increment.raw, house.options)
        self.matcher.attach(self)
        self.working: dict[ClientOrderId, Work] = {}
        self.reducing: dict[ClientOrderId, Work] = {}
        self.waiting: list[tuple[Order, PositionId | None]] = []
        self.session = Session(instrument, rests=house.options.halts == "rest")
        self.is_delivered = terms_of(instrument).delivers and house.account.base_currency is None
        self.orders = 0
        self.fills = Fills(self, f"T-{house.tag}-{index}-")
        self._order_prefix = f"{house.name}-{house.tag}-{index}-"
        self._position_prefix = f"{house.name}-{index}-"
        self._positions = 0

    # -- orders come ------------------------------------------------------------------------------

    def submit(self, order: Order, position_id: PositionId | None) -> None:
        """Take an order in, or refuse it."""
        self.orders = number = self.orders + 1
        reason = entry.refusal(self, order)
        if reason is not None:
            self.reject(order, reason)
            return
        work = Work(
            order,
            str.__new__(VenueOrderId, f"{self._order_prefix}{number}"),
            position_id,
            0 if order.is_quote_quantity else raw_at(order.quantity, self.size_precision),
        )
        if order.order_type is _MARKET:
            self._enter_market(work)
        elif order.order_type is _LIMIT:
            self._enter_limit(work)
        else:
            conditional.enter(self, work)

    def _enter_market(self, work: Work) -> None:
        price = self.opposite(work)
        if price == UNSET:
            self.reject(work.order, f"NO_MARKET: side={work.order.side}")
        elif entry.is_admitted(self, work, price):
            if self.house.options.use_market_order_acks:
                self.accept(work)
            self.tell_quantity(work)
            self.fills.market(work, price)

    def _enter_limit(self, work: Work) -> None:
        order = work.order
        work.price = self.raw_price(order.price)
        best = self.opposite(work)
        if order.is_post_only and self.fills.crosses(work, best):
            self.reject(order, entry.would_take(self, work, best), due_post_only=True)
        elif entry.is_admitted(self, work, work.price):
            self.accept(work)
            self.tell_quantity(work)
            self.fills.limit(work, best)

    def accept(self, work: Work) -> None:
        """Tell the host that the venue has the order, unless it knows."""
        if not work.is_accepted:
            work.is_accepted = True
            house = self.house
            house.reports.accepted(work.order, work.venue_order_id, house.timeline.now)

    def tell_quantity(self, work: Work) -> None:
        """Tell the host of a quantity that the venue converted or trimmed."""
        if work.quantity == work.told and not work.was_in_quote:
            return
        work.told = work.quantity
        work.was_in_quote = False
        self.house.reports.updated(
            work.order,
            self.house.timeline.now,
            quantity=self.size(work.quantity),
            is_quote_quantity=False,
        )

    def wait_for_open(self, order: Order, position_id: PositionId | None) -> None:
        """Keep an order until the next bar opens."""
        self.waiting.append((order, position_id))
        self.matcher.set_awaits_open(True)

    def opened(self) -> None:
        """Take in the orders that waited for this open."""
        waiting, self.waiting = self.waiting, []
        self.matcher.set_awaits_open(False)
        for order, position_id in waiting:
            self.submit(order, position_id)

    # -- orders rest ------------------------------------------------------------------------------

    def rest(self, work: Work, trigger: Trigger, matcher: InstrumentMatcher | None = None) -> None:
        """Let an order wait in a book, its own instrument's unless another is named."""
        self.accept(work)
        work.trigger = trigger
        work.matcher = matcher = self.matcher if matcher is None else matcher
        order_id = work.order.client_order_id
        if order_id not in self.working:
            self.working[order_id] = work
            if work.order.is_reduce_only and self.house.options.use_reduce_only:
                self.reducing[order_id] = work
            start_expiry(self, work)
        matcher.add(trigger)

    def unhook(self, work: Work) -> None:
        """Take an order out of the book; it is still the venue's."""
        if work.trigger is not None and work.matcher is not None:
            work.matcher.remove(work.trigger)
        work.trigger = None

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
            self.fills.match(work, trigger, price)
            return not work.is_done
        return conditional.fired(self, work, trigger, price)

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

    # -- orders end -------------------------------------------------------------------------------

    def reject(self, order: Order, reason: str, *, due_post_only: bool = False) -> None:
        """Refuse an order."""
        now = self.house.timeline.now
        self.house.reports.rejected(order, reason, now, due_post_only=due_post_only)

    def cancel(self, work: Work, reason: str = "") -> None:
        """End an order."""
        self.close(work)
        self.house.reports.canceled(work.order, self.house.timeline.now, reason)

    def expire(self, work: Work) -> None:
        """End an order whose time is over."""
        self.close(work)
        self.house.reports.expired(work.order, self.house.timeline.now)

    def close(self, work: Work) -> None:
        """Forget an order: nothing of it rests any more."""
        work.is_done = True
        if work.alarm is not None:
            work.alarm.cancel()
        if work.trigger is not None:
            self.unhook(work)
        order_id = work.order.client_order_id
        self.working.pop(order_id, None)
        if self.reducing:
            self.reducing.pop(order_id, None)

    def end(self) -> None:
        """End everything: the instrument has expired."""
        for work in list(self.working.values()):
            self.cancel(work, f"INSTRUMENT_EXPIRED: expiration={self.session.end_ns}")

    def change_status(self, status: MarketStatusAction, *, of_venue: bool) -> None:
        """Halt, close or reopen; what rests is looked at again by the next row of data."""
        self.session.change(status, of_venue=of_venue)
        self.matcher.set_halted(self.session.halt is not None)

    # -- positions, prices and sizes --------------------------------------------------------------

    def position_id(self, work: Work) -> PositionId | None:
        """Return the position of an order; where the venue keeps positions, a new one if need be."""
        house = self.house
        if work.position_id is None and house.is_hedging and house.options.use_position_ids:
            self._positions += 1
            work.position_id = PositionId(f"{self._position_prefix}{self._positions:03d}")
        return work.position_id

    def follow_position(self, work: Work) -> None:
        """Fit reduce-only orders to the position that an execution has changed."""
        reducing.follow(self, work)

    def trim(self, work: Work) -> None:
        """Cut a reduce-only order that rests to what its position has."""
        if work.order.client_order_id in self.reducing:
            work.quantity = min(work.quantity, work.filled + reducing.reducible(self, work))

    def commission(
        self, work: Work, last_qty: Quantity, last_px: Price, side: LiquiditySide
    ) -> Money:
        """Return what an execution costs; a fee for the whole order comes with its first."""
        house = self.house
        fee: Money = house.fees.commission(work.order, last_qty, last_px, side, self.instrument)
        return fee * 0 if house.fee_is_once and work.filled else fee

    def opposite(self, work: Work) -> int:
        """Return the best price (raw) that an order could take, UNSET where there is none."""
        matcher = self.matcher
        if matcher.is_halted:
            return UNSET
        return matcher.ask if work.is_buy else matcher.bid

    def raw_price(self, price: Price | None) -> int | None:
        """Return the raw of a price that was checked, None for None."""
        return None if price is None else raw_at(price, self.price_precision)

    def raw_size(self, quantity: Quantity) -> int:
        """Return the raw of a quantity that was checked."""
        return raw_at(quantity, self.size_precision)

    def price(self, raw: int) -> Price:
        """Return the price of a raw."""
        return price_from_raw(raw, self.price_precision)

    def size(self, raw: int) -> Quantity:
        """Return the quantity of a raw."""
        return quantity_from_raw(raw, self.size_precision)

    def data_arrived(self) -> None:
        """Let commands that wait for data be processed after this row."""
        self.house.data_arrived()
