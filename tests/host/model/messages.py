"""One command and one report of each kind."""

from __future__ import annotations

from decimal import Decimal

from argosy.model.commands import (
    CancelAllOrders,
    CancelOrder,
    CancelOrders,
    Command,
    ModifyOrder,
    QueryAccount,
    QueryOrder,
    SubmitOrder,
    SubmitOrderList,
)
from argosy.model.currency import USD
from argosy.model.enums import LiquiditySide, OrderSide, OrderStatus, OrderType, TimeInForce
from argosy.model.events.account import AccountBalance, AccountFlow, MarginBalance
from argosy.model.events.order import OrderInitialized
from argosy.model.identifiers import (
    AccountId,
    ClientOrderId,
    InstrumentId,
    OrderListId,
    PositionId,
    StrategyId,
    TradeId,
    TraderId,
    VenueOrderId,
)
from argosy.model.reports import (
    Accepted,
    AccountChange,
    AccountReport,
    Canceled,
    CancelRejected,
    Expired,
    Filled,
    ModifyRejected,
    OrderStatusReport,
    PositionStatusReport,
    QueryRejected,
    Rejected,
    Report,
    Triggered,
    Updated,
)
from argosy.model.values import Money, Price, Quantity

AUDUSD = InstrumentId("AUD/USD.SIM")
ACCOUNT = AccountId("SIM-001")
ORDER = ClientOrderId("O-1")
VENUES = VenueOrderId("SIM-1-001")
STRATEGY = StrategyId("EMA-001")
INIT = OrderInitialized(
    TraderId("TRADER-001"),
    STRATEGY,
    AUDUSD,
    ORDER,
    OrderSide.BUY,
    OrderType.LIMIT,
    Quantity("100"),
    TimeInForce.GTC,
    post_only=False,
    reduce_only=False,
    quote_quantity=False,
    event_id=5,
    ts_event=1,
    ts_init=2,
    price=Price("1.00010"),
)
HEAD = (7, 1, 3, 9)
OF_ORDER = (*HEAD, AUDUSD, ORDER)
SUBMIT = SubmitOrder(*OF_ORDER, INIT, PositionId("P-1"), PositionId("O-0"))
CANCEL = CancelOrder(*OF_ORDER, VENUES)
COMMANDS: list[Command] = [
    SUBMIT,
    SubmitOrderList(*HEAD, OrderListId("OL-1"), (SUBMIT,)),
    ModifyOrder(*OF_ORDER, VENUES, Quantity("90"), None, Price("1.1")),
    CANCEL,
    CancelOrders(*HEAD, (CANCEL,)),
    CancelAllOrders(*HEAD, AUDUSD, STRATEGY, OrderSide.SELL),
    QueryOrder(*OF_ORDER, None),
    QueryAccount(*HEAD, ACCOUNT),
]
CHANGE = AccountChange(
    (AccountBalance(Money(10, USD), Money(4, USD), Money(6, USD)),),
    (MarginBalance(Money(4, USD), Money(2, USD), AUDUSD),),
    (AccountFlow("FEE", Money("-0.02", USD), 0),),
)
REPORTS: list[Report] = [
    Accepted(*OF_ORDER, VENUES, CHANGE),
    Rejected(*OF_ORDER, None, None, "NO: x=1", True),  # noqa: FBT003 (fields by place)
    Canceled(*OF_ORDER, VENUES, CHANGE, "HALT: x=1"),
    Expired(*OF_ORDER, VENUES, None),
    Triggered(*OF_ORDER, VENUES, None),
    Updated(*OF_ORDER, VENUES, CHANGE, Quantity("90"), Price("1.1"), None, False),  # noqa: FBT003
    Filled(
        *OF_ORDER,
        VENUES,
        CHANGE,
        TradeId("T-1"),
        PositionId("P-1"),
        Quantity("40"),
        Price("1.00010"),
        LiquiditySide.MAKER,
        Money("0.02", USD),
    ),
    ModifyRejected(*OF_ORDER, VENUES, None, "NO: x=1"),
    CancelRejected(*OF_ORDER, None, None, "NO: x=1"),
    AccountReport(*HEAD, ACCOUNT, CHANGE),
    OrderStatusReport(
        *OF_ORDER,
        VENUES,
        None,
        STRATEGY,
        OrderSide.BUY,
        OrderType.LIMIT,
        TimeInForce.GTC,
        OrderStatus.PARTIALLY_FILLED,
        Quantity("100"),
        Quantity("40"),
        Price("1.00010"),
        None,
    ),
    PositionStatusReport(*HEAD, ACCOUNT, AUDUSD, "EMA-001", Decimal(40), Decimal("1.0001")),
    QueryRejected(*OF_ORDER, None, None, "ORDER_NOT_FOUND: id=O-1"),
]
