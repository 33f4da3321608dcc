"""Strategies: actors that trade.

Override the `on_order_` and `on_position_` methods that you need; an event goes to the most
specific handler first, then to its family's, then to `on_event`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from argosy.errors import InputError
from argosy.kernel.clock import Clock
from argosy.model.enums import OrderSide, OrderStatus, PositionSide, TimeInForce
from argosy.model.events.order import (
    OrderAccepted,
    OrderCanceled,
    OrderCancelRejected,
    OrderDenied,
    OrderEmulated,
    OrderEvent,
    OrderExpired,
    OrderFilled,
    OrderInitialized,
    OrderModifyRejected,
    OrderPendingCancel,
    OrderPendingUpdate,
    OrderRejected,
    OrderReleased,
    OrderSubmitted,
    OrderTriggered,
    OrderUpdated,
)
from argosy.model.events.position import (
    PositionAdjusted,
    PositionChanged,
    PositionClosed,
    PositionEvent,
    PositionOpened,
)
from argosy.model.identifiers import ClientId, InstrumentId, PositionId, StrategyId
from argosy.model.orders import Order, OrderList
from argosy.model.position import Position
from argosy.model.values import Price, Quantity
from argosy.strategy.actor import Actor
from argosy.strategy.config import StrategyConfig
from argosy.strategy.dispatch import EventDispatch
from argosy.strategy.factory import OrderFactory
from argosy.strategy.unread import refuse_unread

if TYPE_CHECKING:
    from argosy.strategy.floor import TradingFloor

# Event class -> the handlers that may take it, the most specific first.
HANDLERS: dict[type[Any], tuple[str, ...]] = {
    OrderInitialized: ("on_order_initialized", "on_order_event", "on_event"),
    OrderDenied: ("on_order_denied", "on_order_event", "on_event"),
    OrderEmulated: ("on_order_emulated", "on_order_event", "on_event"),
    OrderReleased: ("on_order_released", "on_order_event", "on_event"),
    OrderSubmitted: ("on_order_submitted", "on_order_event", "on_event"),
    OrderAccepted: ("on_order_accepted", "on_order_event", "on_event"),
    OrderRejected: ("on_order_rejected", "on_order_event", "on_event"),
    OrderCanceled: ("on_order_canceled", "on_order_event", "on_event"),
    OrderExpired: ("on_order_expired", "on_order_event", "on_event"),
    OrderTriggered: ("on_order_triggered", "on_order_event", "on_event"),
    OrderPendingUpdate: ("on_order_pending_update", "on_order_event", "on_event"),
    OrderPendingCancel: ("on_order_pending_cancel", "on_order_event", "on_event"),
    OrderModifyRejected: ("on_order_modify_rejected", "on_order_event", "on_event"),
    OrderCancelRejected: ("on_order_cancel_rejected", "on_order_event", "on_event"),
    OrderUpdated: ("on_order_updated", "on_order_event", "on_event"),
    OrderFilled: ("on_order_filled", "on_order_event", "on_event"),
    PositionOpened: ("on_position_opened", "on_position_event", "on_event"),
    PositionChanged: ("on_position_changed", "on_position_event", "on_event"),
    PositionClosed: ("on_position_closed", "on_position_event", "on_event"),
    PositionAdjusted: ("on_position_adjusted", "on_position_event", "on_event"),
}


class Strategy(Actor):
    """Trade: make orders, send them, and follow what becomes of them.

    Parameters
    ----------
    config : its settings; `self.config` is what was given
    """

    component_kind = "strategy"
    config_class = StrategyConfig

    order_factory: OrderFactory
    is_tagged: bool  # whether its settings say how its order ids are told from others'

    def __init__(self, config: Any = None) -> None:
        super().__init__(config if config is not None else StrategyConfig())
        named = getattr(self.config, "strategy_id", None)
        tag = getattr(self.config, "order_id_tag", None)
        self.is_tagged = bool(named or tag)
        self.id = StrategyId(named or f"{type(self).__name__}-{tag or '000'}")
        self._dispatch = EventDispatch(self)

    # -- handlers: override what you need ---------------------------------------------------------

    def on_order_initialized(self, event: OrderInitialized) -> None:
        """Act when an order was made."""

    def on_order_denied(self, event: OrderDenied) -> None:
        """Act when this system refused an order."""

    def on_order_emulated(self, event: OrderEmulated) -> None:
        """Act when the host began to watch the market for an order."""

    def on_order_released(self, event: OrderReleased) -> None:
        """Act when an emulated order was triggered."""

    def on_order_submitted(self, event: OrderSubmitted) -> None:
        """Act when an order was sent."""

    def on_order_accepted(self, event: OrderAccepted) -> None:
        """Act when the venue took an order."""

    def on_order_rejected(self, event: OrderRejected) -> None:
        """Act when the venue refused an order."""

    def on_order_canceled(self, event: OrderCanceled) -> None:
        """Act when an order was withdrawn."""

    def on_order_expired(self, event: OrderExpired) -> None:
        """Act when an order's time in force ended."""

    def on_order_triggered(self, event: OrderTriggered) -> None:
        """Act when the trigger price of an order with a limit was met."""

    def on_order_pending_update(self, event: OrderPendingUpdate) -> None:
        """Act when a change of an order is on its way."""

    def on_order_pending_cancel(self, event: OrderPendingCancel) -> None:
        """Act when a cancel of an order is on its way."""

    def on_order_modify_rejected(self, event: OrderModifyRejected) -> None:
        """Act when a change of an order was refused."""

    def on_order_cancel_rejected(self, event: OrderCancelRejected) -> None:
        """Act when a cancel of an order was refused."""

    def on_order_updated(self, event: OrderUpdated) -> None:
        """Act when an order has another quantity or price."""

    def on_order_filled(self, event: OrderFilled) -> None:
        """Act when an order, or a part of it, was executed."""

    def on_order_event(self, event: OrderEvent) -> None:
        """Act on any order event."""

    def on_position_opened(self, event: PositionOpened) -> None:
        """Act when a position was opened."""

    def on_position_changed(self, event: PositionChanged) -> None:
        """Act when a position became larger or smaller."""

    def on_position_closed(self, event: PositionClosed) -> None:
        """Act when a position was closed."""

    def on_position_adjusted(self, event: PositionAdjusted) -> None:
        """Act when something other than a fill changed a position."""

    def on_position_event(self, event: PositionEvent) -> None:
        """Act on any position event."""

    # -- life -------------------------------------------------------------------------------------

    def register(self, floor: TradingFloor, clock: Clock, warnings: Sequence[str] = ()) -> None:
        """Connect the strategy with a run; the trader calls this."""
        super().register(floor, clock, warnings)
        self._execution = floor.execution
        self.order_factory = OrderFactory(
            floor.trader_id,
            self.id,
            clock,
            floor.event_ids,
            order_classes=floor.order_classes,
        )

    def reset(self) -> None:
        """Return to the state before the first start."""
        super().reset()
        self.order_factory.reset()

    # -- trading ----------------------------------------------------------------------------------

    def submit_order(
        self,
        order: Order,
        position_id: PositionId | None = None,
        client_id: ClientId | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        """Send an order: through risk to its venue. What becomes of it comes as events.

        Parameters
        ----------
        position_id : the position that it is for, where the venue keeps several
        client_id : who takes it there: the client of a venue has the venue's name
        """
        if params:
            refuse_unread("submit_order", params=params)
        self._execution.submit(order, position_id, client_id)

    def submit_order_list(
        self,
        order_list: OrderList,
        position_id: PositionId | None = None,
        client_id: ClientId | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        """Send the orders of a list together."""
        refuse_unread("submit_order_list", params=params)
        self._execution.submit_list(order_list, position_id, client_id)

    def modify_order(
        self,
        order: Order,
        quantity: Quantity | None = None,
        price: Price | None = None,
        trigger_price: Price | None = None,
        client_id: ClientId | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask for another quantity or price of an order.

        Raises
        ------
        InputError : nothing would change
        """
        if params:
            refuse_unread("modify_order", params=params)
        if quantity is None and price is None and trigger_price is None:
            raise InputError(
                f"order {order.client_order_id}: nothing to modify",
                cure="Give a quantity, a price or a trigger_price",
            )
        self._execution.modify(order, quantity, price, trigger_price, client_id)

    def cancel_order(
        self,
        order: Order,
        client_id: ClientId | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask for an order to be withdrawn."""
        if params:
            refuse_unread("cancel_order", params=params)
        self._execution.cancel(order, client_id)

    def cancel_orders(
        self,
        orders: Iterable[Order],
        client_id: ClientId | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask for orders to be withdrawn, one by one."""
        refuse_unread("cancel_orders", params=params)
        for order in list(orders):
            self.cancel_order(order, client_id)

    def cancel_all_orders(
        self,
        instrument_id: InstrumentId,
        order_side: OrderSide = OrderSide.NO_ORDER_SIDE,
        client_id: ClientId | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask for all own orders of an instrument to be withdrawn, or those of one side.

        Those that are being withdrawn already are left alone.
        """
        refuse_unread("cancel_all_orders", params=params)
        own = self.cache.orders_open(
            instrument_id=instrument_id, strategy_id=self.id, side=order_side
        )
        waiting = self.cache.orders_inflight(
            instrument_id=instrument_id, strategy_id=self.id, side=order_side
        )
        found = dict.fromkeys([*own, *waiting])
        self.cancel_orders(
            (order for order in found if order.status is not OrderStatus.PENDING_CANCEL), client_id
        )

    def close_position(
        self,
        position: Position,
        client_id: ClientId | None = None,
        tags: list[str] | None = None,
        time_in_force: TimeInForce = TimeInForce.GTC,
        reduce_only: bool = True,  # noqa: FBT001, FBT002 - argument order of the field
        params: Mapping[str, Any] | None = None,
    ) -> None:
        """Close a position at market; one that is closed already is left alone."""
        refuse_unread("close_position", params=params)
        if position.is_closed:
            self.log.warning(f"position {position.id} is closed already")
            return
        order = self.order_factory.market(
            position.instrument_id,
            position.closing_order_side,
            position.quantity,
            time_in_force,
            reduce_only=reduce_only,
            tags=tags,
        )
        self.submit_order(order, position.id, client_id)

    def close_all_positions(
        self,
        instrument_id: InstrumentId,
        position_side: PositionSide = PositionSide.NO_POSITION_SIDE,
        client_id: ClientId | None = None,
        tags: list[str] | None = None,
        time_in_force: TimeInForce = TimeInForce.GTC,
        reduce_only: bool = True,  # noqa: FBT001, FBT002 - argument order of the field
        params: Mapping[str, Any] | None = None,
    ) -> None:
        """Close all own positions in an instrument, or those of one side."""
        refuse_unread("close_all_positions", params=params)
        own = self.cache.positions_open(
            instrument_id=instrument_id, strategy_id=self.id, side=position_side
        )
        for position in own:
            self.close_position(position, client_id, tags, time_in_force, reduce_only)

    def handle_event(self, event: Any) -> None:
        """Give an event to the handlers that take it."""
        self._dispatch.handle(event)

    def _listen(self) -> None:
        """Subscribe to own events; kinds that no handler was written for are not asked for."""
        log_events = getattr(self.config, "log_events", False)
        for kind, names in HANDLERS.items():
            written = [getattr(self, name) for name in names if self._overrides(name)]
            if log_events:
                written.insert(0, self.log.info)
            if written:
                self._dispatch.add(kind, written)
        for family, base in (("order", OrderEvent), ("position", PositionEvent)):
            if self._dispatch.takes(base):
                self.msgbus.subscribe(f"events.{family}.{self.id}", self._dispatch.handle)

    def _release(self) -> None:
        super()._release()
        self.msgbus.unsubscribe(f"events.order.{self.id}", self._dispatch.handle)
        self.msgbus.unsubscribe(f"events.position.{self.id}", self._dispatch.handle)

    def _overrides(self, name: str) -> bool:
        # Asking for the __dict__ of an object makes each later look-up in it slower.
        own = getattr(self, name)
        return getattr(own, "__func__", own) is not getattr(Strategy, name)
