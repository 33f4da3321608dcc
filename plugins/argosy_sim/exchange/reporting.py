"""Reporting: what the exchange says, each report with what it changed in the account."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from argosy.kernel.timeline import Timeline
from argosy.model.enums import OrderStatus
from argosy.model.reports import (
    Accepted,
    AccountReport,
    Canceled,
    CancelRejected,
    Expired,
    Filled,
    ModifyRejected,
    OrderStatusReport,
    PositionStatusReport,
    QueryRejected,
    Rejected,
    Report,
    Triggered,
    Updated,
)

if TYPE_CHECKING:
    from argosy.model.commands import OrderCommand, QueryAccount, SubmitOrder
    from argosy.model.enums import LiquiditySide
    from argosy.model.events.account import AccountFlow
    from argosy.model.identifiers import ClientOrderId, InstrumentId, TradeId
    from argosy.model.money import Money
    from argosy.model.values import Price, Quantity
    from argosy_sim.exchange.clearing import Clearing
    from argosy_sim.exchange.listing import Listing
    from argosy_sim.exchange.order import VenueOrder

Take = Callable[[Report], object]
Head = tuple[int, int, int, int, "InstrumentId", "ClientOrderId"]


class Reporting:
    """Number the reports of an exchange and hand them on.

    Parameters
    ----------
    take : who hears them
    """

    def __init__(self, timeline: Timeline, clearing: Clearing, take: Take) -> None:
        self.clearing = clearing
        self.answering = 0
        self._timeline = timeline
        self._take = take
        self._last = 0

    def connect(self, take: Take) -> None:
        """Have somebody else hear them from now on."""
        self._take = take

    def answer(self, command_id: int) -> int:
        """Say that what follows answers a command; 0 for what nobody asked for."""
        self.answering = command_id
        return 0

    def number(self) -> int:
        """Return the id of the next report."""
        self._last += 1
        return self._last

    # -- of orders --------------------------------------------------------------------------------

    def accepted(self, order: VenueOrder, listing: Listing) -> int:
        """Tell that an order works, unless its owner knows."""
        if order.is_accepted:
            return 0
        order.accept()
        change = self.clearing.order_changed(order, listing)
        self._take(
            Accepted(
                self.number(),
                order.command_id,
                self.answering,
                self._timeline.stamp(),
                order.instrument_id,
                order.client_order_id,
                order.venue_order_id,
                change,
            )
        )
        return 0

    def refused(self, command: SubmitOrder, reason: str) -> int:
        """Tell that an order was not taken in."""
        self._take(
            Rejected(
                self.number(),
                command.command_id,
                self.answering,
                self._timeline.stamp(),
                command.instrument_id,
                command.client_order_id,
                None,
                None,
                reason,
                False,  # noqa: FBT003 (fields by place)
            )
        )
        return 0

    def rejected(
        self, order: VenueOrder, listing: Listing, reason: str, *, due_post_only: bool
    ) -> None:
        """Tell that an order was refused."""
        order.end()
        change = self.clearing.order_changed(order, listing)
        head = self._head(order)
        self._take(Rejected(*head, order.known_id, change, reason, due_post_only))

    def canceled(self, order: VenueOrder, listing: Listing, reason: str) -> None:
        """Tell that an order was withdrawn."""
        change = self.clearing.order_changed(order, listing)
        self._take(Canceled(*self._head(order), order.known_id, change, reason))

    def dropped(self, command: SubmitOrder) -> None:
        """Tell that an order was withdrawn before it was taken in."""
        order_id = command.client_order_id
        now = self._timeline.stamp()
        ids = (self.number(), command.command_id, self.answering)
        self._take(Canceled(*ids, now, command.instrument_id, order_id, None, None, ""))

    def expired(self, order: VenueOrder, listing: Listing) -> None:
        """Tell that an order's time in force ended."""
        change = self.clearing.order_changed(order, listing)
        self._take(Expired(*self._head(order), order.known_id, change))

    def triggered(self, order: VenueOrder, listing: Listing) -> None:
        """Tell that a trigger price was met and a limit works now."""
        change = self.clearing.order_changed(order, listing)
        self._take(Triggered(*self._head(order), order.known_id, change))

    def updated(self, order: VenueOrder, listing: Listing, *, prices: bool) -> None:
        """Tell what an order trades by.

        Parameters
        ----------
        prices : its prices too, where it has any
        """
        if not order.in_quote:
            order.tell_quantity(listing.size_precision)
        limit = level = None
        if prices:
            limit = listing.price_or_none(order.limit)
            level = listing.price_or_none(order.level)
            order.tell_prices(limit or order.price, level or order.trigger_price)
        change = self.clearing.order_changed(order, listing)
        quantity = None if order.in_quote else listing.size(order.quantity)
        head = self._head(order)
        in_quote = order.is_quote_quantity
        self._take(Updated(*head, order.known_id, change, quantity, limit, level, in_quote))

    def filled(
        self,
        order: VenueOrder,
        listing: Listing,
        trade_id: TradeId,
        quantity: Quantity,
        price: Price,
        side: LiquiditySide,
        commission: Money,
    ) -> int:
        """Tell that an order, or a part of it, was executed; the order has taken it."""
        change = self.clearing.settle(order, listing, quantity, price, commission)
        self._take(
            Filled(
                self.number(),
                order.command_id,
                self.answering,
                self._timeline.stamp(),
                order.instrument_id,
                order.client_order_id,
                order.venue_order_id,
                change,
                trade_id,
                order.position_id,
                quantity,
                price,
                side,
                commission,
            )
        )
        return 0

    def modify_rejected(self, command: OrderCommand, order: VenueOrder | None, reason: str) -> None:
        """Tell that a change was refused."""
        known = None if order is None else order.known_id
        self._take(ModifyRejected(*self._answer_to(command), known, None, reason))

    def cancel_rejected(self, command: OrderCommand, reason: str) -> None:
        """Tell that a cancel was refused."""
        self._take(CancelRejected(*self._answer_to(command), None, None, reason))

    # -- answers to queries -----------------------------------------------------------------------

    def not_found(self, command: OrderCommand) -> None:
        """Tell that no order of an id works here."""
        reason = f"ORDER_NOT_FOUND: id={command.client_order_id}"
        self._take(QueryRejected(*self._answer_to(command), None, None, reason))

    def status(self, order: VenueOrder, listing: Listing) -> None:
        """Tell how an order that works stands."""
        size = listing.size
        quantity = order.init.quantity if order.in_quote else size(order.quantity)
        status = OrderStatus.PARTIALLY_FILLED if order.filled else OrderStatus.ACCEPTED
        if order.is_triggered and not order.filled:
            status = OrderStatus.TRIGGERED
        self._take(
            OrderStatusReport(
                *self._head(order),
                order.venue_order_id,
                None,
                order.strategy_id,
                order.side,
                order.order_type,
                order.time_in_force,
                status,
                quantity,
                size(order.filled),
                order.price,
                order.trigger_price,
            )
        )

    def positions(self, command: QueryAccount, listing: Listing) -> None:
        """Tell what is held of an instrument, each holding by itself."""
        for key, holding in listing.holdings.items():
            self._take(
                PositionStatusReport(
                    self.number(),
                    command.correlation_id,
                    command.command_id,
                    self._timeline.stamp(),
                    self.clearing.account.id,
                    listing.instrument.id,
                    key,
                    holding.signed_qty,
                    holding.avg_px_open if holding.signed_raw else None,
                )
            )

    # -- of the account ---------------------------------------------------------------------------

    def account(self, command: QueryAccount) -> None:
        """Tell what the account has."""
        self._take(self.account_report((), command.correlation_id))

    def account_report(
        self, flows: tuple[AccountFlow, ...], correlation_id: int = 0
    ) -> AccountReport:
        """Return what the account has, and what moved without an order."""
        account = self.clearing.account
        now = self._timeline.stamp()
        ids = (self.number(), correlation_id, self.answering)
        return AccountReport(*ids, now, account.id, account.change(flows))

    def _head(self, order: VenueOrder) -> Head:
        return (
            self.number(),
            order.command_id,
            self.answering,
            self._timeline.stamp(),
            order.instrument_id,
            order.client_order_id,
        )

    def _answer_to(self, command: OrderCommand) -> Head:
        return (
            self.number(),
            command.correlation_id,
            command.command_id,
            self._timeline.stamp(),
            command.instrument_id,
            command.client_order_id,
        )
