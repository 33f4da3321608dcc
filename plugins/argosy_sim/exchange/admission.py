"""Admission: what an order must satisfy to get in, with a coded reason for each refusal."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from argosy.errors import ValueRangeError
from argosy.kernel.matching import UNSET
from argosy.model.enums import ContingencyType, OrderType, TimeInForce
from argosy_sim.exchange.order import fits

if TYPE_CHECKING:
    from argosy.kernel.timeline import Timeline
    from argosy.model.commands import ModifyOrder
    from argosy.model.events.order import OrderInitialized
    from argosy.model.values import Quantity
    from argosy_sim.exchange.listing import Listing
    from argosy_sim.exchange.order import VenueOrder
    from argosy_sim.exchange.reduce_only import ReduceOnly
    from argosy_sim.exchange.session import Session

_GTD = TimeInForce.GTD
_AUCTIONS = (TimeInForce.AT_THE_OPEN, TimeInForce.AT_THE_CLOSE)
_PRIMITIVE = (OrderType.MARKET, OrderType.LIMIT)
_ALONE = ContingencyType.NO_CONTINGENCY


class Admission:
    """Say of the orders of one instrument whether they get in, and fit their quantities.

    Parameters
    ----------
    order_types : the conditional ones that are there
    reduces : reduce-only orders are trimmed to their holding
    sells_held : what has no balance of its own can only be sold as far as it is held
    """

    def __init__(
        self,
        listing: Listing,
        session: Session,
        reduce_only: ReduceOnly,
        timeline: Timeline,
        *,
        order_types: Container[str],
        reduces: bool,
        sells_held: bool,
    ) -> None:
        self._listing = listing
        self._session = session
        self._reduce_only = reduce_only
        self._timeline = timeline
        self._order_types = order_types
        self._reduces = reduces
        self._sells_held = sells_held

    # -- whatever the market ----------------------------------------------------------------------

    def refusal(self, init: OrderInitialized) -> str | None:
        """Return why an order cannot be taken, whatever the market, or None."""
        reason = self._time_refusal(init)
        if reason is not None:
            return reason
        if init.contingency_type is not _ALONE:
            return f"UNSUPPORTED_CONTINGENCY: contingency_type={init.contingency_type}"
        if init.order_type not in _PRIMITIVE and init.order_type not in self._order_types:
            return f"UNSUPPORTED_ORDER_TYPE: order_type={init.order_type}"
        reason = self._session.refusal(self._timeline.now, init.order_type)
        if reason is not None:
            return reason
        quantity = None if init.quote_quantity else init.quantity
        return self._listing.precision_refusal(quantity, init.price, init.trigger_price)

    def _time_refusal(self, init: OrderInitialized) -> str | None:
        if init.time_in_force in _AUCTIONS:
            return f"UNSUPPORTED_TIME_IN_FORCE: time_in_force={init.time_in_force}, calendar=none"
        now = self._timeline.now
        if init.time_in_force is _GTD and init.expire_time_ns <= now:
            return f"EXPIRE_TIME_IN_PAST: expire_time={init.expire_time_ns}, now={now}"
        return None

    # -- on the market of the moment --------------------------------------------------------------

    def fit(self, order: VenueOrder, price: int) -> str | None:
        """Settle the quantity of an order; return why it does not get in, or None.

        A quantity in the quote currency is converted, a reduce-only one trimmed to its holding.

        Parameters
        ----------
        price : raw, to convert at; UNSET where that waits for a trigger
        """
        reason = None
        if order.in_quote and price != UNSET:
            reason = self.convert(order, price)
        if reason is None and self._reduces and order.is_reduce_only:
            reason = self._trim(order)
        if reason is None and self._sells_held and order.sign < 0:
            reason = self._short_sale(order)
        return reason

    def convert(self, order: VenueOrder, price: int) -> str | None:
        """Turn a quantity of the quote currency into one of the instrument, or say why not."""
        listing = self._listing
        instrument = listing.instrument
        quantity = order.init.quantity
        if instrument.is_inverse:
            # Its contracts are in the quote currency already.
            if not fits(quantity, listing.size_precision):
                return listing.precision_refusal(quantity, None, None)
            size = listing.raw_size(quantity)
        else:
            try:
                size = instrument.calculate_base_quantity(quantity, listing.price(price)).raw
            except ValueRangeError as error:
                return f"QUANTITY_NOT_CONVERTIBLE: {error}"
        order.quantity = size - size % listing.size_step
        order.in_quote = False
        if order.quantity == 0:
            return f"QUANTITY_TOO_SMALL: quantity={quantity}, price={listing.price(price)}"
        return None

    def _trim(self, order: VenueOrder) -> str | None:
        """Cut a reduce-only order to its holding; return why nothing can be reduced, or None."""
        most = self._reduce_only.reducible(order)
        if most == 0:
            held = self._reduce_only.held(order)
            side = "LONG" if held > 0 else "SHORT" if held < 0 else "FLAT"
            return f"REDUCE_ONLY_WOULD_INCREASE_POSITION: side={order.side}, position={side}"
        if not order.in_quote:
            order.quantity = min(order.quantity, most)
        return None

    def _short_sale(self, order: VenueOrder) -> str | None:
        """Return why a sale of what a cash account does not hold is refused, or None."""
        listing = self._listing
        if listing.is_delivered:
            return None
        held = max(listing.held_by_all(), 0)
        if order.quantity <= held:
            return None
        quantity = order.init.quantity
        return f"SHORT_SELLING_NOT_PERMITTED: held={listing.size(held)}, quantity={quantity}"

    def would_take(self, order: VenueOrder, best: int) -> str:
        """Say that a post-only order would take liquidity."""
        limit, offered = self._listing.price(order.limit), self._listing.price(best)
        return f"POST_ONLY_WOULD_TAKE: price={limit}, best={offered}"

    def change_refusal(self, order: VenueOrder, command: ModifyOrder) -> str | None:
        """Return why a resting order cannot have other values, or None."""
        listing = self._listing
        quantity, price, trigger_price = command.quantity, command.price, command.trigger_price
        order_type = order.order_type
        reason = listing.precision_refusal(quantity, price, trigger_price)
        if price is not None and not order.has_price:
            reason = f"PRICE_NOT_MODIFIABLE: order_type={order_type}"
        elif trigger_price is not None and not order.has_trigger_price:
            reason = f"TRIGGER_PRICE_NOT_MODIFIABLE: order_type={order_type}"
        elif trigger_price is not None and order.is_triggered:
            reason = f"ORDER_TRIGGERED: order_type={order_type}"
        elif quantity is not None and order.in_quote:
            reason = "QUANTITY_NOT_MODIFIABLE: quote_quantity=true"
        elif quantity is not None and reason is None and self._is_below(order, quantity):
            filled = listing.size(order.filled)
            reason = f"QUANTITY_BELOW_FILLED: quantity={quantity}, filled={filled}"
        return reason

    def _is_below(self, order: VenueOrder, quantity: Quantity) -> bool:
        return self._listing.raw_size(quantity) < order.filled
