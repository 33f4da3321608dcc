"""What a venue says: immutable values that travel, are recorded and are believed.

A report is what `ExecutionEngine.take` takes; it becomes an event there. It carries what it did to
the account, so that nobody has to calculate that a second time. Its ids count on their own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import msgspec

from argosy.model.enums import LiquiditySide, OrderSide, OrderStatus, OrderType, TimeInForce
from argosy.model.events.account import AccountBalance, AccountFlow, MarginBalance
from argosy.model.identifiers import (
    AccountId,
    ClientOrderId,
    InstrumentId,
    PositionId,
    StrategyId,
    TradeId,
    VenueOrderId,
)
from argosy.model.money import Money
from argosy.model.values import Price, Quantity


class AccountChange(msgspec.Struct, frozen=True, gc=False):
    """What happened to an account, and how it is since then.

    Fields
    ------
    balances : all of them, in the order in which the account got them
    margins : those that changed
    flows : what moved; who believes the report says which of its events caused them
    """

    balances: tuple[AccountBalance, ...]
    margins: tuple[MarginBalance, ...]
    flows: tuple[AccountFlow, ...]


class Report(msgspec.Struct, frozen=True, gc=False, tag=True):
    """Something that a venue says.

    Fields
    ------
    report_id : counts from 1 at each venue
    correlation_id : the command that began it: the SubmitOrder of the order; 0 without one
    causation_id : the command that it answers, 0 where the market or the clock did it
    ts_event : when it happened at the venue (ns)
    """

    code: ClassVar[int]  # what compiled code dispatches on

    report_id: int
    correlation_id: int
    causation_id: int
    ts_event: int


class OrderReport(Report, frozen=True, gc=False):
    """Something that a venue says of one order.

    Fields
    ------
    change : what it did to the account, None where nothing changed
    """

    instrument_id: InstrumentId
    client_order_id: ClientOrderId
    venue_order_id: VenueOrderId | None
    change: AccountChange | None


class Accepted(OrderReport, frozen=True, gc=False):
    """The venue took the order."""

    code = 0


class Rejected(OrderReport, frozen=True, gc=False):
    """The venue refused the order."""

    code = 1

    reason: str
    due_post_only: bool


class Canceled(OrderReport, frozen=True, gc=False):
    """The order was withdrawn; `reason` says why where nobody had asked for it."""

    code = 2

    reason: str


class Expired(OrderReport, frozen=True, gc=False):
    """The order's time in force ended."""

    code = 3


class Triggered(OrderReport, frozen=True, gc=False):
    """The trigger price of an order with a limit was met; it now works as a limit order."""

    code = 4


class Updated(OrderReport, frozen=True, gc=False):
    """The order has another quantity or price; None is what it had."""

    code = 5

    quantity: Quantity | None
    price: Price | None
    trigger_price: Price | None
    is_quote_quantity: bool


class Filled(OrderReport, frozen=True, gc=False):
    """The order, or a part of it, was executed.

    Fields
    ------
    position_id : the venue's name of the position, where it keeps positions itself
    commission : above zero where it costs, below where it is a rebate
    """

    code = 6

    trade_id: TradeId
    position_id: PositionId | None
    last_qty: Quantity
    last_px: Price
    liquidity_side: LiquiditySide
    commission: Money


class ModifyRejected(OrderReport, frozen=True, gc=False):
    """The venue refused a change of the order."""

    code = 7

    reason: str


class CancelRejected(OrderReport, frozen=True, gc=False):
    """The venue refused a cancel of the order."""

    code = 8

    reason: str


class QueryRejected(OrderReport, frozen=True, gc=False):
    """The venue could not say how the order stands."""

    code = 12

    reason: str


class AccountReport(Report, frozen=True, gc=False):
    """What an account has, without an order that caused it: a deposit, or the answer to a query."""

    code = 9

    account_id: AccountId
    change: AccountChange


class OrderStatusReport(OrderReport, frozen=True, gc=False):
    """How an order stands, the answer to a query.

    Fields
    ------
    filled_qty : what was executed so far
    """

    code = 10

    strategy_id: StrategyId
    order_side: OrderSide
    order_type: OrderType
    time_in_force: TimeInForce
    order_status: OrderStatus
    quantity: Quantity
    filled_qty: Quantity
    price: Price | None
    trigger_price: Price | None


class PositionStatusReport(Report, frozen=True, gc=False):
    """What an account holds of an instrument, the answer to a query.

    Fields
    ------
    book : the holding that it is: the book of a SubmitOrder, else the strategy that nets it
    signed_qty : below zero while short
    avg_px_open : four decimals finer than prices, 10 to 18; None while flat
    """

    code = 11

    account_id: AccountId
    instrument_id: InstrumentId
    book: str
    signed_qty: Decimal
    avg_px_open: Decimal | None


AnyReport = (
    Accepted
    | Rejected
    | Canceled
    | Expired
    | Triggered
    | Updated
    | Filled
    | ModifyRejected
    | CancelRejected
    | QueryRejected
    | AccountReport
    | OrderStatusReport
    | PositionStatusReport
)
