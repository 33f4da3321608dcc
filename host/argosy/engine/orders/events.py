"""The way of an event: it changes its order, is logged, and then those who listen are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argosy.engine.accounting import Accounting
from argosy.engine.cache import Cache
from argosy.kernel.bus import MessageBus, TopicFamily
from argosy.kernel.timeline import Timeline
from argosy.model.enums import OrderStatus
from argosy.model.events.ids import EventIds
from argosy.model.events.order import (
    OrderCancelRejected,
    OrderDenied,
    OrderModifyRejected,
    OrderPendingCancel,
    OrderPendingUpdate,
    OrderSubmitted,
)
from argosy.model.identifiers import (
    ClientOrderId,
    InstrumentId,
    PositionId,
    StrategyId,
    TraderId,
    VenueOrderId,
)
from argosy.model.orders.order import Order
from argosy.parts.client import ExecutionClient
from argosy.parts.route import Route
from argosy.serialization.eventlog import EventLog

if TYPE_CHECKING:
    from argosy.model.reports import AccountChange


class OrderEvents:
    """Make the events of orders, apply them, log them and tell them.

    An event changes order, account and position first; then it is logged, then told, so that
    nobody sees half of a fill.

    Parameters
    ----------
    log : gets every event, in the order in which they are told
    event_ids : numbers them
    """

    def __init__(
        self,
        timeline: Timeline,
        bus: MessageBus,
        cache: Cache,
        log: EventLog,
        event_ids: EventIds,
        trader_id: TraderId,
        accounting: Accounting,
    ) -> None:
        self.timeline = timeline
        self.cache = cache
        self.log = log
        self.event_ids = event_ids
        self.trader_id = trader_id
        self.accounting = accounting
        self.order_topics = TopicFamily(bus, "events.order.")
        self.position_topics = TopicFamily(bus, "events.position.")

    # -- what the host says -----------------------------------------------------------------------

    def initialized(self, order: Order, position_id: PositionId | None) -> int:
        """Tell that an order was made."""
        self.cache.add_order(order, position_id)
        self.log.append(order.init)
        self.order_topics.of(order.strategy_id).publish(order.init)
        return 0

    def submitted(self, order: Order, client: ExecutionClient) -> int:
        """Tell that an order goes to its venue."""
        now = self.timeline.stamp()
        event = OrderSubmitted(
            self.trader_id,
            order.strategy_id,
            order.instrument_id,
            order.client_order_id,
            client.account_id,
            self.event_ids.next(),
            now,
            now,
        )
        order.apply_submitted(event)
        return self.tell(order, event)

    def denied(self, order: Order, reason: str) -> None:
        """Tell that an order was refused here, before it was sent."""
        event = OrderDenied(*self.whose(order), reason, *self.stamps(self.timeline.now))
        order.apply(event)
        self.tell(order, event)

    def pending_update(self, order: Order) -> None:
        """Tell that a change goes to the venue."""
        self._pending(OrderPendingUpdate, order)

    def pending_cancel(self, order: Order) -> None:
        """Tell that a cancel goes to the venue."""
        self._pending(OrderPendingCancel, order)

    def modify_refused(self, order: Order, reason: str) -> None:
        """Tell that a change was refused here."""
        self._refused(OrderModifyRejected, order, reason)

    def cancel_refused(self, order: Order, reason: str) -> None:
        """Tell that a cancel was refused here."""
        self._refused(OrderCancelRejected, order, reason)

    def _pending(self, kind: type[Any], order: Order) -> None:
        event = kind(*self.whose(order), *self._known(order), *self.stamps(self.timeline.now))
        self.apply(order, event, None, None)

    def _refused(self, kind: type[Any], order: Order, reason: str) -> None:
        now = self.timeline.now
        event = kind(*self.whose(order), *self._known(order), reason, *self.stamps(now))
        self.apply(order, event, None, None)

    def _known(self, order: Order) -> tuple[VenueOrderId | None, Any]:
        return order.venue_order_id, order.account_id

    # -- the way ----------------------------------------------------------------------------------

    def apply(
        self, order: Order, event: Any, change: AccountChange | None, route: Route | None
    ) -> int:
        """Let an order take an event, and its account what came with it; log and tell both."""
        order.apply(event)
        if change is None or route is None:
            return self.tell(order, event)
        self.cache.update_order(order)
        state = self.accounting.believe(route, change, event.ts_event, self.timeline.stamp())
        self.log.append(event)
        self.log.append(state)
        self.order_topics.of(order.strategy_id).publish(event)
        self.tell_account(state, route)
        return 0

    def tell(self, order: Order, event: Any) -> int:
        """Log and tell an event that its order has taken and that moved no money."""
        self.cache.update_order(order)
        self.log.append(event)
        self.order_topics.of(order.strategy_id).publish(event)
        return 0

    def tell_account(self, state: Any, route: Route) -> int:
        """Tell a state of an account that was logged."""
        if route.account_topic is not None:
            route.account_topic.publish(state)
        return 0

    def whose(self, order: Order) -> tuple[TraderId, StrategyId, InstrumentId, ClientOrderId]:
        """Return the first fields of an event."""
        return self.trader_id, order.strategy_id, order.instrument_id, order.client_order_id

    def stamps(self, ts_event: int) -> tuple[int, int, int]:
        """Return the last fields of an event."""
        return self.event_ids.next(), ts_event, self.timeline.stamp()


def closed_refusal(order: Order) -> str | None:
    """Return why an order cannot be changed or withdrawn, whatever its venue, or None."""
    if order.is_closed:
        return f"ORDER_CLOSED: status={order.status}"
    if order.venue_order_id is None and not order.is_inflight:
        return f"ORDER_NOT_AT_VENUE: status={order.status}"
    return None


def pending_refusal(order: Order) -> str | None:
    """Return why an order that is being withdrawn cannot be changed, or None."""
    if order.status is OrderStatus.PENDING_CANCEL:
        return f"ORDER_PENDING_CANCEL: status={order.status}"
    return None
