"""What is asked of a venue: immutable values that travel, are recorded and are sent.

A command is what `ExecutionClient.send` takes. Its ids count on their own: no event's id depends on
whether anybody looks at them.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from argosy.model.enums import OrderSide
from argosy.model.events.order import OrderInitialized
from argosy.model.identifiers import (
    AccountId,
    ClientOrderId,
    InstrumentId,
    OrderListId,
    PositionId,
    StrategyId,
    VenueOrderId,
)
from argosy.model.values import Price, Quantity


class Command(msgspec.Struct, frozen=True, gc=False, tag=True):
    """Something that is asked of a venue.

    Fields
    ------
    command_id : counts from 1 in each run
    correlation_id : the command that began what this one goes on with, such as the SubmitOrder of
        the order that it cancels; its own id where it begins something
    causation_id : the report whose handling led to it, 0 where none did
    ts_init : when it was made (ns)
    """

    code: ClassVar[int]  # what compiled code dispatches on

    command_id: int
    correlation_id: int
    causation_id: int
    ts_init: int


class OrderCommand(Command, frozen=True, gc=False):
    """Something that is asked about one order."""

    instrument_id: InstrumentId
    client_order_id: ClientOrderId


class SubmitOrder(OrderCommand, frozen=True, gc=False):
    """Take an order.

    Fields
    ------
    init : everything that its maker said
    position_id : the position that its maker named, None where it named none
    book : the holding at the venue that it trades for; None for what its strategy nets
    """

    code = 0

    init: OrderInitialized
    position_id: PositionId | None
    book: PositionId | None


class SubmitOrderList(Command, frozen=True, gc=False):
    """Take orders together; each has a command id of its own and is correlated with itself."""

    code = 1

    order_list_id: OrderListId
    orders: tuple[SubmitOrder, ...]


class ModifyOrder(OrderCommand, frozen=True, gc=False):
    """Give an order another quantity or price; None keeps what it has."""

    code = 2

    venue_order_id: VenueOrderId | None
    quantity: Quantity | None
    price: Price | None
    trigger_price: Price | None


class CancelOrder(OrderCommand, frozen=True, gc=False):
    """Withdraw an order."""

    code = 3

    venue_order_id: VenueOrderId | None


class CancelOrders(Command, frozen=True, gc=False):
    """Withdraw orders, each as if it came alone."""

    code = 4

    orders: tuple[CancelOrder, ...]


class CancelAllOrders(Command, frozen=True, gc=False):
    """Withdraw all that works of an instrument.

    Fields
    ------
    strategy_id : whose orders, None for everybody's
    order_side : of which side, NO_ORDER_SIDE for both
    """

    code = 5

    instrument_id: InstrumentId
    strategy_id: StrategyId | None
    order_side: OrderSide


class QueryOrder(OrderCommand, frozen=True, gc=False):
    """Tell how an order stands."""

    code = 6

    venue_order_id: VenueOrderId | None


class QueryAccount(Command, frozen=True, gc=False):
    """Tell what an account has."""

    code = 7

    account_id: AccountId


AnyCommand = (
    SubmitOrder
    | SubmitOrderList
    | ModifyOrder
    | CancelOrder
    | CancelOrders
    | CancelAllOrders
    | QueryOrder
    | QueryAccount
)
