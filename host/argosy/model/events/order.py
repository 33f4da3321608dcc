"""What happens to an order, one class for each thing.

The order of the fields is their order in the event log. Every event has `event_id`, `ts_event`,
`ts_init` (ns) and `reconciliation`: whether it was inferred from a venue's report rather than told.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

import msgspec

from argosy.model.currency import Currency
from argosy.model.enums import (
    ContingencyType,
    LiquiditySide,
    OrderSide,
    OrderType,
    TimeInForce,
    TrailingOffsetType,
    TriggerType,
)
from argosy.model.identifiers import (
    AccountId,
    ClientOrderId,
    ExecAlgorithmId,
    InstrumentId,
    OrderListId,
    PositionId,
    StrategyId,
    TradeId,
    TraderId,
    VenueOrderId,
)
from argosy.model.money import Money
from argosy.model.values import Price, Quantity


class OrderEvent(msgspec.Struct, frozen=True, gc=False, tag=True):
    """Something that happened to an order."""

    code: ClassVar[int]  # what compiled code dispatches on

    trader_id: TraderId
    strategy_id: StrategyId
    instrument_id: InstrumentId
    client_order_id: ClientOrderId


class OrderInitialized(OrderEvent, frozen=True, gc=False):
    """An order was made; it holds everything that its maker said about it.

    `options` is for what a plugin's order type wants beyond the fields here.
    """

    code = 0

    order_side: OrderSide
    order_type: OrderType
    quantity: Quantity
    time_in_force: TimeInForce
    post_only: bool
    reduce_only: bool
    quote_quantity: bool
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False
    price: Price | None = None
    trigger_price: Price | None = None
    trigger_type: TriggerType = TriggerType.NO_TRIGGER
    activation_price: Price | None = None
    limit_offset: Decimal | None = None
    trailing_offset: Decimal | None = None
    trailing_offset_type: TrailingOffsetType = TrailingOffsetType.NO_TRAILING_OFFSET
    expire_time_ns: int = 0
    display_qty: Quantity | None = None
    emulation_trigger: TriggerType = TriggerType.NO_TRIGGER
    trigger_instrument_id: InstrumentId | None = None
    contingency_type: ContingencyType = ContingencyType.NO_CONTINGENCY
    order_list_id: OrderListId | None = None
    linked_order_ids: tuple[ClientOrderId, ...] = ()
    parent_order_id: ClientOrderId | None = None
    exec_algorithm_id: ExecAlgorithmId | None = None
    exec_algorithm_params: Mapping[str, Any] | None = None
    exec_spawn_id: ClientOrderId | None = None
    tags: tuple[str, ...] = ()
    options: Mapping[str, Any] | None = None

    @property
    def is_buy(self) -> bool:
        """Whether it buys."""
        return self.order_side is OrderSide.BUY

    @property
    def is_sell(self) -> bool:
        """Whether it sells."""
        return self.order_side is OrderSide.SELL


class OrderDenied(OrderEvent, frozen=True, gc=False):
    """The order was refused by this system, before it was sent."""

    code = 1

    reason: str
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False


class OrderEmulated(OrderEvent, frozen=True, gc=False):
    """The host watches the market for the order, since its venue cannot."""

    code = 2

    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False


class OrderReleased(OrderEvent, frozen=True, gc=False):
    """An emulated order was triggered and goes on to its venue."""

    code = 3

    released_price: Price
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False


class OrderSubmitted(OrderEvent, frozen=True, gc=False):
    """The order was sent to its venue."""

    code = 4

    account_id: AccountId
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False


class OrderAccepted(OrderEvent, frozen=True, gc=False):
    """The venue took the order."""

    code = 5

    venue_order_id: VenueOrderId
    account_id: AccountId
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False


class OrderRejected(OrderEvent, frozen=True, gc=False):
    """The venue refused the order."""

    code = 6

    account_id: AccountId
    reason: str
    due_post_only: bool
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False


class OrderCanceled(OrderEvent, frozen=True, gc=False):
    """The order was withdrawn; `reason` says why where nobody had asked for it."""

    code = 7

    venue_order_id: VenueOrderId | None
    account_id: AccountId | None
    reason: str
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False


class OrderExpired(OrderEvent, frozen=True, gc=False):
    """The order's time in force ended."""

    code = 8

    venue_order_id: VenueOrderId | None
    account_id: AccountId | None
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False


class OrderTriggered(OrderEvent, frozen=True, gc=False):
    """The trigger price of an order with a limit was met; it now works as a limit order."""

    code = 9

    venue_order_id: VenueOrderId | None
    account_id: AccountId | None
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False


class OrderPendingUpdate(OrderEvent, frozen=True, gc=False):
    """A change of the order is on its way to the venue."""

    code = 10

    venue_order_id: VenueOrderId | None
    account_id: AccountId | None
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False


class OrderPendingCancel(OrderEvent, frozen=True, gc=False):
    """A cancel of the order is on its way to the venue."""

    code = 11

    venue_order_id: VenueOrderId | None
    account_id: AccountId | None
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False


class OrderModifyRejected(OrderEvent, frozen=True, gc=False):
    """The venue, or this system, refused a change of the order."""

    code = 12

    venue_order_id: VenueOrderId | None
    account_id: AccountId | None
    reason: str
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False


class OrderCancelRejected(OrderEvent, frozen=True, gc=False):
    """The venue, or this system, refused a cancel of the order."""

    code = 13

    venue_order_id: VenueOrderId | None
    account_id: AccountId | None
    reason: str
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False


class OrderUpdated(OrderEvent, frozen=True, gc=False):
    """The order has another quantity or price; a price of None is the price it had."""

    code = 14

    venue_order_id: VenueOrderId | None
    account_id: AccountId | None
    quantity: Quantity
    price: Price | None
    trigger_price: Price | None
    is_quote_quantity: bool
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False


class OrderFilled(OrderEvent, frozen=True, gc=False):
    """The order, or a part of it, was executed.

    Fields
    ------
    position_id : None until this system knows which position the fill belongs to
    currency : of the price
    commission : positive where it costs, negative where it is a rebate
    """

    code = 15

    venue_order_id: VenueOrderId
    account_id: AccountId
    trade_id: TradeId
    position_id: PositionId | None
    order_side: OrderSide
    order_type: OrderType
    last_qty: Quantity
    last_px: Price
    currency: Currency
    commission: Money
    liquidity_side: LiquiditySide
    event_id: int
    ts_event: int
    ts_init: int
    reconciliation: bool = False
    info: Mapping[str, Any] | None = None

    @property
    def is_buy(self) -> bool:
        """Whether the order bought."""
        return self.order_side is OrderSide.BUY

    @property
    def is_sell(self) -> bool:
        """Whether the order sold."""
        return self.order_side is OrderSide.SELL


AnyOrderEvent = (
    OrderInitialized
    | OrderDenied
    | OrderEmulated
    | OrderReleased
    | OrderSubmitted
    | OrderAccepted
    | OrderRejected
    | OrderCanceled
    | OrderExpired
    | OrderTriggered
    | OrderPendingUpdate
    | OrderPendingCancel
    | OrderModifyRejected
    | OrderCancelRejected
    | OrderUpdated
    | OrderFilled
)


def with_position_id(fill: OrderFilled, position_id: PositionId) -> OrderFilled:
    """Return the fill as one of a position."""
    return msgspec.structs.replace(fill, position_id=position_id)
