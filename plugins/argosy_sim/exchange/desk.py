"""The desk of one instrument: its commands come in here, and what its book reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from argosy.kernel.matching import UNSET
from argosy.kernel.trigger import Trigger
from argosy.model.commands import SubmitOrder
from argosy.model.enums import ContingencyType, OrderSide, OrderType, TimeInForce
from argosy.model.identifiers import VenueOrderId
from argosy.model.naming import numbered
from argosy_sim.exchange.admission import Admission
from argosy_sim.exchange.changes import Changes
from argosy_sim.exchange.conditional import Conditionals, Market
from argosy_sim.exchange.fills import Fills
from argosy_sim.exchange.listing import Listing
from argosy_sim.exchange.matcher import InstrumentMatcher
from argosy_sim.exchange.order import VenueOrder, raw_at
from argosy_sim.exchange.reduce_only import ReduceOnly
from argosy_sim.exchange.resting import LimitTrigger
from argosy_sim.exchange.session import Session
from argosy_sim.exchange.working import WorkingOrders

if TYPE_CHECKING:
    from argosy.kernel.timeline import Timeline
    from argosy.model.commands import CancelAllOrders, CancelOrder, ModifyOrder, QueryOrder
    from argosy.model.enums import MarketStatusAction
    from argosy.model.events.order import OrderInitialized
    from argosy.model.identifiers import InstrumentId
    from argosy.model.instruments import Instrument
    from argosy_sim.exchange.models import ExchangeModels
    from argosy_sim.exchange.reporting import Reporting

_UNSET = UNSET
_MARKET = OrderType.MARKET
_LIMIT = OrderType.LIMIT
_GTC = TimeInForce.GTC
_ALONE = ContingencyType.NO_CONTINGENCY


class Floor(Protocol):
    """What a desk finds beside itself at the exchange."""

    def market_of(self, instrument_id: InstrumentId) -> Market | None:
        """Return listing and book of an instrument, None where it is not listed."""
        ...

    def release(self, init: OrderInitialized) -> None:
        """Release an order of another instrument, in the same settle."""
        ...

    def data_arrived(self) -> None:
        """Hear that a row came that somebody waits for."""
        ...


class OrderDesk:
    """Take the commands of one instrument, and act on what its book says.

    Parameters
    ----------
    instrument : its definition
    index : of the instrument at the exchange, from 1
    models : rules and models of the exchange
    reporting : where reports go
    floor : the exchange around it
    """

    def __init__(
        self,
        instrument: Instrument,
        index: int,
        models: ExchangeModels,
        reporting: Reporting,
        timeline: Timeline,
        floor: Floor,
    ) -> None:
        options = models.options
        clearing = reporting.clearing
        self.listing = Listing(instrument, index, clearing.account, options)
        self.matcher = InstrumentMatcher(instrument.size_increment.raw, options)
        self.matcher.attach(self)
        self.session = Session(instrument, rests=options.halts == "rest")
        self.working = WorkingOrders(self.listing, reporting, timeline, options)
        reduce_only = ReduceOnly(self.working)
        self.fills = Fills(self.working, self.matcher, reduce_only, clearing, models)
        self.admission = Admission(
            self.listing,
            self.session,
            reduce_only,
            timeline,
            order_types=models.order_types,
            reduces=options.use_reduce_only,
            sells_held=models.sells_held,
        )
        self.conditionals = Conditionals(
            self.working,
            self.fills,
            self.admission,
            reduce_only,
            self.matcher,
            timeline,
            models,
            floor.market_of,
        )
        self.changes = Changes(
            self.working, self.fills, self.admission, self.conditionals, reduce_only, self.matcher
        )
        self.waiting: list[SubmitOrder] = []
        self.orders = 0
        self._reporting = reporting
        self._floor = floor
        self._waits_for_open = options.bar_orders == "next_open"
        self._acknowledges = options.use_market_order_acks
        self._fits_sales = models.sells_held
        self._order_prefix = f"{models.name}-{models.tag}-{index}-"

    # -- commands ---------------------------------------------------------------------------------

    def submit(self, command: SubmitOrder) -> int:
        """Take an order in; where bars say so, when the next one opens."""
        if self._waits_for_open and self.matcher.has_bars:
            self.waiting.append(command)
            self.matcher.set_awaits_open(True)
            return 0
        return self.enter(command)

    def modify(self, command: ModifyOrder) -> None:
        """Give a resting order other values, or refuse to."""
        self.changes.modify(command)

    def cancel(self, command: CancelOrder) -> None:
        """Withdraw an order because its owner wants to, or refuse to."""
        order = self.working.get(command.client_order_id)
        if order is not None:
            self.working.cancel(order)
            return
        for waiting in self.waiting:
            if waiting.client_order_id == command.client_order_id:
                self.waiting.remove(waiting)
                self._reporting.dropped(waiting)
                return
        self._reporting.cancel_rejected(command, f"ORDER_NOT_FOUND: id={command.client_order_id}")

    def cancel_all(self, command: CancelAllOrders) -> None:
        """Withdraw all that works, or waits to, of a side and of a strategy."""
        for order in list(self.working.orders.values()):
            if not order.is_done and _is_meant(order.init, command):
                self.working.cancel(order)
        for waiting in list(self.waiting):
            if _is_meant(waiting.init, command):
                self.waiting.remove(waiting)
                self._reporting.dropped(waiting)

    def query(self, command: QueryOrder) -> None:
        """Tell how an order stands."""
        order = self.working.get(command.client_order_id)
        if order is None:
            self._reporting.not_found(command)
        else:
            self._reporting.status(order, self.listing)

    def change_status(self, status: MarketStatusAction, *, of_venue: bool) -> None:
        """Halt, close or reopen; what rests is looked at again by the next row of data."""
        self.session.change(status, of_venue=of_venue)
        self.matcher.set_halted(self.session.halt is not None)

    def redefine(self, instrument: Instrument) -> None:
        """Trade by a new definition; orders whose prices are off its tick end."""
        listing = self.listing
        listing.define(instrument)
        self.matcher.set_increment(listing.size_step)
        self.session.define(instrument)
        tick = instrument.price_increment
        for order in list(self.working.orders.values()):
            for raw in (order.limit, order.level):
                if raw != _UNSET and raw % tick.raw and not order.is_done:
                    reason = f"PRICE_OFF_TICK: price={listing.price(raw)}, tick={tick}"
                    self.working.cancel(order, reason)

    def expire_instrument(self) -> None:
        """End every order: the instrument has expired."""
        self.working.cancel_all(f"INSTRUMENT_EXPIRED: expiration={self.session.end_ns}")

    # -- orders come ------------------------------------------------------------------------------

    def enter(self, command: SubmitOrder) -> int:
        """Take an order in, or refuse it."""
        self.orders += 1
        init = command.init
        reason = self._refusal(init)
        if reason is not None:
            return self._reporting.refused(command, reason)
        digits = self.listing.size_precision
        quantity = 0 if init.quote_quantity else raw_at(init.quantity, digits)
        order = VenueOrder.__new__(VenueOrder)
        name = numbered(VenueOrderId, self._order_prefix, self.orders)
        order.begin(command, name, quantity, digits)
        if order.order_type is _MARKET:
            return self._enter_market(order)
        if order.order_type is _LIMIT:
            return self._enter_limit(order)
        self.conditionals.enter(order)
        return 0

    def _refusal(self, init: OrderInitialized) -> str | None:
        """Return why an order cannot be taken, whatever the market, or None."""
        size = init.quantity
        if (
            init.order_type is _MARKET
            and init.time_in_force is _GTC
            and init.contingency_type is _ALONE
            and size.precision <= self.listing.size_precision
            and not self.session.is_limited
        ):
            return None
        return self.admission.refusal(init)

    def _enter_market(self, order: VenueOrder) -> int:
        price = self.matcher.opposite(order.sign > 0)
        if price == _UNSET:
            return self._reject(order, f"NO_MARKET: side={order.side}")
        reason = self._misfit(order, price)
        if reason is not None:
            return self._reject(order, reason)
        if self._acknowledges:
            self._reporting.accepted(order, self.listing)
        self.working.tell_quantity(order)
        return self.fills.fill_market(order, price)

    def _enter_limit(self, order: VenueOrder) -> int:
        order.limit = self.listing.raw_price(order.price)
        best = self.matcher.opposite(order.sign > 0)
        if order.is_post_only and self.fills.crosses(order, best):
            return self._reject(order, self.admission.would_take(order, best), post_only=True)
        reason = self._misfit(order, order.limit)
        if reason is not None:
            return self._reject(order, reason)
        self._reporting.accepted(order, self.listing)
        self.working.tell_quantity(order)
        return self.fills.fill_limit(order, best)

    def _misfit(self, order: VenueOrder, price: int) -> str | None:
        """Settle the quantity of an order at a price (raw); return why it does not get in."""
        if order.in_quote or order.is_reduce_only or (self._fits_sales and order.sign < 0):
            return self.admission.fit(order, price)
        return None

    def _reject(self, order: VenueOrder, reason: str, *, post_only: bool = False) -> int:
        self._reporting.rejected(order, self.listing, reason, due_post_only=post_only)
        return 0

    # -- what the book says -----------------------------------------------------------------------

    def fired(self, trigger: Trigger, price: int) -> bool:
        """Act on a trigger that the book reached; return whether it rests on."""
        init = trigger.order
        order = self.working.get(init.client_order_id)
        if order is None:
            # It watched this instrument for an order in another one, which takes it up by itself.
            self._floor.release(init)
            return False
        if isinstance(trigger, LimitTrigger):
            self.fills.match(order, trigger, price)
            return not order.is_done
        return self.conditionals.fired(order, trigger, price)

    def release(self, init: OrderInitialized) -> None:
        """Execute an order whose trigger fired in the book of another instrument."""
        order = self.working.get(init.client_order_id)
        if order is not None:
            self.conditionals.release_at_market(order)

    def opened(self) -> None:
        """Take in the orders that waited for this open."""
        waiting, self.waiting = self.waiting, []
        self.matcher.set_awaits_open(False)
        for command in waiting:
            self.enter(command)

    def data_arrived(self) -> None:
        """Let commands that wait for data be processed after this row."""
        self._floor.data_arrived()


def _is_meant(init: OrderInitialized, command: CancelAllOrders) -> bool:
    side = command.order_side
    return command.strategy_id in (None, init.strategy_id) and (
        side is OrderSide.NO_ORDER_SIDE or side is init.order_side
    )
