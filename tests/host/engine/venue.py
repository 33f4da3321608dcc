"""A venue without a market: it notes commands, and a test says what it reports."""

from __future__ import annotations

from typing import Any

from argosy.kernel.timeline import Timeline
from argosy.model.accounts import Account
from argosy.model.commands import CancelOrder, ModifyOrder, SubmitOrder, SubmitOrderList
from argosy.model.enums import LiquiditySide, OmsType
from argosy.model.identifiers import (
    AccountId,
    InstrumentId,
    PositionId,
    TradeId,
    Venue,
    VenueOrderId,
)
from argosy.model.instruments import Instrument
from argosy.model.money import Money
from argosy.model.orders.order import Order
from argosy.model.reports import (
    Accepted,
    AccountChange,
    AccountReport,
    Canceled,
    CancelRejected,
    Expired,
    Filled,
    ModifyRejected,
    Rejected,
    Triggered,
    Updated,
)
from argosy.model.values import Price, Quantity
from argosy.parts.client import ExecutionClient
from argosy_sim.exchange.clearing import Clearing
from argosy_sim.exchange.listing import Listing
from argosy_sim.exchange.order import VenueOrder, raw_at
from argosy_sim.profiles import options_of

OPTIONS = options_of("argosy", {})


class ScriptedVenue(ExecutionClient):
    """Note commands; report what a test says, with what that does to the venue's own account.

    Parameters
    ----------
    account : the venue's own, None where it keeps none
    """

    def __init__(
        self,
        timeline: Timeline,
        venue: Venue,
        account_id: AccountId,
        oms_type: OmsType,
        account: Account | None,
    ) -> None:
        super().__init__(venue, account_id, oms_type)
        self.commands: list[tuple[Any, ...]] = []
        self.reports: list[Any] = []
        self.clearing = None if account is None else Clearing(account, is_frozen=False, pays=False)
        self._timeline = timeline
        self._account = account
        self._listings: dict[InstrumentId, Listing] = {}
        self._orders: dict[str, VenueOrder] = {}

    # -- commands ---------------------------------------------------------------------------------

    def on_submit(self, command: SubmitOrder) -> None:
        """Note an order."""
        self.commands.append(("submit", command.client_order_id, command.position_id))
        self._orders[command.client_order_id] = self._taken(command)

    def on_submit_list(self, command: SubmitOrderList) -> None:
        """Note the orders of a list."""
        for order in command.orders:
            self.on_submit(order)

    def on_modify(self, command: ModifyOrder) -> None:
        """Note a change."""
        changed = (command.quantity, command.price, command.trigger_price)
        self.commands.append(("modify", command.client_order_id, *changed))

    def on_cancel(self, command: CancelOrder) -> None:
        """Note a cancel."""
        self.commands.append(("cancel", command.client_order_id))

    # -- what it says -----------------------------------------------------------------------------

    def list_instrument(self, instrument: Instrument) -> None:
        """Trade an instrument."""
        if self._account is not None:
            index = len(self._listings) + 1
            self._listings[instrument.id] = Listing(instrument, index, self._account, OPTIONS)

    def accepted(self, order: Order, venue_order_id: VenueOrderId, ts: int) -> None:
        kept = self._kept(order)
        kept.accept()
        self._say(Accepted, order, ts, venue_order_id, self._change(kept))

    def rejected(self, order: Order, reason: str, ts: int, *, due_post_only: bool = False) -> None:
        change = self._end(order)
        self._say(Rejected, order, ts, order.venue_order_id, change, reason, due_post_only)

    def canceled(self, order: Order, ts: int, reason: str = "") -> None:
        self._say(Canceled, order, ts, order.venue_order_id, self._end(order), reason)

    def expired(self, order: Order, ts: int) -> None:
        self._say(Expired, order, ts, order.venue_order_id, self._end(order))

    def triggered(self, order: Order, ts: int) -> None:
        self._say(Triggered, order, ts, order.venue_order_id, None)

    def updated(
        self,
        order: Order,
        ts: int,
        *,
        quantity: Quantity | None = None,
        price: Price | None = None,
        trigger_price: Price | None = None,
        is_quote_quantity: bool | None = None,
    ) -> None:
        kept = self._kept(order)
        if quantity is not None:
            kept.quantity = raw_at(quantity, self._digits(order))
            kept.tell_quantity(self._digits(order))
        kept.tell_prices(price or kept.price, trigger_price or kept.trigger_price)
        in_quote = order.is_quote_quantity if is_quote_quantity is None else is_quote_quantity
        values = (quantity, price, trigger_price, in_quote)
        self._say(Updated, order, ts, order.venue_order_id, self._change(kept), *values)

    def modify_rejected(self, order: Order, reason: str, ts: int) -> None:
        self._say(ModifyRejected, order, ts, order.venue_order_id, None, reason)

    def cancel_rejected(self, order: Order, reason: str, ts: int) -> None:
        self._say(CancelRejected, order, ts, order.venue_order_id, None, reason)

    def filled(
        self,
        order: Order,
        venue_order_id: VenueOrderId,
        trade_id: TradeId,
        last_qty: Quantity,
        last_px: Price,
        liquidity_side: LiquiditySide,
        commission: Money,
        ts: int,
        position_id: PositionId | None = None,
    ) -> None:
        kept = self._kept(order)
        kept.take(raw_at(last_qty, self._digits(order)))
        change = None
        if self.clearing is not None:
            listing = self._listings[order.instrument_id]
            change = self.clearing.settle(kept, listing, last_qty, last_px, commission)
        trade = (trade_id, position_id, last_qty, last_px, liquidity_side, commission)
        self._say(Filled, order, ts, venue_order_id, change, *trade)

    def account_is(self, change: AccountChange, ts: int) -> None:
        """Say what the account has, without an order."""
        self._send(AccountReport(len(self.reports) + 1, 0, 0, ts, self.account_id, change))

    # -- how --------------------------------------------------------------------------------------

    def _taken(self, command: SubmitOrder) -> VenueOrder:
        digits = self._listings[command.instrument_id].size_precision if self._listings else 0
        init = command.init
        raw = (
            0
            if init.quote_quantity
            else raw_at(init.quantity, max(digits, init.quantity.precision))
        )
        return VenueOrder(command, VenueOrderId(f"V-{command.client_order_id}"), raw, digits)

    def _kept(self, order: Order) -> VenueOrder:
        return self._orders[order.client_order_id]

    def _digits(self, order: Order) -> int:
        listing = self._listings.get(order.instrument_id)
        return order.size_precision if listing is None else listing.size_precision

    def _end(self, order: Order) -> AccountChange | None:
        kept = self._kept(order)
        kept.end()
        return self._change(kept)

    def _change(self, kept: VenueOrder) -> AccountChange | None:
        if self.clearing is None:
            return None
        return self.clearing.order_changed(kept, self._listings[kept.instrument_id])

    def _say(self, kind: Any, order: Order, ts: int, *fields: Any) -> None:
        number = len(self.reports) + 1
        begun = order.command_id
        ids = (order.instrument_id, order.client_order_id)
        self._send(kind(number, begun, 0, ts, *ids, *fields))

    def _send(self, report: Any) -> None:
        self.reports.append(report)
        self.tell(report)
