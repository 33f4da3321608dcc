"""The way out: orders and what is asked about them, through risk to their venues."""

from __future__ import annotations

from argosy.engine.orders.events import OrderEvents, closed_refusal, pending_refusal
from argosy.engine.orders.risk import RiskEngine
from argosy.engine.orders.routing import Routes, client_refusal
from argosy.engine.positions import PositionBook
from argosy.kernel.bus import MessageBus
from argosy.kernel.topics import COMMANDS
from argosy.model.commands import CancelOrder, Command, ModifyOrder, SubmitOrder, SubmitOrderList
from argosy.model.enums import TriggerType
from argosy.model.identifiers import ClientId, PositionId
from argosy.model.orders import OrderList
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy.parts.client import ExecutionClient
from argosy.parts.route import Route

_NO_TRIGGER = TriggerType.NO_TRIGGER


class Submission:
    """Check what strategies want, and send it as commands.

    Attributes
    ----------
    cause : the report that is being handled; commands that it leads to name it, 0 for none
    """

    def __init__(
        self,
        events: OrderEvents,
        routes: Routes,
        risk: RiskEngine,
        positions: PositionBook,
        bus: MessageBus,
    ) -> None:
        self.events = events
        self.routes = routes
        self.risk = risk
        self.positions = positions
        self.cause = 0
        self._told = bus.topic(COMMANDS)
        self._last = 0

    def submit(
        self, order: Order, position_id: PositionId | None, client_id: ClientId | None
    ) -> int:
        """Check an order and send it to its venue."""
        route = self.routes.of(order.instrument_id)
        self.events.initialized(order, position_id)
        reason = self._refusal(order, position_id, client_id, route)
        if reason is not None:
            self.events.denied(order, reason)
            return 0
        client = route.client
        assert client is not None  # else there is a reason
        self.events.submitted(order, client)
        return self._send(client, self._submit(order, position_id, client))

    def submit_list(
        self, order_list: OrderList, position_id: PositionId | None, client_id: ClientId | None
    ) -> None:
        """Check the orders of a list and send them together; if one is denied, all are."""
        self.events.cache.add_order_list(order_list)
        orders = list(order_list.orders)
        routes = [self.routes.of(order.instrument_id) for order in orders]
        for order in orders:
            self.events.initialized(order, position_id)
        reasons = [
            self._refusal(order, position_id, client_id, route)
            for order, route in zip(orders, routes, strict=True)
        ]
        client = routes[0].client
        reason = next((each for each in reasons if each is not None), None)
        if reason is None and client is not None:
            reason = _offer_refusal(client, SubmitOrderList)
        if reason is not None or client is None:
            for order, own in zip(orders, reasons, strict=True):
                why = own or f"ORDER_LIST_DENIED: order_list={order_list.id}, {reason}"
                self.events.denied(order, why)
            return
        for order in orders:
            self.events.submitted(order, client)
        number = self._number()
        sent = tuple(self._submit(order, position_id, client) for order in orders)
        now = self.events.timeline.stamp()
        command = SubmitOrderList(number, number, self.cause, now, order_list.id, sent)
        self._send(client, command)

    def modify(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
        client_id: ClientId | None,
    ) -> None:
        """Check a change of an order and send it to its venue."""
        route = self.routes.of(order.instrument_id)
        reason = (
            closed_refusal(order)
            or client_refusal(order.instrument_id, client_id)
            or pending_refusal(order)
            or self.risk.check_modify(order, quantity, price, trigger_price, route)
            or _offer_refusal(route.client, ModifyOrder)
        )
        if reason is not None or route.client is None:
            self.events.modify_refused(order, str(reason))
            return
        self.events.pending_update(order)
        self._send(
            route.client,
            ModifyOrder(
                self._number(),
                order.command_id,
                self.cause,
                self.events.timeline.stamp(),
                order.instrument_id,
                order.client_order_id,
                order.venue_order_id,
                quantity,
                price,
                trigger_price,
            ),
        )

    def cancel(self, order: Order, client_id: ClientId | None) -> None:
        """Send a cancel of an order to its venue."""
        route = self.routes.of(order.instrument_id)
        reason = (
            closed_refusal(order)
            or client_refusal(order.instrument_id, client_id)
            or _offer_refusal(route.client, CancelOrder)
        )
        if reason is not None or route.client is None:
            self.events.cancel_refused(order, str(reason))
            return
        self.events.pending_cancel(order)
        self._send(
            route.client,
            CancelOrder(
                self._number(),
                order.command_id,
                self.cause,
                self.events.timeline.stamp(),
                order.instrument_id,
                order.client_order_id,
                order.venue_order_id,
            ),
        )

    def _refusal(
        self,
        order: Order,
        position_id: PositionId | None,
        client_id: ClientId | None,
        route: Route,
    ) -> str | None:
        client = route.client
        if client is None:
            return f"VENUE_NOT_FOUND: venue={order.instrument_id.venue}"
        if client_id is not None:
            reason = client_refusal(order.instrument_id, client_id)
            if reason is not None:
                return reason
        reason = _unworked(order)
        if reason is None and position_id is not None:
            reason = self.positions.refusal(order, position_id, client.oms_type)
        if reason is None:
            reason = self.risk.check(order, position_id, route)
        if reason is None and not client.takes_orders:
            reason = _offer_refusal(client, SubmitOrder)
        return reason

    def _submit(
        self, order: Order, position_id: PositionId | None, client: ExecutionClient
    ) -> SubmitOrder:
        number = self._number()
        order.command_id = number
        return SubmitOrder(
            number,
            number,
            self.cause,
            self.events.timeline.stamp(),
            order.instrument_id,
            order.client_order_id,
            order.init,
            position_id,
            self.positions.book_of(order, position_id, client.oms_type),
        )

    def _send(self, client: ExecutionClient, command: Command) -> int:
        self._told.publish(command)
        client.send(command)
        return 0

    def _number(self) -> int:
        self._last += 1
        return self._last


def _unworked(order: Order) -> str | None:
    """Return what an order asks of this system that nobody does yet, or None.

    Sent as it is, it would be another order.
    """
    init = order.init
    if init.emulation_trigger is not _NO_TRIGGER:
        return f"UNSUPPORTED_EMULATION: emulation_trigger={init.emulation_trigger}"
    if init.exec_algorithm_id is not None:
        return f"EXEC_ALGORITHM_NOT_FOUND: exec_algorithm_id={init.exec_algorithm_id}"
    return None


def _offer_refusal(client: ExecutionClient | None, kind: type[Command]) -> str | None:
    """Return why a venue cannot be asked for something, or None."""
    if client is None or kind in client.offers:
        return None
    return f"UNSUPPORTED_COMMAND: command={kind.__name__}, venue={client.venue}"
