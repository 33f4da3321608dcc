"""The way back: what a venue reports becomes events, and is believed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from argosy.engine.orders.events import OrderEvents
from argosy.engine.orders.routing import Routes
from argosy.engine.orders.submit import Submission
from argosy.engine.positions import PositionBook
from argosy.errors import RunError
from argosy.kernel.bus import MessageBus
from argosy.kernel.topics import REPORTS
from argosy.model.events.order import (
    OrderAccepted,
    OrderCanceled,
    OrderCancelRejected,
    OrderExpired,
    OrderFilled,
    OrderModifyRejected,
    OrderRejected,
    OrderTriggered,
    OrderUpdated,
)
from argosy.model.identifiers import AccountId, VenueOrderId
from argosy.model.orders.order import Order
from argosy.model.reports import (
    Accepted,
    AccountReport,
    Canceled,
    CancelRejected,
    Expired,
    Filled,
    ModifyRejected,
    OrderReport,
    Rejected,
    Report,
    Triggered,
    Updated,
)
from argosy.model.terms import INVERSE
from argosy.parts.route import Route

_INVERSE = INVERSE


class Reports:
    """Take what venues report.

    Parameters
    ----------
    submission : is told which report is being handled
    """

    def __init__(
        self,
        events: OrderEvents,
        routes: Routes,
        positions: PositionBook,
        submission: Submission,
        bus: MessageBus,
    ) -> None:
        self._events = events
        self._routes = routes
        self._positions = positions
        self._submission = submission
        self._bus = bus
        self._told = bus.topic(REPORTS)

    def take(self, report: Any) -> None:
        """Let a report become an event, with everything that it did; then it is told.

        Raises
        ------
        RunError : nobody here has an order of its id
        """
        self._told.publish(report)
        before = self._submission.cause
        if isinstance(report, Filled):
            self._filled(report)
            self._submission.cause = before
            return
        self._submission.cause = report.report_id
        if isinstance(report, AccountReport):
            self._account(report)
        elif type(report) in _EVENTS:
            self._order(report)  # what is no event answers a query, and was told
        self._submission.cause = before

    # -- orders -----------------------------------------------------------------------------------

    def _order(self, report: OrderReport) -> int:
        order = self._order_of(report)
        route = self._routes.of(order.instrument_id)
        if isinstance(report, Triggered) and order.is_pending_cancel:
            # No order goes from PENDING_CANCEL to TRIGGERED; its next report says enough.
            if report.change is not None:
                self._believe(report, route)
            return 0
        event = _EVENTS[type(report)](report, order, self._events)
        return self._events.apply(order, event, report.change, route)

    # -- fills ------------------------------------------------------------------------------------

    def _filled(self, report: Filled) -> int:
        self._submission.cause = report.report_id
        order = self._events.cache.order(report.client_order_id)
        if order is None:
            raise _unknown(report)
        route = self._routes.of(order.instrument_id)
        client, terms = route.client, route.terms
        if client is None or terms is None:
            raise RunError(f"a fill of {order.instrument_id}, which no venue here trades")
        if terms.kind == _INVERSE:
            order.is_inverse = True
        events = self._events
        now = events.timeline.stamp()
        fill = OrderFilled(
            events.trader_id,
            order.strategy_id,
            order.instrument_id,
            order.client_order_id,
            _name_of(report.venue_order_id, report, order),
            order.account_id,  # type: ignore[arg-type]  # since it was submitted
            report.trade_id,
            self._positions.position_id(order, client.oms_type, report.position_id, now),
            order.side,
            order.order_type,
            report.last_qty,
            report.last_px,
            terms.quote,
            report.commission,
            report.liquidity_side,
            events.event_ids.next(),
            report.ts_event,
            now,
        )
        return self._apply_fill(order, fill, report, route)

    def _apply_fill(self, order: Order, fill: OrderFilled, report: Filled, route: Route) -> int:
        """Apply a fill to order, position and account, then log and tell the events."""
        events = self._events
        order.apply_filled(fill, False)  # noqa: FBT003 (compiled)
        events.cache.update_order(order)
        position_events = self._positions.apply(fill)
        state = None
        if report.change is not None:
            state = events.accounting.believe_fill(route, report.change, fill)
        log = events.log
        log.append(fill)
        for event in position_events:
            log.append(event)
        if state is not None:
            log.append(state)
        strategy_id = order.strategy_id
        events.order_topics.of(strategy_id).publish(fill)
        if position_events:
            topic = events.position_topics.of(strategy_id)
            for event in position_events:
                topic.publish(event)
        if state is not None:
            events.tell_account(state, route)
        return 0

    # -- accounts ---------------------------------------------------------------------------------

    def _account(self, report: AccountReport) -> None:
        events = self._events
        account = events.cache.account(report.account_id)
        if account is None:
            raise RunError(f"a report of account {report.account_id}, which nobody here has")
        now = events.timeline.stamp()
        state = events.accounting.believe_account(account, report.change, report.ts_event, now)
        events.log.append(state)
        self._bus.publish(f"events.account.{account.id}", state)

    def _believe(self, report: OrderReport, route: Route) -> None:
        events = self._events
        if report.change is not None:
            now = events.timeline.stamp()
            state = events.accounting.believe(route, report.change, report.ts_event, now)
            events.log.append(state)
            events.tell_account(state, route)

    def _order_of(self, report: OrderReport) -> Order:
        order = self._events.cache.order(report.client_order_id)
        if order is None:
            raise _unknown(report)
        return order


def _unknown(report: OrderReport) -> RunError:
    kind = type(report).__name__
    return RunError(f"{kind} of order {report.client_order_id}, which nobody here made")


# -- the event of each report; a venue that does not name its order means the one that is known ---


def _accepted(report: Accepted, order: Order, events: OrderEvents) -> OrderAccepted:
    return OrderAccepted(
        *events.whose(order),
        _name_of(report.venue_order_id, report, order),
        order.account_id,  # type: ignore[arg-type]  # since it was submitted
        *events.stamps(report.ts_event),
    )


def _rejected(report: Rejected, order: Order, events: OrderEvents) -> OrderRejected:
    return OrderRejected(
        *events.whose(order),
        order.account_id,  # type: ignore[arg-type]  # since it was submitted
        report.reason,
        report.due_post_only,
        *events.stamps(report.ts_event),
    )


def _canceled(report: Canceled, order: Order, events: OrderEvents) -> OrderCanceled:
    stamps = events.stamps(report.ts_event)
    return OrderCanceled(*events.whose(order), *_at_venue(report, order), report.reason, *stamps)


def _expired(report: Expired, order: Order, events: OrderEvents) -> OrderExpired:
    stamps = events.stamps(report.ts_event)
    return OrderExpired(*events.whose(order), *_at_venue(report, order), *stamps)


def _triggered(report: Triggered, order: Order, events: OrderEvents) -> OrderTriggered:
    stamps = events.stamps(report.ts_event)
    return OrderTriggered(*events.whose(order), *_at_venue(report, order), *stamps)


def _updated(report: Updated, order: Order, events: OrderEvents) -> OrderUpdated:
    return OrderUpdated(
        *events.whose(order),
        *_at_venue(report, order),
        order.quantity if report.quantity is None else report.quantity,
        report.price,
        report.trigger_price,
        report.is_quote_quantity,
        *events.stamps(report.ts_event),
    )


def _modify_rejected(
    report: ModifyRejected, order: Order, events: OrderEvents
) -> OrderModifyRejected:
    at_venue, stamps = _at_venue(report, order), events.stamps(report.ts_event)
    return OrderModifyRejected(*events.whose(order), *at_venue, report.reason, *stamps)


def _cancel_rejected(
    report: CancelRejected, order: Order, events: OrderEvents
) -> OrderCancelRejected:
    at_venue, stamps = _at_venue(report, order), events.stamps(report.ts_event)
    return OrderCancelRejected(*events.whose(order), *at_venue, report.reason, *stamps)


def _name_of(name: VenueOrderId | None, report: OrderReport, order: Order) -> VenueOrderId:
    """Return the venue's name of an order: that of the report, else the one it gave before."""
    if name is None:
        name = order.venue_order_id
    if name is None:
        kind = type(report).__name__
        raise RunError(f"{kind} of order {order.client_order_id} without the venue's id of it")
    return name


def _at_venue(report: OrderReport, order: Order) -> tuple[VenueOrderId | None, AccountId | None]:
    return report.venue_order_id or order.venue_order_id, order.account_id


_EVENTS: dict[type[Report], Callable[[Any, Order, OrderEvents], Any]] = {
    Accepted: _accepted,
    Rejected: _rejected,
    Canceled: _canceled,
    Expired: _expired,
    Triggered: _triggered,
    Updated: _updated,
    ModifyRejected: _modify_rejected,
    CancelRejected: _cancel_rejected,
}
