"""The execution engine: an order's way out, and what comes back.

A command goes risk -> venue client (`engine.orders.submit`). What comes back is a report
(`engine.orders.report`), which becomes an event: it changes the order, the account and the position
first, then it is logged, then those who listen are told (`engine.orders.events`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.engine.accounting import Accounting
from argosy.engine.cache import Cache
from argosy.engine.orders.events import OrderEvents
from argosy.engine.orders.report import Reports
from argosy.engine.orders.risk import RiskEngine
from argosy.engine.orders.routing import Routes
from argosy.engine.orders.submit import Submission
from argosy.engine.positions import PositionBook
from argosy.kernel.bus import MessageBus
from argosy.kernel.timeline import Timeline
from argosy.model.events.ids import EventIds
from argosy.model.identifiers import ClientId, PositionId, TraderId
from argosy.model.orders import OrderList
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy.parts.client import ExecutionClient
from argosy.serialization.eventlog import EventLog

if TYPE_CHECKING:
    from argosy.model.reports import Report


class ExecutionEngine:
    """Route commands to venues, and apply and publish what they report.

    Parameters
    ----------
    log : gets every event, in the order in which they are published
    event_ids : numbers the events
    routes : the same that the risk rules look at
    """

    def __init__(
        self,
        timeline: Timeline,
        bus: MessageBus,
        cache: Cache,
        log: EventLog,
        event_ids: EventIds,
        trader_id: TraderId,
        *,
        routes: Routes,
        risk: RiskEngine,
        accounting: Accounting,
        positions: PositionBook,
    ) -> None:
        self.routes = routes
        self.risk = risk
        self.accounting = accounting
        self.positions = positions
        events = OrderEvents(timeline, bus, cache, log, event_ids, trader_id, accounting)
        self._submission = Submission(events, routes, risk, positions, bus)
        self._reports = Reports(events, routes, positions, self._submission, bus)

    def add_client(self, client: ExecutionClient) -> None:
        """Route the orders of the client's venue to it, and take its reports."""
        self.routes.add_client(client)
        client.connect(self._reports.take)

    def submit(
        self,
        order: Order,
        position_id: PositionId | None = None,
        client_id: ClientId | None = None,
    ) -> None:
        """Check an order and send it to its venue; a client id is the name of that venue."""
        if order is None:
            raise TypeError("submit_order() takes an order, was None")
        self._submission.submit(order, position_id, client_id)

    def submit_list(
        self,
        order_list: OrderList,
        position_id: PositionId | None = None,
        client_id: ClientId | None = None,
    ) -> None:
        """Check the orders of a list and send them together; if one is denied, all are."""
        self._submission.submit_list(order_list, position_id, client_id)

    def modify(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
        client_id: ClientId | None = None,
    ) -> None:
        """Check a change of an order and send it to its venue."""
        self._submission.modify(order, quantity, price, trigger_price, client_id)

    def cancel(self, order: Order, client_id: ClientId | None = None) -> None:
        """Send a cancel of an order to its venue."""
        self._submission.cancel(order, client_id)

    def take(self, report: Report) -> None:
        """Take what a venue reports: it becomes an event and is believed whole.

        Raises
        ------
        RunError : nobody here has an order of its id
        """
        self._reports.take(report)
