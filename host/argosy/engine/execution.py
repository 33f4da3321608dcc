"""The execution engine: an order's way out, and what comes back.

A command goes risk -> venue client. What comes back is an event: it changes the order, the
account and the position first, then it is logged, then those who listen are told, so that nobody
sees half of a fill.
"""

from __future__ import annotations

from typing import Any

from argosy.engine.accounting import Accounting
from argosy.engine.cache import Cache
from argosy.engine.positions import PositionBook
from argosy.engine.risk import RiskEngine
from argosy.kernel.bus import MessageBus, TopicFamily
from argosy.kernel.client import ExecutionClient
from argosy.kernel.timeline import Timeline
from argosy.model.enums import LiquiditySide, OrderStatus, TriggerType
from argosy.model.events.ids import EventIds
from argosy.model.events.order import (
    OrderAccepted,
    OrderCanceled,
    OrderCancelRejected,
    OrderDenied,
    OrderExpired,
    OrderFilled,
    OrderModifyRejected,
    OrderPendingCancel,
    OrderPendingUpdate,
    OrderRejected,
    OrderSubmitted,
    OrderTriggered,
    OrderUpdated,
)
from argosy.model.identifiers import (
    ClientId,
    ClientOrderId,
    InstrumentId,
    PositionId,
    StrategyId,
    TradeId,
    TraderId,
    Venue,
    VenueOrderId,
)
from argosy.model.money import Money
from argosy.model.orders import OrderList
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy.serialization.eventlog import EventLog

_NO_TRIGGER = TriggerType.NO_TRIGGER


class ExecutionEngine:
    """Route commands to venues, and apply and publish what they report.

    Parameters
    ----------
    log : gets every event, in the order in which they are published
    event_ids : numbers the events
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
        risk: RiskEngine,
        accounting: Accounting,
        positions: PositionBook,
    ) -> None:
        self.timeline = timeline
        self.bus = bus
        self.cache = cache
        self.log = log
        self.event_ids = event_ids
        self.trader_id = trader_id
        self.risk = risk
        self.accounting = accounting
        self.positions = positions
        self._clients: dict[Venue, ExecutionClient] = {}
        self._routes: dict[InstrumentId, ExecutionClient] = {}
        self._asked: InstrumentId | None = None
        self._answer: ExecutionClient | None = None
        self._order_topics = TopicFamily(bus, "events.order.")
        self._position_topics = TopicFamily(bus, "events.position.")
        self._account_topics = TopicFamily(bus, "events.account.")

    def add_client(self, client: ExecutionClient) -> None:
        """Route the orders of the client's venue to it."""
        self._clients[client.venue] = client
        self._routes.clear()
        self._asked = None

    def client(self, instrument_id: InstrumentId) -> ExecutionClient | None:
        """Return the client that orders of an instrument go to, or None."""
        # One order asks several times, most strategies trade one instrument.
        if instrument_id is not self._asked:
            self._answer = self._find_client(instrument_id)
            self._asked = instrument_id
        return self._answer

    def _find_client(self, instrument_id: InstrumentId) -> ExecutionClient | None:
        client = self._routes.get(instrument_id)
        if client is None:
            client = self._clients.get(instrument_id.venue)
            if client is not None:
                self._routes[instrument_id] = client
        return client

    # -- commands ---------------------------------------------------------------------------------

    def submit(
        self,
        order: Order,
        position_id: PositionId | None = None,
        client_id: ClientId | None = None,
    ) -> None:
        """Check an order and send it to its venue; a client id is the name of that venue."""
        if order is None:
            raise TypeError("submit_order() takes an order, was None")
        if self._admit(order, position_id, client_id):
            client = self._require_client(order)
            self._submitted(order, client)
            client.submit_order(order, position_id)

    def submit_list(
        self,
        order_list: OrderList,
        position_id: PositionId | None = None,
        client_id: ClientId | None = None,
    ) -> None:
        """Check the orders of a list and send them together; if one is denied, all are."""
        self.cache.add_order_list(order_list)
        orders = list(order_list.orders)
        for order in orders:
            self._initialized(order, position_id)
        reasons = [self._refusal(order, position_id, client_id) for order in orders]
        reason = next((each for each in reasons if each is not None), None)
        if reason is not None:
            for order, own in zip(orders, reasons, strict=True):
                self.deny(order, own or f"ORDER_LIST_DENIED: order_list={order_list.id}, {reason}")
            return
        client = self._require_client(orders[0])
        for order in orders:
            self._submitted(order, client)
        client.submit_order_list(order_list, position_id)

    def modify(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
        client_id: ClientId | None = None,
    ) -> None:
        """Check a change of an order and send it to its venue."""
        reason = self._closed_reason(order) or _client_reason(order, client_id)
        if reason is None and order.status is OrderStatus.PENDING_CANCEL:
            reason = f"ORDER_PENDING_CANCEL: status={order.status}"
        if reason is None:
            reason = self.risk.check_modify(order, quantity, price, trigger_price)
        if reason is not None:
            self.modify_rejected(order, reason, self.timeline.now)
            return
        self._pending(OrderPendingUpdate, order)
        client = self._require_client(order)
        client.modify_order(order, quantity, price, trigger_price)

    def cancel(self, order: Order, client_id: ClientId | None = None) -> None:
        """Send a cancel of an order to its venue."""
        reason = self._closed_reason(order) or _client_reason(order, client_id)
        if reason is not None:
            self.cancel_rejected(order, reason, self.timeline.now)
            return
        self._pending(OrderPendingCancel, order)
        self._require_client(order).cancel_order(order)

    def deny(self, order: Order, reason: str) -> None:
        """Refuse an order here, before it is sent."""
        event = OrderDenied(*self._whose(order), reason, *self._stamps(self.timeline.now))
        order.apply(event)
        self.cache.update_order(order)
        self.log.append(event)
        self._order_topics.of(order.strategy_id).publish(event)

    # -- what venues report -----------------------------------------------------------------------

    def accepted(self, order: Order, venue_order_id: VenueOrderId, ts_event: int) -> None:
        """Tell that the venue took an order."""
        self._apply(
            order,
            OrderAccepted(
                *self._whose(order),
                venue_order_id,
                order.account_id,  # type: ignore[arg-type]  # since it was submitted
                *self._stamps(ts_event),
            ),
        )

    def rejected(
        self, order: Order, reason: str, ts_event: int, *, due_post_only: bool = False
    ) -> None:
        """Tell that the venue refused an order."""
        self._apply(
            order,
            OrderRejected(
                *self._whose(order),
                order.account_id,  # type: ignore[arg-type]  # since it was submitted
                reason,
                due_post_only,
                *self._stamps(ts_event),
            ),
        )

    def canceled(self, order: Order, ts_event: int, reason: str = "") -> None:
        """Tell that an order was withdrawn; `reason` where nobody had asked for it."""
        self._apply(order, OrderCanceled(*self._at_venue(order), reason, *self._stamps(ts_event)))

    def expired(self, order: Order, ts_event: int) -> None:
        """Tell that an order's time in force ended."""
        self._apply(order, OrderExpired(*self._at_venue(order), *self._stamps(ts_event)))

    def triggered(self, order: Order, ts_event: int) -> None:
        """Tell that an order's trigger price was met and its limit works now."""
        self._apply(order, OrderTriggered(*self._at_venue(order), *self._stamps(ts_event)))

    def updated(
        self,
        order: Order,
        ts_event: int,
        *,
        quantity: Quantity | None = None,
        price: Price | None = None,
        trigger_price: Price | None = None,
        is_quote_quantity: bool | None = None,
    ) -> None:
        """Tell that an order has another quantity or price."""
        in_quote = order.is_quote_quantity if is_quote_quantity is None else is_quote_quantity
        self._apply(
            order,
            OrderUpdated(
                *self._at_venue(order),
                order.quantity if quantity is None else quantity,
                price,
                trigger_price,
                in_quote,
                *self._stamps(ts_event),
            ),
        )

    def modify_rejected(self, order: Order, reason: str, ts_event: int) -> None:
        """Tell that a change of an order was refused."""
        self._apply(
            order, OrderModifyRejected(*self._at_venue(order), reason, *self._stamps(ts_event))
        )

    def cancel_rejected(self, order: Order, reason: str, ts_event: int) -> None:
        """Tell that a cancel of an order was refused."""
        self._apply(
            order, OrderCancelRejected(*self._at_venue(order), reason, *self._stamps(ts_event))
        )

    def filled(
        self,
        order: Order,
        venue_order_id: VenueOrderId,
        trade_id: TradeId,
        last_qty: Quantity,
        last_px: Price,
        liquidity_side: LiquiditySide,
        commission: Money,
        ts_event: int,
        position_id: PositionId | None = None,
    ) -> None:
        """Tell that an order, or a part of it, was executed.

        Parameters
        ----------
        position_id : the venue's, where it keeps positions itself
        """
        client = self._require_client(order)
        now = self.timeline.stamp()
        fill = OrderFilled(
            self.trader_id,
            order.strategy_id,
            order.instrument_id,
            order.client_order_id,
            venue_order_id,
            order.account_id,  # type: ignore[arg-type]  # since it was submitted
            trade_id,
            self.positions.position_id(order, client.oms_type, position_id, now),
            order.side,
            order.order_type,
            last_qty,
            last_px,
            self.accounting.quote_currency(order.instrument_id),
            commission,
            liquidity_side,
            self.event_ids.take(),
            ts_event,
            now,
        )
        self.apply_fill(order, fill)

    def apply_fill(self, order: Order, fill: OrderFilled) -> None:
        """Apply a fill to its order, account and position, then log and publish the events."""
        order.apply_filled(fill, False)  # noqa: FBT003 (compiled)
        self.cache.update_order(order)
        # The account books what the fill realises against the position as it was before.
        flows = self.accounting.flows(fill, self.positions.current(fill.position_id))
        position_events = self.positions.apply(fill)
        state = self.accounting.settle(order, fill, flows, self.positions.touched)
        log = self.log
        log.append(fill)
        for event in position_events:
            log.append(event)
        if state is not None:
            log.append(state)
        strategy_id = order.strategy_id
        self._order_topics.of(strategy_id).publish(fill)
        if position_events:
            topic = self._position_topics.of(strategy_id)
            for event in position_events:
                topic.publish(event)
        if state is not None:
            self._account_topics.of(state.account_id).publish(state)

    # -- the way of an event ----------------------------------------------------------------------

    def _admit(
        self, order: Order, position_id: PositionId | None, client_id: ClientId | None
    ) -> bool:
        self._initialized(order, position_id)
        reason = self._refusal(order, position_id, client_id)
        if reason is not None:
            self.deny(order, reason)
            return False
        return True

    def _initialized(self, order: Order, position_id: PositionId | None) -> int:
        self.cache.add_order(order, position_id)
        self.log.append(order.init)
        self._order_topics.of(order.strategy_id).publish(order.init)
        return 0

    def _refusal(
        self, order: Order, position_id: PositionId | None, client_id: ClientId | None
    ) -> str | None:
        client = self.client(order.instrument_id)
        if client is None:
            return f"VENUE_NOT_FOUND: venue={order.instrument_id.venue}"
        reason = None if client_id is None else _client_reason(order, client_id)
        if reason is not None:
            return reason
        # Nobody here watches or works an order yet; sent as it is, it would be another order.
        if order.init.emulation_trigger is not _NO_TRIGGER:
            return f"UNSUPPORTED_EMULATION: emulation_trigger={order.init.emulation_trigger}"
        if order.init.exec_algorithm_id is not None:
            return f"EXEC_ALGORITHM_NOT_FOUND: exec_algorithm_id={order.init.exec_algorithm_id}"
        if position_id is not None:
            reason = self.positions.refusal(order, position_id, client.oms_type)
            if reason is not None:
                return reason
        return self.risk.check(order, position_id)

    def _submitted(self, order: Order, client: ExecutionClient) -> int:
        now = self.timeline.stamp()
        event = OrderSubmitted(
            self.trader_id,
            order.strategy_id,
            order.instrument_id,
            order.client_order_id,
            client.account_id,
            self.event_ids.take(),
            now,
            now,
        )
        order.apply_submitted(event)
        return self._tell(order, event, now)

    def _pending(self, kind: type[Any], order: Order) -> None:
        self._apply(order, kind(*self._at_venue(order), *self._stamps(self.timeline.now)))

    def _apply(self, order: Order, event: Any) -> int:
        order.apply_event(event, False)  # noqa: FBT003 (compiled)
        return self._tell(order, event, event.ts_event)

    def _tell(self, order: Order, event: Any, ts_event: int) -> int:
        """Do what follows from an event that its order has taken."""
        self.cache.update_order(order)
        state = self.accounting.order_changed(order, ts_event)
        self.log.append(event)
        if state is not None:
            self.log.append(state)
        self._order_topics.of(order.strategy_id).publish(event)
        if state is not None:
            self._account_topics.of(state.account_id).publish(state)
        return 0

    def publish_account(self, state: Any) -> None:
        """Log and publish a state of an account that no order caused, such as the first."""
        self.accounting.note(state)
        self.log.append(state)
        self._account_topics.of(state.account_id).publish(state)

    def _whose(self, order: Order) -> tuple[TraderId, StrategyId, InstrumentId, ClientOrderId]:
        return self.trader_id, order.strategy_id, order.instrument_id, order.client_order_id

    def _at_venue(
        self, order: Order
    ) -> tuple[TraderId, StrategyId, InstrumentId, ClientOrderId, Any, Any]:
        return *self._whose(order), order.venue_order_id, order.account_id

    def _stamps(self, ts_event: int) -> tuple[int, int, int]:
        return self.event_ids.take(), ts_event, self.timeline.stamp()

    def _require_client(self, order: Order) -> ExecutionClient:
        client = self.client(order.instrument_id)
        return self._clients[order.instrument_id.venue] if client is None else client

    def _closed_reason(self, order: Order) -> str | None:
        if order.is_closed:
            return f"ORDER_CLOSED: status={order.status}"
        if order.venue_order_id is None and not order.is_inflight:
            return f"ORDER_NOT_AT_VENUE: status={order.status}"
        return None


def _client_reason(order: Order, client_id: ClientId | None) -> str | None:
    """Return why a client cannot have an order; each venue has one, of the venue's name."""
    venue = order.instrument_id.venue
    if client_id is None or str(client_id) == str(venue):
        return None
    return f"CLIENT_NOT_FOUND: client_id={client_id}, venue={venue}"
